import "server-only";
import type { Prisma } from "@/generated/prisma/client";
import { listActors, printedName, WITH_NAMES } from "@/features/actors/queries/actor";
import { refOf } from "@/features/actors/queries/register";
import { regionsOn } from "@/features/actors/queries/regions";
import { compareText, foldName } from "@/features/actors/rules";
import type { UnRegion } from "@/features/actors/schema";
import type { NumberedPage } from "@/features/statements/queries/of-actor";
import { filterVotes } from "@/features/votes/rules";
import type { Result, RollCallQuery, VoteValue, WithoutVote } from "@/features/votes/schema";
import { reading, type Source } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { dateOf, dayOf, type Day } from "@/lib/format";

/** A roll call without its votes. `result` is what the record states; the votes add up to it. */
export type RecordedVoteDto = {
  id: string;
  slug: string;
  symbol: string | null;
  title: string;
  date: Day;
  /** Slug and title of the dialogue at which it was taken. */
  dialogue: string | null;
  takenAt: { slug: string; title: string } | null;
  result: Result;
  sourceUrl: string | null;
  note: string | null;
  version: number;
};

/** How one state voted, with its name and regional group of the day. */
export type StateVote = {
  actor: string;
  slug: string;
  name: string;
  value: VoteValue;
  printed: string | null;
  region: UnRegion | null;
};

/** A state that was a member on the day. */
export type MemberOfDay = { id: string; ref: string; slug: string; name: string };

export type RollCallDto = RecordedVoteDto & {
  votes: StateVote[];
  /** Members of that day who are not listed. */
  missing: { actor: string; slug: string; name: string }[];
};

const WITH_DIALOGUE = { dialogue: { select: { slug: true, title: true } } } satisfies Prisma.RecordedVoteInclude;
type Row = Prisma.RecordedVoteGetPayload<{ include: typeof WITH_DIALOGUE }>;

function voteDto({ dialogue, date, yes, no, abstain, notVoting, ...row }: Row): RecordedVoteDto {
  const { id, slug, symbol, title, sourceUrl, note, version } = row;
  return {
    id,
    slug,
    symbol,
    title,
    date: dayOf(date),
    dialogue: dialogue?.slug ?? null,
    takenAt: dialogue,
    result: { yes, no, abstain, notVoting },
    sourceUrl,
    note,
    version,
  };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function byRef(ref: string): Prisma.RecordedVoteWhereInput {
  return UUID.test(ref) ? { id: ref.toLowerCase() } : { OR: [{ slug: ref }, { symbol: ref }] };
}

/** The member states of a day with their names of that day, by name. */
export async function memberStatesOn(source: Source, day: Day): Promise<MemberOfDay[]> {
  const rows = await reading(source).actor.findMany({
    where: { kind: "member_state", OR: [{ admittedOn: null }, { admittedOn: { lte: dateOf(day) } }] },
    include: WITH_NAMES,
  });
  return rows
    .map((row) => ({ id: row.id, ref: row.iso3 ?? row.slug, slug: row.slug, name: printedName(row, day) }))
    .toSorted((a, b) => compareText(foldName(a.name), foldName(b.name)));
}

/** The roll call with this slug, symbol or id and all of its votes, by name; or NOT_FOUND. */
export async function getRollCall(source: Source, ref: string): Promise<RollCallDto> {
  const db = reading(source);
  const row = await db.recordedVote.findFirst({ where: byRef(ref), include: WITH_DIALOGUE });
  if (!row) throw notFound("recorded vote", ref);
  const vote = voteDto(row);
  const votes = await db.vote.findMany({
    where: { recordedVoteId: row.id },
    include: { actor: { select: { iso3: true, slug: true } } },
  });
  const regions = await regionsOn(source, vote.date);
  const members = await memberStatesOn(source, vote.date);
  // Everybody was a member when the vote was recorded; a day of admission may have been corrected since.
  const names = new Map(members.map(({ id, name }) => [id, name]));
  const voted = new Set(votes.map(({ actorId }) => actorId));
  return {
    ...vote,
    votes: votes
      .map(({ actorId, actor, value, printed }) => ({
        actor: actor.iso3 ?? actor.slug,
        slug: actor.slug,
        name: names.get(actorId) ?? printed ?? actor.slug,
        value,
        printed,
        region: regions.get(actorId) ?? null,
      }))
      .toSorted((a, b) => compareText(foldName(a.name), foldName(b.name))),
    missing: members.filter(({ id }) => !voted.has(id)).map(({ ref: actor, slug, name }) => ({ actor, slug, name })),
  };
}

/** More than there are states. */
const MOST = { limit: 1000 };

/** The states in a group on a day, by ref. Throws INVALID under `group` when nobody has that reference. */
async function refsIn(source: Source, group: string, day: Day): Promise<Set<string>> {
  const { actors } = await listActors(source, { group, on: day }, MOST);
  return new Set(actors.map(refOf));
}

/** The roll call with all of its votes, and those of them that a filter leaves. */
export async function readRollCall(
  source: Source,
  ref: string,
  filter: RollCallQuery,
): Promise<{ rollCall: RollCallDto; shown: StateVote[] }> {
  const rollCall = await getRollCall(source, ref);
  const { group, ...rest } = filter;
  const members = group === undefined ? null : await refsIn(source, group, rollCall.date);
  const votes = rollCall.votes.filter(({ actor }) => members?.has(actor) ?? true);
  return { rollCall, shown: filterVotes(votes, rest) };
}

/** A state or observer that a roll call has no vote of. */
export type Voteless = { actor: string; slug: string; name: string; why: WithoutVote };

/** As `readRollCall`, with everybody else in the region and group whom a map of the world shows, and why they have no vote. */
export async function readVoteMap(
  source: Source,
  ref: string,
  filter: RollCallQuery,
): Promise<{ rollCall: RollCallDto; shown: StateVote[]; voteless: Voteless[] }> {
  const { rollCall, shown } = await readRollCall(source, ref, filter);
  const { group, region } = filter;
  const on = rollCall.date;
  const states = await listActors(source, { kind: "member_state", group, on }, MOST);
  const observers = await listActors(source, { kind: "observer", group, on }, MOST);
  const regions = await regionsOn(source, on);
  const voted = new Set(rollCall.votes.map(({ actor }) => actor));
  const missing = new Set(rollCall.missing.map(({ actor }) => actor));
  const voteless = [...states.actors, ...observers.actors].flatMap(({ id, kind, iso3, slug, name }): Voteless[] => {
    const actor = refOf({ iso3, slug });
    if (voted.has(actor) || (region !== undefined && (regions.get(id) ?? "none") !== region)) return [];
    if (kind === "observer") return [{ actor, slug, name, why: "observer" }];
    return [{ actor, slug, name, why: missing.has(actor) ? "not_listed" : "not_a_member" }];
  });
  return { rollCall, shown, voteless };
}

export type VoteFilter = { q?: string | undefined; dialogue?: string | undefined };
/** Where the last page ended: votes are listed newest first, those of one day by id. */
export type VotePlace = { date: Day; id: string };

/** Roll calls, newest first, at most `limit` after `place`. */
export async function listVotes(
  source: Source,
  { q, dialogue }: VoteFilter,
  { limit, place }: { limit: number; place?: VotePlace },
): Promise<{ rows: RecordedVoteDto[]; total: number }> {
  const db = reading(source);
  const where: Prisma.RecordedVoteWhereInput = {
    ...(dialogue ? { dialogue: UUID.test(dialogue) ? { id: dialogue.toLowerCase() } : { slug: dialogue } } : {}),
    ...(q
      ? {
          OR: [
            { title: { contains: q, mode: "insensitive" } },
            { symbol: { contains: q, mode: "insensitive" } },
            { slug: { contains: q.toLowerCase() } },
          ],
        }
      : {}),
  };
  const after = place && {
    OR: [{ date: { lt: dateOf(place.date) } }, { date: dateOf(place.date), id: { lt: place.id } }],
  };
  const rows = await db.recordedVote.findMany({
    where: after ? { AND: [where, after] } : where,
    include: WITH_DIALOGUE,
    orderBy: [{ date: "desc" }, { id: "desc" }],
    take: limit,
  });
  return { rows: rows.map(voteDto), total: await db.recordedVote.count({ where }) };
}

/** How an actor voted over the years, the newest first. */
export async function listVotesOf(
  source: Source,
  actorId: string,
  { page, size }: NumberedPage,
): Promise<{ votes: (RecordedVoteDto & { value: VoteValue })[]; total: number }> {
  const db = reading(source);
  const rows = await db.vote.findMany({
    where: { actorId },
    include: { recordedVote: { include: WITH_DIALOGUE } },
    orderBy: [{ recordedVote: { date: "desc" } }, { recordedVoteId: "desc" }],
    skip: (page - 1) * size,
    take: size,
  });
  return {
    votes: rows.map(({ recordedVote, value }) => ({ ...voteDto(recordedVote), value })),
    total: await db.vote.count({ where: { actorId } }),
  };
}
