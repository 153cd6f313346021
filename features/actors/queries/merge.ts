import "server-only";
import { getActor, getActors } from "@/features/actors/queries/actor";
import { findActorsByText } from "@/features/actors/queries/resolve";
import { KIND_NAMES, KINDS_WITH_MEMBERS, type ActorDto } from "@/features/actors/schema";
import { reading, type Source } from "@/lib/db";
import { plural } from "@/lib/format";

/** What a merge would move from one actor to another, and what stands in its way, as sentences. */
export type MergePreview = {
  from: ActorDto;
  into: ActorDto;
  /** Statements that it delivered or that name it. */
  statements: number;
  /** Memberships that it has, and that others have in it. */
  memberships: number;
  /** Names that the other actor does not have yet. */
  names: string[];
  obstacles: string[];
};

type Counts = {
  statements: bigint;
  memberships: bigint;
  votes: bigint;
  positions: bigint;
  figures: bigint;
  together: bigint;
  each: bigint;
};

async function countsOf(source: Source, from: string, into: string): Promise<Counts> {
  const [counts] = await reading(source).$queryRaw<Counts[]>`
    SELECT
      (SELECT count(*) FROM statement s WHERE s.speaker_id = ${from}::uuid
        OR EXISTS (SELECT FROM representation r LEFT JOIN exclusion e ON e.representation_id = r.id
          WHERE r.statement_id = s.id AND ${from}::uuid IN (r.actor_id, e.actor_id))) AS statements,
      (SELECT count(*) FROM membership WHERE ${from}::uuid IN (group_id, member_id)) AS memberships,
      (SELECT count(*) FROM vote WHERE actor_id = ${from}::uuid) AS votes,
      (SELECT count(*) FROM position WHERE statement_id IS NULL AND ${from}::uuid IN (actor_id, through_id)) AS positions,
      (SELECT count(*) FROM published_figure WHERE group_id = ${from}::uuid) AS figures,
      (SELECT count(*) FROM membership a JOIN membership b
          ON (b.group_id = a.group_id AND b.member_id = ${into}::uuid AND a.member_id = ${from}::uuid)
          OR (b.member_id = a.member_id AND b.group_id = ${into}::uuid AND a.group_id = ${from}::uuid)
        WHERE daterange(a.valid_from, a.valid_until, '[]') && daterange(b.valid_from, b.valid_until, '[]')) AS together,
      (SELECT count(*) FROM membership WHERE (group_id, member_id) IN ((${from}::uuid, ${into}::uuid), (${into}::uuid, ${from}::uuid))) AS each`;
  return counts ?? { statements: 0n, memberships: 0n, votes: 0n, positions: 0n, figures: 0n, together: 0n, each: 0n };
}

function obstaclesOf(from: ActorDto, into: ActorDto, counts: Counts, hasMembers: boolean): string[] {
  const n = (count: bigint, one: string, many: string) => plural(Number(count), one, many);
  return [
    from.id === into.id ? "These are the same actor." : null,
    from.kind === "member_state" || from.kind === "observer"
      ? `${from.name} is a state: it is never merged into another. Its names can be revised.`
      : null,
    hasMembers && !KINDS_WITH_MEMBERS.has(into.kind)
      ? `${from.name} has members, and ${into.name} is a ${KIND_NAMES[into.kind].one.toLowerCase()}.`
      : null,
    counts.each > 0n ? `One of the two is a member of the other: remove that membership first.` : null,
    counts.together > 0n
      ? `${n(counts.together, "membership of the two overlaps", "memberships of the two overlap")}: end or remove one of each pair first.`
      : null,
    counts.votes > 0n ? `${n(counts.votes, "recorded vote is", "recorded votes are")} by ${from.name}.` : null,
    counts.positions > 0n
      ? `Sources attribute ${n(counts.positions, "position", "positions")} to ${from.name} without a statement.`
      : null,
    counts.figures > 0n
      ? `${n(counts.figures, "published figure is", "published figures are")} about ${from.name}.`
      : null,
  ].filter((sentence) => sentence !== null);
}

/** Reads what merging one actor into another would do. Throws NOT_FOUND for a reference that nobody has. */
export async function previewMerge(source: Source, fromRef: string, intoRef: string): Promise<MergePreview> {
  const from = await getActor(source, fromRef);
  const into = await getActor(source, intoRef);
  const counts = await countsOf(source, from.id, into.id);
  const members = await reading(source).membership.count({ where: { groupId: from.id } });
  const known = new Set(into.names.map(({ name }) => name));
  return {
    from,
    into,
    statements: Number(counts.statements),
    memberships: Number(counts.memberships),
    names: [...new Set(from.names.map(({ name }) => name))].filter((name) => !known.has(name)),
    obstacles: obstaclesOf(from, into, counts, members > 0),
  };
}

/** What the page of a merge shows: the actor, and the other one or those that what was typed may mean. */
export async function readMergePage(source: Source, ref: string, typed: string | undefined) {
  const actor = await getActor(source, ref);
  if (typed === undefined) return { actor, typed, candidates: [], preview: null };
  const meant = (await findActorsByText(source, [typed])).get(typed) ?? [];
  const candidates = await getActors(
    source,
    meant.map(({ id }) => id),
  );
  const [only, second] = candidates;
  const preview = only && !second ? await previewMerge(source, actor.id, only.id) : null;
  return { actor, typed, candidates, preview };
}
