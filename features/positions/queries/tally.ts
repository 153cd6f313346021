import "server-only";
import { loadMerges } from "@/features/codebook/queries/merges";
import type { PositionValue } from "@/features/codebook/schema";
import type { Bearing } from "@/features/positions/queries/reach";
import type { Scope } from "@/features/positions/queries/scope";
import type { Moment } from "@/features/positions/rules/settled";
import type { Mode } from "@/features/positions/schema";
import { Prisma } from "@/generated/prisma/client";
import { reading, readMany, type Source } from "@/lib/db";
import type { Day } from "@/lib/format";

/** Positions of one actor on one issue with one value at one dialogue, or on another occasion of a year. */
export type Tallied = {
  issueId: string;
  mode: Mode;
  value: PositionValue;
  count: number;
  /** The last of them: it decides, when none of another value is later. */
  positionId: string;
  statementId: string | null;
  /** Ref of the group, or of the actor that spoke for it, by which the last one reached it; null in its own voice. */
  through: string | null;
  at: Moment;
  year: number;
  /** Whether each is in a statement on record; else some are what a source attributes. */
  inStatements: boolean;
};

type Row = {
  id: string;
  issue_id: string;
  own: boolean;
  value: PositionValue;
  count: number;
  statement_id: string | null;
  through: string | null;
  dialogue_id: string | null;
  day: Day;
  year: number;
  order: number;
  in_statements: boolean;
};

/**
 * Every position of one actor: those of the statements that speak for it, and what sources attribute to it, each under the issue as
 * which it is read. A table expression `mine` for queries that go on from there.
 */
async function minePositions(
  source: Source,
  actorId: string,
  bearings: readonly Bearing[],
  codebook?: number,
): Promise<Prisma.Sql> {
  const merges = await loadMerges(source, codebook);
  const [from, to] = [[...merges.keys()], [...merges.values()]];
  const ids = bearings.map(({ statement }) => statement.id);
  const own = bearings.map(({ mode }) => mode === "own");
  const orders = bearings.map(({ order }) => order);
  return Prisma.sql`bearing AS (
      SELECT * FROM unnest(${ids}::uuid[], ${own}::bool[], ${orders}::int[]) AS b(statement_id, own, place)
    ), merged AS (SELECT * FROM unnest(${from}::uuid[], ${to}::uuid[]) AS m(from_id, to_id)
    ), stored AS (
      SELECT p.*, b.own, b.place FROM bearing b JOIN position p ON p.statement_id = b.statement_id
      UNION ALL
      SELECT p.*, p.through_id IS NULL, 0 FROM position p
      WHERE p.actor_id = ${actorId}::uuid AND p.statement_id IS NULL
    ), mine AS (
      SELECT stored.*, coalesce(merged.to_id, stored.issue_id) AS read_as FROM stored
        LEFT JOIN merged ON merged.from_id = stored.issue_id
    )`;
}

/** The positions of one actor added up by the database: as many rows as there are issues, moments and values, however many positions. */
export async function tallyPositions(
  source: Source,
  actorId: string,
  bearings: readonly Bearing[],
  codebook?: number,
): Promise<Tallied[]> {
  const mine = await minePositions(source, actorId, bearings, codebook);
  const latest = Prisma.sql`ORDER BY place DESC, (issue_id = read_as) DESC, id DESC`;
  const rows = await readMany<Row>(
    source,
    Prisma.sql`
    WITH ${mine}, added AS (
      SELECT read_as AS issue_id, own, value, dialogue_id, year, day, through_id, count(*)::int AS count, max(place) AS "order",
        bool_and(statement_id IS NOT NULL) AS in_statements, (array_agg(id ${latest}))[1] AS id,
        (array_agg(statement_id ${latest}))[1] AS statement_id, (array_agg(issue_id = read_as ${latest}))[1] AS direct
      FROM mine WHERE kind = 'position' GROUP BY read_as, own, value, dialogue_id, year, day, through_id
    )
    SELECT added.*, coalesce(g.iso3, g.slug) AS through FROM added LEFT JOIN actor g ON g.id = added.through_id
    ORDER BY day, "order", direct, added.id`,
  );
  const throughs = new Map(bearings.map(({ statement, through }) => [statement.id, through]));
  return rows.map((row) => ({
    issueId: row.issue_id,
    mode: row.own ? "own" : "delegated",
    value: row.value,
    count: row.count,
    positionId: row.id,
    statementId: row.statement_id,
    through: row.statement_id === null ? row.through : (throughs.get(row.statement_id) ?? null),
    at: { dialogue: row.dialogue_id, day: row.day, order: row.order },
    year: row.year,
    inStatements: row.in_statements,
  }));
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
  const mine = await minePositions(source, actorId, bearings);
  const where = Prisma.sql`mine.kind = 'position'
    AND ${mode === undefined ? Prisma.sql`true` : Prisma.sql`mine.own = ${mode === "own"}`}
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
