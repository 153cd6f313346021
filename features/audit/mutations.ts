import "server-only";
import type { BatchKind } from "@/generated/prisma/enums";
import type { Caller } from "@/lib/auth/caller";
import type { Permission } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db";
import { tellingsOf } from "@/features/audit/rules/subjects";
import type { DomainEvent } from "@/features/audit/schema";
import { uuid7 } from "@/lib/uuid7";

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

/** The act of each transaction that is open: what belongs to no batch is told together with what it was written with. */
const acts = new WeakMap<object, string>();

function actOf<P extends Permission>(tx: Tx, { batchId }: Caller<P>): string {
  const act = batchId ?? acts.get(tx) ?? uuid7();
  if (!batchId) acts.set(tx, act);
  return act;
}

/** Writes what the events touch. References are looked up here: what an event names stands by now, or is unknown and left out. */
async function recordSubjects<P extends Permission>(
  tx: Tx,
  caller: Caller<P>,
  events: DomainEvent[],
  ids: readonly bigint[],
): Promise<void> {
  const tellings = tellingsOf(events).map(({ kind, by, value, place, rank }) => {
    const isId = by !== "ref" && by !== "code";
    return { kind, by, [isId ? "id" : "ref"]: value, event: String(ids[place]), rank };
  });
  if (tellings.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO audit_subject (kind, subject_id, act, event_id, rank, user_id)
    SELECT DISTINCT ON (told.kind, found.id) told.kind::"WatchKind", found.id, ${actOf(tx, caller)}::uuid, told.event, told.rank,
      ${caller.userId}::uuid
    FROM jsonb_to_recordset(${JSON.stringify(tellings)}::jsonb) AS told (kind text, by text, id uuid, ref text, event bigint, rank int),
      LATERAL (
        SELECT told.id WHERE told.by = 'id'
        UNION ALL SELECT actor.id FROM actor WHERE told.by = 'ref' AND actor.iso3 = told.ref
        UNION ALL SELECT actor.id FROM actor WHERE told.by = 'ref' AND actor.slug = told.ref
        UNION ALL SELECT statement.speaker_id FROM statement WHERE told.by = 'statement' AND statement.id = told.id
        UNION ALL SELECT unnest(ARRAY[step.from_id, step.to_id]) FROM crosswalk_step step
          WHERE told.by = 'codebook' AND step.version_id = told.id
        UNION ALL (SELECT issue.issue_id FROM issue_definition issue JOIN codebook_version version ON version.id = issue.version_id
          WHERE told.by = 'code' AND issue.code = told.ref AND version.status = 'published' ORDER BY version.number DESC LIMIT 1)
      ) AS found (id)
    WHERE found.id IS NOT NULL
    ORDER BY told.kind, found.id, told.rank DESC, told.event
    ON CONFLICT (kind, subject_id, act) DO UPDATE SET event_id = excluded.event_id, rank = excluded.rank
      WHERE excluded.rank > audit_subject.rank`;
}

/** The rank of an undoing among the events of its act: it tells all of it. */
const UNDOING = 90;

/** Writes that the undoing of a batch, whose event was just recorded, touches what the batch touched. */
export async function touchAsBatch<P extends Permission>(tx: Tx, caller: Caller<P>, batchId: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO audit_subject (kind, subject_id, act, event_id, rank, user_id)
    SELECT touched.kind, touched.subject_id, ${actOf(tx, caller)}::uuid, event.id, ${UNDOING}, ${caller.userId}::uuid
    FROM audit_subject touched,
      (SELECT max(id) AS id FROM audit_event WHERE subject_id = ${batchId}::uuid AND type = 'batch.undone') event
    WHERE touched.act = ${batchId}::uuid AND event.id IS NOT NULL
    ON CONFLICT (kind, subject_id, act) DO NOTHING`;
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
    const some = events.slice(start, start + BATCH);
    const rows = JSON.stringify(some.map(row));
    const made = await tx.$queryRaw<{ id: bigint }[]>`
      INSERT INTO audit_event (type, subject_type, subject_id, dialogue_id, version, before, after, reason,
        user_id, user_name, session_id, token_id, request_id, address, batch_id)
      SELECT event.type, event."subjectType", event."subjectId", event."dialogueId", event.version, event.before, event.after,
        event.reason, ${userId}::uuid, ${userName}, ${sessionId}::uuid, ${tokenId}::uuid, ${requestId}, ${address},
        ${batchId ?? null}::uuid
      FROM ROWS FROM (jsonb_to_recordset(${rows}::jsonb) AS (type text, "subjectType" text, "subjectId" uuid, "dialogueId" uuid,
        version int, before jsonb, after jsonb, reason text)) WITH ORDINALITY
        AS event (type, "subjectType", "subjectId", "dialogueId", version, before, after, reason, place)
      ORDER BY event.place
      RETURNING id`;
    // In the order of the rows, whatever the order in which they are returned: ids were given in it.
    const ids = made.map(({ id }) => id).sort((one, other) => (one < other ? -1 : 1));
    await recordSubjects(tx, caller, some, ids);
  }
}
