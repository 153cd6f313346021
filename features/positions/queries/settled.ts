import "server-only";
import { loadCast, type Cast } from "@/features/actors/queries/register";
import { loadMerges } from "@/features/codebook/queries/merges";
import { namedBy, readDelegating, withPositions } from "@/features/positions/queries/delegating";
import { deliveries, latestOwn } from "@/features/positions/queries/own";
import { pairsOf } from "@/features/positions/queries/read-as";
import { countedIn, type Scope } from "@/features/positions/queries/scope";
import { type Settled, settle } from "@/features/positions/rules/settled";
import { reading, type Source } from "@/lib/db";
import type { Day } from "@/lib/format";

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

/** Cells of actors by issues, by the one rule (`settle`), in a number of queries that grows with none of them but, slowly, with the statements for others. */
export async function loadSettled(
  source: Source,
  { scope, actors, issues, day, aligned = "exclude", codebook }: SettledQuery,
): Promise<{ cells: Settled; cast: Cast }> {
  const merges = await loadMerges(source, codebook);
  const readAs = pairsOf(issues, merges);
  const own = await latestOwn(source, scope, actors, readAs);
  const statements = await readDelegating(source, scope, actors);
  const cast = await loadCast(source, [...actors, ...namedBy(statements)]);
  const { register } = cast;
  const delegating = await withPositions(source, statements, { ...readAs, register, actors, own, aligned });
  const cells = settle({
    register,
    actors,
    issues,
    day,
    own,
    deliveries: await deliveries(source, scope, actors),
    delegating,
    issuesOf: await issuesOfVersions(source, merges),
    aligned,
  });
  return { cells, cast };
}
