import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { printedName, today, WITH_NAMES } from "@/features/actors/queries/actor";
import { actorPath } from "@/features/actors/schema";
import type { Watched, WatchKind } from "@/features/audit/schema";
import type { Caller } from "@/lib/auth/caller";
import { reading, snapshot, type Tx } from "@/lib/db";

export type Watcher = Caller<"watch:own">;

/** As many as one person can watch. */
export const MOST_WATCHES = 200;

/**
 * What somebody watches, as rows of kind, subject and the position after which news begins. An actor that was merged into
 * another is watched there. `of` narrows it to one of them.
 */
export function watchedBy(userId: string | null, of?: { kind: WatchKind; subject: string }): Prisma.Sql {
  const one = of
    ? Prisma.sql`AND watch.kind = ${of.kind}::"WatchKind" AND watch.subject_id = ${of.subject}::uuid`
    : Prisma.empty;
  return Prisma.sql`
    SELECT watch.kind, coalesce(actor.merged_into_id, watch.subject_id) AS subject_id, min(watch.since) AS since
    FROM watch LEFT JOIN actor ON watch.kind = 'actor' AND actor.id = watch.subject_id
    WHERE watch.user_id = ${userId}::uuid ${one}
    GROUP BY 1, 2`;
}

type Named = { name: string; href: string };

/** Names and pages of things that can be watched, by kind and id, in one query for each kind. What is gone is absent. */
export async function nameSubjects(
  tx: Tx,
  subjects: readonly { kind: WatchKind; id: string }[],
): Promise<Map<string, Named>> {
  const of = (kind: WatchKind) => subjects.filter((one) => one.kind === kind).map(({ id }) => id);
  const [actors, issues, dialogues] = [of("actor"), of("issue"), of("dialogue")];
  const named = new Map<string, Named>();
  if (actors.length > 0) {
    const [day, rows] = await Promise.all([
      today(tx),
      tx.actor.findMany({ where: { id: { in: actors } }, include: WITH_NAMES }),
    ]);
    for (const row of rows) named.set(`actor:${row.id}`, { name: printedName(row, day), href: actorPath(row) });
  }
  if (issues.length > 0) {
    const rows = await tx.issueDefinition.findMany({
      where: { issueId: { in: issues }, version: { status: "published" } },
      select: { issueId: true, code: true, title: true },
      orderBy: { version: { number: "asc" } },
    });
    for (const { issueId, code, title } of rows) {
      named.set(`issue:${issueId}`, { name: title, href: `/codebook/${code}` });
    }
  }
  if (dialogues.length > 0) {
    const rows = await tx.dialogue.findMany({
      where: { id: { in: dialogues } },
      select: { id: true, slug: true, title: true },
    });
    for (const { id, slug, title } of rows) named.set(`dialogue:${id}`, { name: title, href: `/dialogues/${slug}` });
  }
  return named;
}

/** What the caller watches, by name. */
export async function listWatches(caller: Watcher): Promise<Watched[]> {
  const { userId } = caller;
  return userId === null ? [] : snapshot(caller, (tx) => watchesOf(tx, userId));
}

/** What somebody watches, inside a transaction. */
async function watchesOf(tx: Tx, userId: string): Promise<Watched[]> {
  const rows = await tx.watch.findMany({ where: { userId }, orderBy: { createdAt: "asc" }, take: MOST_WATCHES });
  const names = await nameSubjects(
    tx,
    rows.map(({ kind, subjectId }) => ({ kind, id: subjectId })),
  );
  return rows
    .map(({ kind, subjectId, createdAt }) => ({
      kind,
      id: subjectId,
      ...(names.get(`${kind}:${subjectId}`) ?? { name: "Something that is gone", href: "/inbox" }),
      since: createdAt.toISOString(),
    }))
    .sort((one, other) => one.name.localeCompare(other.name, "en"));
}

/** Whether the caller watches this. */
export async function isWatched(caller: Watcher, kind: WatchKind, subjectId: string): Promise<boolean> {
  if (caller.userId === null) return false;
  const found = await reading<"watch:own">(caller).watch.findUnique({
    where: { userId_kind_subjectId: { userId: caller.userId, kind, subjectId } },
    select: { userId: true },
  });
  return found !== null;
}
