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
import type { PositionValue } from "@/features/codebook/schema";
import { actorsIn, readStatements, toCounted, type StatementRow } from "@/features/statements/queries/rows";
import { Prisma } from "@/generated/prisma/client";
import { reading, type Source } from "@/lib/db";
import { dateOf, dayOf, type Day } from "@/lib/format";

/** Which statements are looked at: those of one dialogue, or of all that began on a day or before. */
export type Scope = { dialogueId: string } | { asOf: Day };

/** Statements by role and state that count: the same as `isCounted`, where the database can leave the others out. */
export const COUNTED = {
  withdrawnAt: null,
  role: { in: ["statement", "joint_statement", "civil_society"] },
} satisfies Prisma.StatementWhereInput;

/** Own capacity: said so, or nothing said. */
const OWN_CAPACITY = Prisma.sql`(EXISTS (SELECT FROM representation r WHERE r.statement_id = s.id AND r.basis = 'own')
  OR NOT EXISTS (SELECT FROM representation r WHERE r.statement_id = s.id))`;
const COUNTED_SQL = Prisma.sql`s.withdrawn_at IS NULL AND s.role IN ('statement', 'joint_statement', 'civil_society')`;

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
async function latestOwn(source: Source, scope: Scope, issues: string[]): Promise<OwnPosition[]> {
  const within =
    "dialogueId" in scope
      ? Prisma.sql`p.dialogue_id = ${scope.dialogueId}::uuid`
      : Prisma.sql`coalesce(d.starts_on, make_date(p.year, 12, 31)) <= ${scope.asOf}::date`;
  const rows = await reading(source).$queryRaw<OwnRow[]>`
    SELECT DISTINCT ON (p.actor_id, p.issue_id) p.id, p.statement_id, p.actor_id, p.issue_id, p.value::text,
      coalesce(g.iso3, g.slug) AS through, p.dialogue_id, coalesce(d.starts_on, make_date(p.year, 12, 31)) AS day, s."order"
    FROM position p
      LEFT JOIN statement s ON s.id = p.statement_id
      LEFT JOIN dialogue d ON d.id = p.dialogue_id
      LEFT JOIN actor g ON g.id = p.through_id
    WHERE p.kind = 'position' AND p.issue_id = ANY(${issues}::uuid[]) AND ${within}
      AND (p.statement_id IS NULL OR (${COUNTED_SQL} AND ${OWN_CAPACITY}))
    ORDER BY p.actor_id, p.issue_id, day DESC, p.dialogue_id DESC NULLS LAST, (p.through_id IS NULL) DESC, s."order" DESC NULLS LAST`;
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

/** The statements that were delivered for others, each with its positions. */
async function delegating(
  source: Source,
  scope: Scope,
  issues: string[],
): Promise<{ rows: StatementRow[]; statements: DelegatingStatement[] }> {
  const where: Prisma.StatementWhereInput = {
    ...COUNTED,
    ...("dialogueId" in scope
      ? { dialogueId: scope.dialogueId }
      : { dialogue: { startsOn: { lte: dateOf(scope.asOf) } } }),
    representations: { some: { basis: { not: "own" } } },
  };
  const db = reading(source);
  const rows = await readStatements(source, where);
  const codings = await db.coding.findMany({
    where: { submittedAt: { not: null }, statement: where },
    select: { statementId: true, versionId: true },
  });
  const positions = await db.position.findMany({
    where: { kind: "position", issueId: { in: issues }, statement: where },
    select: { id: true, statementId: true, issueId: true, value: true },
  });
  const codedUnder = new Map(codings.map(({ statementId, versionId }) => [statementId, versionId]));
  const coded = new Map<string, { positionId: string; issueId: string; value: PositionValue }[]>();
  for (const { id, statementId, issueId, value } of positions) {
    if (statementId === null || value === null) continue;
    const list = coded.get(statementId);
    const position = { positionId: id, issueId, value };
    if (list) list.push(position);
    else coded.set(statementId, [position]);
  }
  const statements = rows.map((row) => ({
    statement: toCounted(row),
    at: momentOf(row),
    codedUnder: codedUnder.get(row.id) ?? null,
    positions: coded.get(row.id) ?? [],
  }));
  return { rows, statements };
}

async function issuesOfVersions(source: Source): Promise<Map<string, Set<string>>> {
  const definitions = await reading(source).issueDefinition.findMany({ select: { versionId: true, issueId: true } });
  const issues = new Map<string, Set<string>>();
  for (const { versionId, issueId } of definitions) {
    const known = issues.get(versionId);
    if (known) known.add(issueId);
    else issues.set(versionId, new Set([issueId]));
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
};

/** Cells of actors by issues, by the one rule (`settle`), in a number of queries that does not depend on their number. */
export async function loadSettled(
  source: Source,
  { scope, actors, issues, day, aligned = "exclude" }: SettledQuery,
): Promise<{ cells: Settled; cast: Cast }> {
  const own = await latestOwn(source, scope, issues);
  const { rows, statements } = await delegating(source, scope, issues);
  const cast = await loadCast(source, [...actors, ...actorsIn(rows)]);
  const cells = settle({
    register: cast.register,
    actors,
    issues,
    day,
    own,
    deliveries: await deliveries(source, scope),
    delegating: statements,
    issuesOf: await issuesOfVersions(source),
    aligned,
  });
  return { cells, cast };
}
