import "server-only";
import { Prisma, type AuditEvent } from "@/generated/prisma/client";
import { actorNames } from "@/features/actors/queries/names";
import { nameSubjects, watchedBy, type Watcher } from "@/features/audit/queries/watches";
import { hrefOf, refsOfNews, statementsOf, type Places } from "@/features/audit/rules/places";
import type { EventType, InboxQuery, News, Snapshot, WatchKind } from "@/features/audit/schema";
import { reading, snapshot, type Tx } from "@/lib/db";

/** More unread news than this is said to be so many "and more". */
export const MOST_UNREAD = 99;

/** The place of the newest act in the order in which acts came to be seen; 0 when nothing has happened yet. */
export async function headOf(tx: Pick<Tx, "$queryRaw">): Promise<bigint> {
  const [row] = await tx.$queryRaw<{ head: bigint | null }[]>`SELECT max(position) AS head FROM audit_seal`;
  return row?.head ?? 0n;
}

const readUpTo = (userId: string | null): Prisma.Sql =>
  Prisma.sql`coalesce((SELECT read_up_to FROM reader WHERE user_id = ${userId}::uuid), 0)`;

/** Acts of others on what somebody watches, after a position: the newest `limit` of each watched thing. */
function touchedFor(
  userId: string | null,
  range: { of?: InboxQuery["of"]; after: Prisma.Sql; before?: bigint; limit: number },
): Prisma.Sql {
  const { of, after, before, limit } = range;
  const until = before === undefined ? Prisma.empty : Prisma.sql`AND touched.position < ${before}`;
  return Prisma.sql`
    SELECT touched.* FROM (${watchedBy(userId, of)}) watched, LATERAL (
      SELECT touched.kind, touched.subject_id, touched.act, touched.event_id, touched.rank, touched.position
      FROM audit_subject touched
      WHERE touched.kind = watched.kind AND touched.subject_id = watched.subject_id
        AND touched.position > greatest(watched.since, ${after}) ${until}
        AND touched.user_id IS DISTINCT FROM ${userId}::uuid
      ORDER BY touched.position DESC LIMIT ${limit}) touched`;
}

/** How many acts the caller has not read of yet, at most one more than `MOST_UNREAD`. One query, by index. */
export async function countUnread(caller: Watcher): Promise<number> {
  const { userId } = caller;
  if (userId === null) return 0;
  const most = MOST_UNREAD + 1;
  const [row] = await reading<"watch:own">(caller).$queryRaw<{ unread: bigint }[]>`
    SELECT count(*) AS unread FROM (
      SELECT DISTINCT act FROM (${touchedFor(userId, { after: readUpTo(userId), limit: most })}) touched LIMIT ${most}) acts`;
  return Number(row?.unread ?? 0);
}

type Act = { position: bigint; event: bigint; unread: boolean; subjects: { kind: WatchKind; id: string }[] };

async function actsFor(tx: Tx, userId: string, range: Parameters<typeof touchedFor>[1]): Promise<Act[]> {
  return tx.$queryRaw<Act[]>`
    SELECT max(position) AS position, (array_agg(event_id ORDER BY rank DESC, event_id))[1] AS event,
      max(position) > ${readUpTo(userId)} AS unread,
      jsonb_agg(jsonb_build_object('kind', kind, 'id', subject_id) ORDER BY kind, subject_id) AS subjects
    FROM (${touchedFor(userId, range)}) touched
    GROUP BY act ORDER BY 1 DESC LIMIT ${range.limit}`;
}

/** Where the things that events speak of are now, in one query for each kind of thing. */
async function placesOf(tx: Tx, events: readonly AuditEvent[]): Promise<Places> {
  const positions = events.flatMap(({ type, subjectId }) => (type.startsWith("position.") ? [subjectId] : []));
  const coded = await tx.position.findMany({
    where: { id: { in: positions } },
    select: { id: true, statementId: true, actor: { select: { iso3: true, slug: true } } },
  });
  const statementIds = [...coded.flatMap(({ statementId }) => statementId ?? []), ...statementsOf(events)];
  const [statements, dialogues] = await Promise.all([
    tx.statement.findMany({
      where: { id: { in: statementIds } },
      select: { id: true, dialogue: { select: { slug: true } }, speaker: { select: { iso3: true, slug: true } } },
    }),
    tx.dialogue.findMany({
      where: { id: { in: events.flatMap(({ dialogueId }) => dialogueId ?? []) } },
      select: { id: true, slug: true },
    }),
  ]);
  const ref = (actor: { iso3: string | null; slug: string }) => actor.iso3 ?? actor.slug;
  return {
    statements: new Map(
      statements.map(({ id, dialogue, speaker }) => [id, { dialogue: dialogue.slug, speaker: ref(speaker) }]),
    ),
    positions: new Map(coded.map(({ id, statementId, actor }) => [id, { statement: statementId, actor: ref(actor) }])),
    dialogues: new Map(dialogues.map(({ id, slug }) => [id, slug])),
  };
}

async function newsOf(tx: Tx, acts: readonly Act[]): Promise<News[]> {
  const events = await tx.auditEvent.findMany({ where: { id: { in: acts.map(({ event }) => event) } } });
  const byId = new Map(events.map((event) => [event.id, event]));
  const subjects = await nameSubjects(
    tx,
    acts.flatMap((act) => act.subjects),
  );
  const places = await placesOf(tx, events);
  const batches = await tx.batch.findMany({
    where: { id: { in: events.flatMap(({ batchId }) => batchId ?? []) } },
    select: { id: true, title: true },
  });
  const titles = new Map(batches.map(({ id, title }) => [id, title]));
  const names = await actorNames(
    tx,
    events.flatMap((event) => refsOfNews(event, places)),
  );
  return acts.flatMap((act) => {
    const event = byId.get(act.event);
    if (!event) return [];
    const touched = act.subjects.flatMap(({ kind, id }) => {
      const named = subjects.get(`${kind}:${id}`);
      return named ? [{ kind, id, ...named }] : [];
    });
    const about = refsOfNews(event, places)[0];
    return [
      {
        position: String(act.position),
        at: event.at.toISOString(),
        by: event.userName,
        type: event.type as EventType,
        batch: event.batchId === null ? null : (titles.get(event.batchId) ?? null),
        href: hrefOf(event, places) ?? touched[0]?.href ?? null,
        about: about === undefined ? null : (names[about] ?? about),
        touched,
        unread: act.unread,
        before: event.before as Snapshot | null,
        after: event.after as Snapshot | null,
      },
    ];
  });
}

/** News for somebody inside a transaction: acts after `after` and before `before`, the newest first, at most `limit`. */
export async function newsFor(
  tx: Tx,
  userId: string,
  { limit, after, before }: { limit: number; after: bigint; before: bigint },
): Promise<News[]> {
  return newsOf(tx, await actsFor(tx, userId, { limit, before, after: Prisma.sql`${after}::bigint` }));
}

export type Inbox = {
  news: News[];
  /** Whether there is older news than this. */
  more: boolean;
  /** The newest act when the inbox was read: up to here it can be marked as read. */
  head: string;
};

/** A page of the caller's inbox: what others did to what is watched, since it is watched, the newest first. */
export async function loadInbox(caller: Watcher, { of, show, before }: InboxQuery, size: number): Promise<Inbox> {
  const { userId } = caller;
  if (userId === null) return { news: [], more: false, head: "0" };
  return snapshot(caller, async (tx) => {
    const acts = await actsFor(tx, userId, {
      ...(of ? { of } : {}),
      ...(before === undefined ? {} : { before: BigInt(before) }),
      after: show === "unread" ? readUpTo(userId) : Prisma.sql`0`,
      limit: size + 1,
    });
    return {
      news: await newsOf(tx, acts.slice(0, size)),
      more: acts.length > size,
      head: String(await headOf(tx)),
    };
  });
}
