import "server-only";
import { Prisma } from "@/generated/prisma/client";
import type { BatchKind } from "@/generated/prisma/enums";
import type { Caller } from "@/lib/auth/caller";
import type { Permission } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db";
import type { DomainEvent, Snapshot } from "@/features/audit/schema";

const BATCH = 1000;

function json(snapshot: Snapshot | null): Prisma.InputJsonValue | typeof Prisma.DbNull {
  return snapshot ?? Prisma.DbNull;
}

function row(caller: Caller<Permission>, event: DomainEvent): Prisma.AuditEventCreateManyInput {
  return {
    type: event.type,
    subjectType: event.type.slice(0, event.type.indexOf(".")),
    subjectId: event.subjectId,
    dialogueId: event.dialogueId ?? null,
    userId: caller.userId,
    userName: caller.userName,
    sessionId: caller.sessionId,
    tokenId: caller.tokenId,
    requestId: caller.requestId,
    address: caller.address,
    version: event.version ?? null,
    before: json(event.before),
    after: json(event.after),
    reason: event.reason ?? null,
    batchId: caller.batchId ?? null,
  };
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
  for (let start = 0; start < events.length; start += BATCH) {
    const data = events.slice(start, start + BATCH).map((event) => row(caller, event));
    await tx.auditEvent.createMany({ data });
  }
}
