import "server-only";
import { headOf } from "@/features/audit/queries/inbox";
import { findVisit, VISIT_HOURS, type Visit } from "@/features/audit/queries/visits";
import { MOST_WATCHES, nameSubjects, type Watcher } from "@/features/audit/queries/watches";
import type { WatchKind } from "@/features/audit/schema";
import { write, type Tx } from "@/lib/db";
import { DomainError, notFound } from "@/lib/errors";

/** Whose watches and marks are changed: a caller with an account. */
function readerOf({ userId }: Watcher): string {
  if (userId === null) throw new DomainError({ code: "FORBIDDEN" });
  return userId;
}

/**
 * Begins to watch an actor, an issue or a dialogue: what happens to it from now on is news. Watching it already changes nothing.
 * No audit event: what people watch is nobody's business.
 * @throws DomainError NOT_FOUND for what is not there; TOO_MANY beyond what one person can watch
 */
export async function watch(caller: Watcher, kind: WatchKind, subjectId: string): Promise<void> {
  const userId = readerOf(caller);
  await write(caller, async (tx) => {
    if ((await nameSubjects(tx, [{ kind, id: subjectId }])).size === 0) throw notFound(kind, subjectId);
    // One after another for each person, so that the number of watches is what was counted.
    await tx.$queryRaw`SELECT id FROM "user" WHERE id = ${userId}::uuid FOR NO KEY UPDATE`;
    if ((await tx.watch.count({ where: { userId } })) >= MOST_WATCHES) {
      throw new DomainError({
        code: "TOO_MANY",
        message: `You watch ${MOST_WATCHES} things. Stop watching some of them first.`,
      });
    }
    const since = await headOf(tx);
    await tx.watch.createMany({ data: [{ userId, kind, subjectId, since }], skipDuplicates: true });
  });
}

/** Stops watching; nothing when it is not watched. */
export async function stopWatching(caller: Watcher, kind: WatchKind, subjectId: string): Promise<void> {
  const userId = readerOf(caller);
  await write(caller, async (tx) => {
    await tx.watch.deleteMany({ where: { userId, kind, subjectId } });
  });
}

/** The row of a reader, made when it is first needed. */
export async function holdReader(tx: Tx, userId: string): Promise<void> {
  await tx.reader.createMany({ data: [{ userId }], skipDuplicates: true });
}

/** Marks the news up to a position as read: what came after the page was opened stays unread. Never goes back. */
export async function markRead(caller: Watcher, upTo: bigint): Promise<void> {
  const userId = readerOf(caller);
  await write(caller, async (tx) => {
    await holdReader(tx, userId);
    await tx.$executeRaw`
      UPDATE reader SET read_up_to = greatest(read_up_to, least(${upTo}::bigint, ${await headOf(tx)}::bigint))
      WHERE user_id = ${userId}::uuid`;
  });
}

/**
 * Notes that the caller is here, when that is a new visit, and returns the visit before: what happened since is what changed
 * while they were away. Null at the first visit.
 */
export async function noteVisit(caller: Watcher): Promise<Visit | null> {
  const { before, begins } = await findVisit(caller);
  if (!begins) return before;
  const userId = readerOf(caller);
  await write(caller, async (tx) => {
    await holdReader(tx, userId);
    const head = await headOf(tx);
    // Once more under the row's lock: of two pages that are opened together, one begins the visit.
    await tx.$executeRaw`
      UPDATE reader SET before_at = visit_at, before_up_to = visit_up_to, visit_at = now(), visit_up_to = ${head}::bigint
      WHERE user_id = ${userId}::uuid
        AND (visit_at IS NULL OR visit_at <= now() - make_interval(hours => ${VISIT_HOURS}::int))`;
  });
  return (await findVisit(caller)).before;
}
