import "server-only";

/** Pairs: what was coded under the issue `from` is read under the issue `to`, in the same place. */
export type ReadAs = { from: string[]; to: string[] };

/** Each issue as itself, and those that were merged into it by a version of the codebook. */
export function pairsOf(issues: readonly string[], merges: ReadonlyMap<string, string>): ReadAs {
  const wanted = new Set(issues);
  const merged = [...merges].filter(([from, to]) => wanted.has(to) && !wanted.has(from));
  return { from: [...issues, ...merged.map(([from]) => from)], to: [...issues, ...merged.map(([, to]) => to)] };
}
