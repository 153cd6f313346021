import "server-only";
import { loadCast, type Cast } from "@/features/actors/queries/register";
import {
  type DelegatingStatement,
  type Delivery,
  type Moment,
  type OwnPosition,
  type Settled,
  settle,
} from "@/features/positions/rules/settled";
import { loadMerges } from "@/features/codebook/queries/merges";
import type { PositionValue } from "@/features/codebook/schema";
import { actorsIn, readStatements, toCounted, type StatementRow } from "@/features/statements/queries/rows";
import { COUNTED_ROLES } from "@/features/statements/rules";
import { Prisma } from "@/generated/prisma/client";
import { reading, type Source } from "@/lib/db";
import { dateOf, dayOf, type Day } from "@/lib/format";

/** Which statements are looked at: those of one dialogue, or of all that began on a day or before. */
export type Scope = { dialogueId: string } | { asOf: Day };

/** Statements by role and state that count: the same as `isCounted`, where the database can leave the others out. */
export const COUNTED = {
  withdrawnAt: null,
  role: { in: [...COUNTED_ROLES] },
} satisfies Prisma.StatementWhereInput;

/** Own capacity: said so, or nothing said. */
const OWN_CAPACITY = Prisma.sql`(EXISTS (SELECT FROM representation r WHERE r.statement_id = s.id AND r.basis = 'own')
  OR NOT EXISTS (SELECT FROM representation r WHERE r.statement_id = s.id))`;
const COUNTED_SQL = Prisma.sql`s.withdrawn_at IS NULL AND s.role::text = ANY(${[...COUNTED_ROLES]})`;

type OwnRow = {
  id: string;
  statement_id: string | null;
  actor_id: string;
  issue_id: string;
  value: PositionValue;
  through: string | null;
  dialogue_id: string | null;
  day: Date;
  order: number | null;
};

/** The latest position of each actor on each issue in its own voice, or as a source attributes it, found by the database. */
async function latestOwn(source: Source, scope: Scope, { from, to }: ReadAs): Promise<OwnPosition[]> {
  const within =
    "dialogueId" in scope
      ? Prisma.sql`p.dialogue_id = ${scope.dialogueId}::uuid`
      : Prisma.sql`coalesce(d.starts_on, make_date(p.year, 12, 31)) <= ${scope.asOf}::date`;
  const rows = await reading(source).$queryRaw<OwnRow[]>`
    SELECT DISTINCT ON (p.actor_id, m.to_id) p.id, p.statement_id, p.actor_id, m.to_id AS issue_id, p.value::text,
      coalesce(g.iso3, g.slug) AS through, p.dialogue_id, coalesce(d.starts_on, make_date(p.year, 12, 31)) AS day, s."order"
    FROM position p
      JOIN unnest(${from}::uuid[], ${to}::uuid[]) AS m(from_id, to_id) ON m.from_id = p.issue_id
      LEFT JOIN statement s ON s.id = p.statement_id
      LEFT JOIN dialogue d ON d.id = p.dialogue_id
      LEFT JOIN actor g ON g.id = p.through_id
    WHERE p.kind = 'position' AND p.issue_id = ANY(${from}::uuid[]) AND ${within}
      AND (p.statement_id IS NULL OR (${COUNTED_SQL} AND ${OWN_CAPACITY}))
    ORDER BY p.actor_id, m.to_id, day DESC, p.dialogue_id DESC NULLS LAST, (p.through_id IS NULL) DESC,
      s."order" DESC NULLS LAST, (p.issue_id = m.to_id) DESC, p.id DESC`;
  return rows.map((row) => ({
    positionId: row.id,
    statementId: row.statement_id,
    actorId: row.actor_id,
    issueId: row.issue_id,
    value: row.value,
    through: row.through,
    at: { dialogue: row.dialogue_id, day: dayOf(row.day), order: row.order ?? 0 },
  }));
}

/** Who spoke in its own capacity, and under which versions of the codebook that was coded. */
async function deliveries(source: Source, scope: Scope): Promise<Delivery[]> {
  const within =
    "dialogueId" in scope
      ? Prisma.sql`s.dialogue_id = ${scope.dialogueId}::uuid`
      : Prisma.sql`d.starts_on <= ${scope.asOf}::date`;
  const rows = await reading(source).$queryRaw<{ actor_id: string; version_id: string | null }[]>`
    SELECT DISTINCT s.speaker_id AS actor_id, CASE WHEN c.submitted_at IS NOT NULL THEN c.version_id END AS version_id
    FROM statement s JOIN dialogue d ON d.id = s.dialogue_id LEFT JOIN coding c ON c.statement_id = s.id
    WHERE ${within} AND ${COUNTED_SQL} AND ${OWN_CAPACITY}`;
  return rows.map(({ actor_id, version_id }) => ({ actorId: actor_id, codedUnder: version_id }));
}

function momentOf({ dialogueId, dialogue, order }: StatementRow): Moment {
  return { dialogue: dialogueId, day: dayOf(dialogue.startsOn), order };
}

/** The statements of a scope that count. */
function countedIn(scope: Scope): Prisma.StatementWhereInput {
  if ("dialogueId" in scope) return { ...COUNTED, dialogueId: scope.dialogueId };
  return { ...COUNTED, dialogue: { startsOn: { lte: dateOf(scope.asOf) } } };
}

/** How much of what was said has been read for the codebook. */
export type Coverage = { statements: number; coded: number };

/** Statements of a scope that count, and how many of them are coded; withdrawn ones are in neither number. */
export async function countCoded(source: Source, scope: Scope): Promise<Coverage> {
  const db = reading(source);
  const where = countedIn(scope);
  const statements = await db.statement.count({ where });
  const coded = await db.coding.count({ where: { submittedAt: { not: null }, statement: where } });
  return { statements, coded };
}

/** The statements that were delivered for others, each with its positions. */
async function delegating(
  source: Source,
  scope: Scope,
  { from, to }: ReadAs,
): Promise<{ rows: StatementRow[]; statements: DelegatingStatement[] }> {
  const where: Prisma.StatementWhereInput = {
    ...countedIn(scope),
    representations: { some: { basis: { not: "own" } } },
  };
  const db = reading(source);
  const rows = await readStatements(source, where);
  const codings = await db.coding.findMany({
    where: { submittedAt: { not: null }, statement: where },
    select: { statementId: true, versionId: true },
  });
  const positions = await db.position.findMany({
    where: { kind: "position", issueId: { in: from }, statement: where },
    select: { id: true, statementId: true, issueId: true, value: true },
    orderBy: { id: "asc" },
  });
  const under = new Map(from.map((id, place) => [id, to[place] ?? id]));
  const codedUnder = new Map(codings.map(({ statementId, versionId }) => [statementId, versionId]));
  const coded = new Map<string, { positionId: string; issueId: string; value: PositionValue }[]>();
  for (const { id, statementId, issueId, value } of positions) {
    if (statementId === null || value === null) continue;
    const list = coded.get(statementId) ?? [];
    const position = { positionId: id, issueId: under.get(issueId) ?? issueId, value };
    // The last one of an issue decides: what was coded under the issue itself, before what is read under it.
    if (position.issueId === issueId) list.push(position);
    else list.unshift(position);
    coded.set(statementId, list);
  }
  const statements = rows.map((row) => ({
    statement: toCounted(row),
    at: momentOf(row),
    codedUnder: codedUnder.get(row.id) ?? null,
    positions: coded.get(row.id) ?? [],
  }));
  return { rows, statements };
}

/** Pairs: what was coded under the issue `from` is read under the issue `to`, in the same place. */
type ReadAs = { from: string[]; to: string[] };

/** Each issue as itself, and those that were merged into it by a version of the codebook. */
function readingOf(issues: readonly string[], merges: ReadonlyMap<string, string>): ReadAs {
  const wanted = new Set(issues);
  const merged = [...merges].filter(([from, to]) => wanted.has(to) && !wanted.has(from));
  return { from: [...issues, ...merged.map(([from]) => from)], to: [...issues, ...merged.map(([, to]) => to)] };
}

/** The issues of each version, with those under which its merged ones are read: who was asked the one was asked the other. */
async function issuesOfVersions(
  source: Source,
  merges: ReadonlyMap<string, string>,
): Promise<Map<string, Set<string>>> {
  const definitions = await reading(source).issueDefinition.findMany({ select: { versionId: true, issueId: true } });
  const issues = new Map<string, Set<string>>();
  for (const { versionId, issueId } of definitions) {
    const known = issues.get(versionId) ?? new Set();
    issues.set(versionId, known.add(issueId).add(merges.get(issueId) ?? issueId));
  }
  return issues;
}

/** What to settle, and for whom. */
export type SettledQuery = {
  scope: Scope;
  /** Ids of the actors whose cells are asked for. */
  actors: string[];
  /** Ids of the issues. */
  issues: string[];
  /** The day on which the table looks at the world. */
  day: Day;
  aligned?: "include" | "exclude";
  /** Number of the version of the codebook by which merged issues are read; the newest published one without. */
  codebook?: number | undefined;
};

/** Cells of actors by issues, by the one rule (`settle`), in a number of queries that does not depend on their number. */
export async function loadSettled(
  source: Source,
  { scope, actors, issues, day, aligned = "exclude", codebook }: SettledQuery,
): Promise<{ cells: Settled; cast: Cast }> {
  const merges = await loadMerges(source, codebook);
  const readAs = readingOf(issues, merges);
  const own = await latestOwn(source, scope, readAs);
  const { rows, statements } = await delegating(source, scope, readAs);
  const cast = await loadCast(source, [...actors, ...actorsIn(rows)]);
  const cells = settle({
    register: cast.register,
    actors,
    issues,
    day,
    own,
    deliveries: await deliveries(source, scope),
    delegating: statements,
    issuesOf: await issuesOfVersions(source, merges),
    aligned,
  });
  return { cells, cast };
}
