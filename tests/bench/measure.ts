/** One figure of a benchmark: ours beside the least that the same work needs, in milliseconds, medians of one run. */
export type Result = {
  name: string;
  /** What stands on each side. */
  ours: string;
  floor: string;
  oursMs: number;
  floorMs: number;
  /** ours / floor: the figure to compare between machines. */
  ratio: number;
};

/** The middle of some times. */
export function median(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** How long `work` takes, in milliseconds. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

type Pair = {
  name: string;
  ours: string;
  floor: string;
  rounds: number;
  runOurs: () => unknown;
  runFloor: () => unknown;
};

/**
 * Runs both sides in turn, so that a machine whose speed drifts is as fast for one as for the other; the first two rounds only
 * warm up.
 */
export async function paired({ name, ours, floor, rounds, runOurs, runFloor }: Pair): Promise<Result> {
  const times: { ours: number[]; floor: number[] } = { ours: [], floor: [] };
  for (let round = -2; round < rounds; round += 1) {
    const a = await timed(runOurs);
    const b = await timed(runFloor);
    if (round < 0) continue;
    times.ours.push(a);
    times.floor.push(b);
  }
  const oursMs = median(times.ours);
  const floorMs = median(times.floor);
  return { name, ours, floor, oursMs, floorMs, ratio: oursMs / floorMs };
}

/** Runs `count` pieces of work with `writers` of them under way at once. */
export async function atOnce(count: number, writers: number, work: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const writer = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) await work(index);
  };
  await Promise.all(Array.from({ length: writers }, writer));
}
