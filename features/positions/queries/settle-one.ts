import "server-only";
import { loadMerges } from "@/features/codebook/queries/merges";
import type { Bearing } from "@/features/positions/queries/reach";
import type { Tallied } from "@/features/positions/queries/tally";
import { settle, type Cell, type Settling } from "@/features/positions/rules/settled";
import { reading, type Source } from "@/lib/db";
import type { Day } from "@/lib/format";

/** One statement of each kind is enough to say why there is no position. */
function representatives(bearings: readonly Bearing[]): Bearing[] {
  return [...new Map(bearings.map((one) => [String(one.codedUnder), one])).values()];
}

/** The cells of one actor from what is known of it, by the one rule (`settle`). */
export function settleOne(
  { actorId, register, issuesOf, aligned }: Known,
  {
    issues,
    day,
    tallied,
    bearings,
  }: { issues: string[]; day: Day; tallied: readonly Tallied[]; bearings: readonly Bearing[] },
): ReadonlyMap<string, Cell> {
  const cells = settle({
    register,
    actors: [actorId],
    issues,
    day,
    issuesOf,
    aligned,
    own: tallied.map(({ mode: _, count: __, year: ___, ...position }) => ({
      ...position,
      actorId,
    })),
    deliveries: representatives(bearings.filter(({ mode }) => mode === "own")).map(({ codedUnder }) => ({
      actorId,
      codedUnder,
    })),
    delegating: representatives(bearings.filter(({ mode }) => mode === "delegated")).map(
      ({ statement, codedUnder, startsOn, dialogueId, order }) => ({
        statement,
        codedUnder,
        at: { dialogue: dialogueId, day: startsOn, order },
        positions: [],
      }),
    ),
  });
  return cells.get(actorId) ?? new Map<string, Cell>();
}

/** What does not change from one cell of an actor to the next. */
export type Known = { actorId: string } & Pick<Settling, "register" | "issuesOf" | "aligned">;

/** The issues of each version of the codebook, with those under which its merged ones are read. */
export async function loadIssuesOfVersions(source: Source, version?: number): Promise<Map<string, Set<string>>> {
  const merges = await loadMerges(source, version);
  const definitions = await reading(source).issueDefinition.findMany({ select: { versionId: true, issueId: true } });
  const issues = new Map<string, Set<string>>();
  for (const { versionId, issueId } of definitions) {
    const known = issues.get(versionId) ?? new Set();
    issues.set(versionId, known.add(issueId).add(merges.get(issueId) ?? issueId));
  }
  return issues;
}
