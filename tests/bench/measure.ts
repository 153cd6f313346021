/** What one comparison came to. Times are medians in milliseconds; `ratio` is the median of ours / floor, pair by pair. */
export type Measured = {
  /** What was done, in a few words. */
  what: string;
  /** What the same work was done with on the other side. */
  floor: string;
  ours: number;
  sql: number;
  ratio: number;
  /** How many pairs of runs the medians are of. */
  pairs: number;
  /** What else is worth knowing: sizes, rates, slowest answers. */
  notes: string[];
  /** Limits of ours alone: the sentence, and whether it holds. */
  limits: { says: string; holds: boolean }[];
};

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which this part of the values lies, by the nearest rank. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(part * sorted.length) - 1))] ?? Number.NaN;
}

async function timed(work: () => unknown): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

type Sides = { ours: () => unknown; sql: () => unknown };

/**
 * Runs both sides in turn, so that whatever else the machine does meets both alike, after a few rounds that do not count.
 * Ends after `pairs` pairs or `seconds`, whichever comes first.
 */
export async function interleaved(
  { ours, sql }: Sides,
  { pairs, seconds, warmUp = 5 }: { pairs: number; seconds: number; warmUp?: number },
): Promise<{ ours: number[]; sql: number[] }> {
  for (let round = 0; round < warmUp; round += 1) {
    await ours();
    await sql();
  }
  const taken = { ours: [] as number[], sql: [] as number[] };
  const until = performance.now() + seconds * 1000;
  while (taken.ours.length < pairs && (taken.ours.length < 3 || performance.now() < until)) {
    taken.ours.push(await timed(ours));
    taken.sql.push(await timed(sql));
  }
  return taken;
}

/** The median of the ratios of pairs that ran one after the other. */
export function ratioOf({ ours, sql }: { ours: number[]; sql: number[] }): number {
  return median(ours.map((value, index) => value / (sql[index] ?? Number.NaN)));
}
