import "server-only";
import type { BatchKind } from "@/generated/prisma/enums";
import type { Caller } from "@/lib/auth/caller";
import type { Permission } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db";
import type { DomainEvent } from "@/features/audit/schema";

const BATCH = 1000;

/** What an event holds besides who did it, as one object: the database takes many of them in one text. */
function row({ type, subjectId, dialogueId, version, before, after, reason }: DomainEvent) {
  const subjectType = type.slice(0, type.indexOf("."));
  return { type, subjectType, subjectId, dialogueId, version, before, after, reason };
}

/**
 * Opens an act that changes many records: an import, a bulk edit, a merge. Returns its id and the caller whose audit events
 * belong to it, by which it can be undone. `title` says what is done, in words that a list of acts shows.
 */
export async function openBatch<P extends Permission>(
  tx: Tx,
  caller: Caller<P>,
  kind: BatchKind,
  title: string,
): Promise<{ id: string; caller: Caller<P> }> {
  const { userId, userName } = caller;
  const { id } = await tx.batch.create({ data: { kind, title, userId, userName }, select: { id: true } });
  return { id, caller: { ...caller, batchId: id } };
}

/** Writes what happened, in the transaction in which it happens. */
export async function recordAudit<P extends Permission>(tx: Tx, caller: Caller<P>, event: DomainEvent): Promise<void> {
  await recordAuditMany(tx, caller, [event]);
}

/** The same for many events, in batches, in the order given. */
export async function recordAuditMany<P extends Permission>(
  tx: Tx,
  caller: Caller<P>,
  events: DomainEvent[],
): Promise<void> {
  const { userId, userName, sessionId, tokenId, requestId, address, batchId } = caller;
  for (let start = 0; start < events.length; start += BATCH) {
    const rows = JSON.stringify(events.slice(start, start + BATCH).map(row));
    await tx.$executeRaw`
      INSERT INTO audit_event (type, subject_type, subject_id, dialogue_id, version, before, after, reason,
        user_id, user_name, session_id, token_id, request_id, address, batch_id)
      SELECT event.type, event."subjectType", event."subjectId", event."dialogueId", event.version, event.before, event.after,
        event.reason, ${userId}::uuid, ${userName}, ${sessionId}::uuid, ${tokenId}::uuid, ${requestId}, ${address},
        ${batchId ?? null}::uuid
      FROM ROWS FROM (jsonb_to_recordset(${rows}::jsonb) AS (type text, "subjectType" text, "subjectId" uuid, "dialogueId" uuid,
        version int, before jsonb, after jsonb, reason text)) WITH ORDINALITY
        AS event (type, "subjectType", "subjectId", "dialogueId", version, before, after, reason, place)
      ORDER BY event.place`;
  }
}
