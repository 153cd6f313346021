import "server-only";
import { recordAudit, touchAsBatch } from "@/features/audit/mutations";
import { eventWords } from "@/features/batches/rules";
import { actors } from "@/features/batches/mutations/actors";
import { memberships } from "@/features/batches/mutations/memberships";
import { positions, quotations } from "@/features/batches/mutations/positions";
import type { Reverser, Undoer } from "@/features/batches/mutations/reverser";
import { statements } from "@/features/batches/mutations/statements";
import { texts, votes } from "@/features/batches/mutations/withdrawn";
import { holds } from "@/lib/auth/permissions";
import { writeLong, type Tx } from "@/lib/db";
import { DomainError, notFound, type Issue } from "@/lib/errors";
import { formatInstant, plural } from "@/lib/format";
import { uuidOf } from "@/lib/uuid";

/**
 * How each kind of record is taken back, in the order in which that is done: what names others comes before what it names.
 * A kind of record that a batch may change and that can be undone is added here.
 */
const REVERSERS: readonly [subjectType: string, reverser: Reverser][] = [
  ["position", positions],
  // A text that comes back brings its place for the quotations that come back with it.
  ["text", texts],
  ["vote", votes],
  ["quotation", quotations],
  ["statement", statements],
  ["membership", memberships],
  ["actor", actors],
];

const MOST_LISTED = 20;

async function netChanges(tx: Tx, batchId: string): Promise<Map<string, number>> {
  await tx.$executeRaw`
    CREATE TEMP TABLE batch_net ON COMMIT DROP AS
    SELECT subject_type, subject_id AS id, (array_agg(dialogue_id))[1] AS dialogue_id,
      (array_agg(before ORDER BY id))[1] AS before, (array_agg(after ORDER BY id DESC))[1] AS after, max(version) AS version,
      max(id) AS event
    FROM audit_event WHERE batch_id = ${batchId}::uuid GROUP BY subject_type, subject_id`;
  // Recorded and removed again within the act: nothing of it is left to take back.
  await tx.$executeRaw`DELETE FROM batch_net WHERE before IS NULL AND after IS NULL`;
  await tx.$executeRaw`CREATE INDEX ON batch_net (subject_type, id)`;
  await tx.$executeRaw`ANALYZE batch_net`;
  const counts = await tx.$queryRaw<{ kind: string; rows: bigint }[]>`
    SELECT subject_type AS kind, count(*) AS rows FROM batch_net GROUP BY subject_type`;
  return new Map(counts.map(({ kind, rows }) => [kind, Number(rows)]));
}

/** What happened to the records of the act after it, as sentences, and to how many of them. */
async function changedSince(tx: Tx, batchId: string): Promise<{ records: number; issues: Issue[] }> {
  const later = await tx.$queryRaw<
    { id: string; type: string; by: string; at: Date; after: object | null; records: bigint }[]
  >`
    SELECT later.subject_id AS id, later.type, later.user_name AS by, later.at, net.after, count(*) OVER () AS records
    FROM batch_net net
      JOIN LATERAL (
        SELECT event.subject_id, event.type, event.user_name, event.at FROM audit_event event
        WHERE event.subject_id = net.id AND event.batch_id IS DISTINCT FROM ${batchId}::uuid
          AND event.id > net.event
        ORDER BY event.id DESC LIMIT 1) later ON true
    ORDER BY later.at DESC LIMIT ${MOST_LISTED}`;
  return {
    records: Number(later[0]?.records ?? 0),
    issues: later.map(({ type, by, at, after }) => ({
      path: [],
      message: `${eventWords(type, after)}, by ${by} on ${formatInstant(at)}.`,
    })),
  };
}

function refusal(message: string, issues: Issue[] = []): DomainError {
  return new DomainError({ code: "CONFLICT", message, issues });
}

/**
 * Takes back an act that changed many records: what it recorded is withdrawn or removed as the rules of its kind say, what it
 * revised is as before, what it removed is there again. All or nothing in one transaction, each with an event of its own that
 * gives the undoing as its reason, and `batch.undone` for the act. Own acts, and for reviewers everybody's.
 * @throws DomainError NOT_FOUND; FORBIDDEN for the act of another; CONFLICT when it was undone already, or when a record was
 *   changed since or is needed by another one: then `issues` lists what, at most 20 of them, as sentences.
 */
export async function undoBatch(caller: Undoer, ref: string): Promise<{ id: string; title: string; records: number }> {
  const id = uuidOf(ref);
  if (!id) throw notFound("act", ref);
  return writeLong(caller, async (tx) => {
    const [batch] = await tx.$queryRaw<{ title: string; userId: string | null; undoneAt: Date | null; kind: string }[]>`
      SELECT title, user_id AS "userId", undone_at AS "undoneAt", kind::text FROM batch WHERE id = ${id}::uuid FOR UPDATE`;
    if (!batch) throw notFound("act", ref);
    if (batch.userId !== caller.userId && !holds(caller.role, "audit:read")) {
      throw new DomainError({ code: "FORBIDDEN", message: "Only who did this, or a reviewer, can undo it." });
    }
    if (batch.undoneAt) throw refusal("This was undone already.");
    const undoing = { caller, batchId: id, reason: `Undone: ${batch.title}` };
    for (const [, reverser] of REVERSERS) await reverser.hold(tx, undoing);
    const counts = await netChanges(tx, id);
    const reversers = REVERSERS.filter(([kind]) => counts.has(kind));
    if (reversers.length < counts.size)
      throw refusal("This changed records of a kind that cannot be taken back together.");
    const later = await changedSince(tx, id);
    if (later.records > 0) {
      throw refusal(
        `${plural(later.records, "record was", "records were")} changed since, so that nothing was undone.`,
        later.issues,
      );
    }
    const obstacles = [];
    for (const [, reverser] of reversers) obstacles.push(...((await reverser.obstacles?.(tx, undoing)) ?? []));
    if (obstacles.length > 0) {
      const issues = obstacles.map((message) => ({ path: [], message }));
      throw refusal("Other records need what this recorded, so that nothing was undone.", issues);
    }
    let records = 0;
    for (const [kind, reverser] of reversers) {
      const reversed = await reverser.reverse(tx, undoing);
      if (reversed !== counts.get(kind))
        throw refusal("A record that this changed is not as it was left, so that nothing was undone.");
      records += reversed;
    }
    await tx.batch.update({ where: { id }, data: { undoneAt: new Date(), undoneBy: caller.userName } });
    await recordAudit(tx, caller, {
      type: "batch.undone",
      subjectId: id,
      before: { title: batch.title, kind: batch.kind, records },
      after: null,
    });
    await touchAsBatch(tx, caller, id);
    return { id, title: batch.title, records };
  });
}
