import "server-only";
import { compareText } from "@/features/actors/rules";
import { loadMerges } from "@/features/codebook/queries/merges";
import type { PositionValue } from "@/features/codebook/schema";
import type { Bearing } from "@/features/positions/queries/reach";
import type { Scope } from "@/features/positions/queries/scope";
import type { Moment } from "@/features/positions/rules/settled";
import type { Mode } from "@/features/positions/schema";
import { Prisma } from "@/generated/prisma/client";
import { reading, readMany, type Source } from "@/lib/db";
import type { Day } from "@/lib/format";

/** Positions of one actor on one issue with one value at one dialogue, or on another occasion of a year, or in longer time (`TallyBy`). */
export type Tallied = {
  issueId: string;
  mode: Mode;
  value: PositionValue;
  count: number;
  /** The last of them: it decides, when none of another value is later. */
  positionId: string;
  /** Null where a source attributes it without a statement on record. */
  statementId: string | null;
  /** Ref of the group, or of the actor that spoke for it, by which the last one reached it; null in its own voice. */
  through: string | null;
  /** When the last of them was said. */
  at: Moment;
  year: number;
};

/** What is added up together, besides voice, issue and value: statements with the same text. None may be of two years. */
export type TallyBy = (bearing: Pick<Bearing, "dialogueId" | "startsOn">) => string;

/** Pairs of issues for SQL: what is coded under the one is read under the other. */
async function mergedPairs(source: Source, codebook: number | undefined): Promise<Prisma.Sql> {
  const merges = await loadMerges(source, codebook);
  return Prisma.sql`merged AS (
      SELECT * FROM unnest(${[...merges.keys()]}::uuid[], ${[...merges.values()]}::uuid[]) AS m(from_id, to_id)
    )`;
}

type SaidRow = { issue_id: string; value: PositionValue; count: number; last: string };

/** Digits of the place of a statement among those that are added up. */
const DIGITS = 9;

/**
 * The positions in statements that speak for an actor, added up by issue, time, voice and value. The last one of each is the
 * greatest text of the place of its statement, whether it was coded under the issue itself, and its id: no sorting, and as many rows
 * as there are sums.
 */
async function tallySaid(
  source: Source,
  bearings: readonly Bearing[],
  merged: Prisma.Sql,
  by: TallyBy,
): Promise<Tallied[]> {
  const ids = bearings.map(({ statement }) => statement.id);
  const moments = new Map<string, number>();
  const momentOf = bearings.map((bearing) => {
    const key = `${by(bearing)} ${bearing.mode}`;
    const moment = moments.get(key) ?? moments.size;
    moments.set(key, moment);
    return moment;
  });
  const rows = await readMany<SaidRow>(
    source,
    Prisma.sql`
    WITH bearing AS (
      SELECT * FROM unnest(${ids}::uuid[], ${momentOf}::int[]) WITH ORDINALITY AS b(statement_id, moment, place)
    ), ${merged}
    SELECT coalesce(m.to_id, p.issue_id) AS issue_id, p.value, count(*)::int AS count,
      max((lpad(b.place::text, ${DIGITS}, '0') || (m.to_id IS NULL)::int || p.id) COLLATE "C") AS last
    FROM position p JOIN bearing b ON b.statement_id = p.statement_id LEFT JOIN merged m ON m.from_id = p.issue_id
    WHERE p.statement_id = ANY(${ids}::uuid[]) AND p.kind = 'position'
    GROUP BY coalesce(m.to_id, p.issue_id), p.value, b.moment`,
  );
  return rows
    .sort((a, b) => compareText(a.last, b.last))
    .flatMap(({ issue_id, value, count, last }): Tallied[] => {
      const bearing = bearings[Number(last.slice(0, DIGITS)) - 1];
      if (!bearing) return [];
      const { statement, mode, through, dialogueId, startsOn, order } = bearing;
      return [
        {
          issueId: issue_id,
          mode,
          value,
          count,
          positionId: last.slice(DIGITS + 1),
          statementId: statement.id,
          through,
          at: { dialogue: dialogueId, day: startsOn, order },
          year: Number(startsOn.slice(0, 4)),
        },
      ];
    });
}

type AttributedRow = {
  id: string;
  issue_id: string;
  value: PositionValue;
  count: number;
  through: string | null;
  dialogue_id: string | null;
  day: Day;
  year: number;
};

/** The positions that sources attribute to an actor without a statement on record, added up alike. */
async function tallyAttributed(source: Source, actorId: string, merged: Prisma.Sql): Promise<Tallied[]> {
  const rows = await readMany<AttributedRow>(
    source,
    Prisma.sql`
    WITH ${merged}
    SELECT coalesce(m.to_id, p.issue_id) AS issue_id, p.value, coalesce(g.iso3, g.slug) AS through, p.dialogue_id, p.day, p.year,
      count(*)::int AS count, (array_agg(p.id ORDER BY m.to_id IS NULL DESC, p.id DESC))[1] AS id
    FROM position p LEFT JOIN merged m ON m.from_id = p.issue_id LEFT JOIN actor g ON g.id = p.through_id
    WHERE p.actor_id = ${actorId}::uuid AND p.statement_id IS NULL AND p.kind = 'position'
    GROUP BY coalesce(m.to_id, p.issue_id), p.value, g.id, p.dialogue_id, p.day, p.year
    ORDER BY bool_or(m.to_id IS NULL), id`,
  );
  return rows.map(({ id, issue_id, value, count, through, dialogue_id, day, year }) => ({
    issueId: issue_id,
    mode: through === null ? "own" : "delegated",
    value,
    count,
    positionId: id,
    statementId: null,
    through,
    at: { dialogue: dialogue_id, day, order: 0 },
    year,
  }));
}

/**
 * The positions of one actor added up by the database, in order of time: as many as there are issues, moments and values, however many
 * positions. `bearings` are the statements that speak for it, in order of time.
 */
export async function tallyPositions(
  source: Source,
  actorId: string,
  bearings: readonly Bearing[],
  codebook?: number,
  by: TallyBy = ({ dialogueId }) => dialogueId,
): Promise<Tallied[]> {
  const merged = await mergedPairs(source, codebook);
  const attributed = await tallyAttributed(source, actorId, merged);
  const said = await tallySaid(source, bearings, merged, by);
  // What a source attributes comes before what was said at the same dialogue.
  return [...attributed, ...said].sort((a, b) => compareText(a.at.day, b.at.day) || a.at.order - b.at.order);
}

/** Which positions of an actor are listed. */
type OfActor = {
  mode?: Mode | undefined;
  value?: PositionValue | undefined;
  issueIds?: string[] | undefined;
  /** At one dialogue alone, or up to a day. */
  scope?: Scope | undefined;
};

const within = (scope: Scope): Prisma.Sql =>
  "dialogueId" in scope
    ? Prisma.sql`mine.dialogue_id = ${scope.dialogueId}::uuid`
    : Prisma.sql`mine.day <= ${scope.asOf}::date`;

/** One page of the positions of an actor, the newest first, and how many there are. Mentions, signatures and votes are not among them. */
export async function findPositionsOf(
  source: Source,
  actorId: string,
  bearings: readonly Bearing[],
  { mode, value, issueIds, scope }: OfActor,
  { page, size }: { page: number; size: number },
): Promise<{ rows: { id: string; mode: Mode; through: string | null }[]; total: number }> {
  const ids = bearings.map(({ statement }) => statement.id);
  const own = bearings.map(({ mode }) => mode === "own");
  const mine = Prisma.sql`bearing AS (
      SELECT * FROM unnest(${ids}::uuid[], ${own}::bool[]) WITH ORDINALITY AS b(statement_id, own, place)
    ), mine AS (
      SELECT p.id, p.statement_id, p.through_id, p.issue_id, p.value, p.dialogue_id, p.day, b.own, b.place
      FROM position p JOIN bearing b ON b.statement_id = p.statement_id
      WHERE p.statement_id = ANY(${ids}::uuid[]) AND p.kind = 'position'
      UNION ALL
      SELECT p.id, p.statement_id, p.through_id, p.issue_id, p.value, p.dialogue_id, p.day, p.through_id IS NULL, 0
      FROM position p WHERE p.actor_id = ${actorId}::uuid AND p.statement_id IS NULL AND p.kind = 'position'
    )`;
  const where = Prisma.sql`${mode === undefined ? Prisma.sql`true` : Prisma.sql`mine.own = ${mode === "own"}`}
    AND ${value === undefined ? Prisma.sql`true` : Prisma.sql`mine.value = ${value}::"PositionValue"`}
    AND ${scope === undefined ? Prisma.sql`true` : within(scope)}
    AND ${issueIds === undefined ? Prisma.sql`true` : Prisma.sql`mine.issue_id = ANY(${issueIds}::uuid[])`}`;
  const db = reading(source);
  const found = await db.$queryRaw<{ id: string; own: boolean; statement_id: string | null; through: string | null }[]>`
    WITH ${mine}
    SELECT mine.id, mine.own, mine.statement_id, coalesce(g.iso3, g.slug) AS through
    FROM mine LEFT JOIN actor g ON g.id = mine.through_id
    WHERE ${where}
    ORDER BY mine.day DESC, mine.own DESC, mine.place DESC, mine.id DESC
    LIMIT ${size} OFFSET ${(page - 1) * size}`;
  const [counted] = await db.$queryRaw<{ total: bigint }[]>`
    WITH ${mine} SELECT count(*) AS total FROM mine WHERE ${where}`;
  const throughs = new Map(bearings.map(({ statement, through }) => [statement.id, through]));
  return {
    rows: found.map(({ id, own, statement_id, through }) => ({
      id,
      mode: own ? "own" : "delegated",
      through: statement_id === null ? through : (throughs.get(statement_id) ?? null),
    })),
    total: Number(counted?.total ?? 0),
  };
}
