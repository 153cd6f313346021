import "server-only";
import { nameSubjects, type Watcher } from "@/features/audit/queries/watches";
import { reading, snapshot } from "@/lib/db";

/** When somebody was here before, and the last act that had come to be seen by then. */
export type Visit = { at: string; upTo: bigint };

/** A visit lasts so long: whoever comes back within it is still here. */
export const VISIT_HOURS = 6;

/** The visit before the one that lasts, and whether a new one begins now. */
export async function findVisit(caller: Watcher): Promise<{ before: Visit | null; begins: boolean }> {
  const [row] = await reading<"watch:own">(caller).$queryRaw<
    { at: Date | null; upTo: bigint; lasting: boolean | null }[]
  >`
    SELECT before_at AS at, before_up_to AS "upTo", visit_at > now() - make_interval(hours => ${VISIT_HOURS}::int) AS lasting
    FROM reader WHERE user_id = ${caller.userId}::uuid`;
  const before = row?.at ? { at: row.at.toISOString(), upTo: row.upTo } : null;
  return { before, begins: caller.userId !== null && row?.lasting !== true };
}

/** A dialogue that others changed. */
export type ChangedDialogue = { id: string; name: string; href: string; by: string[]; at: string };

/** Acts further back than this are not looked at: after a long absence the newest matter. */
const MOST_ACTS = 2000;

/** Dialogues that others changed after a position, the newest change first, at most `limit`. */
export async function changedSince(caller: Watcher, upTo: bigint, limit: number): Promise<ChangedDialogue[]> {
  return snapshot(caller, async (tx) => {
    const rows = await tx.$queryRaw<{ id: string; at: Date; by: string[] }[]>`
      SELECT touched.subject_id AS id, max(event.at) AS at, array_agg(DISTINCT event.user_name) AS by
      FROM (
        SELECT subject_id, event_id, position FROM audit_subject
        WHERE kind = 'dialogue' AND position > ${upTo}::bigint AND user_id IS DISTINCT FROM ${caller.userId}::uuid
        ORDER BY position DESC LIMIT ${MOST_ACTS}) touched
        JOIN audit_event event ON event.id = touched.event_id
      GROUP BY 1 ORDER BY max(touched.position) DESC LIMIT ${limit}`;
    const named = await nameSubjects(
      tx,
      rows.map(({ id }) => ({ kind: "dialogue", id })),
    );
    return rows.flatMap(({ id, at, by }) => {
      const dialogue = named.get(`dialogue:${id}`);
      return dialogue ? [{ id, ...dialogue, by, at: at.toISOString() }] : [];
    });
  });
}
