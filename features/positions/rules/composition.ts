import { POSITION_VALUES, type PositionValue } from "@/features/codebook/schema";

/** How many have each value. */
export type ValueCounts = Record<PositionValue, number>;

export function noValues(): ValueCounts {
  return { support: 0, conditional: 0, mixed: 0, sceptical: 0, oppose: 0 };
}

/** How many of some positions have each value. */
export function countValues(values: Iterable<PositionValue>): ValueCounts {
  const counts = noValues();
  for (const value of values) counts[value] += 1;
  return counts;
}

/** How many there are in all. */
export function sumOf(counts: ValueCounts): number {
  return POSITION_VALUES.reduce((sum, value) => sum + counts[value], 0);
}

/** Where each of some parts that lie end to end begins. */
export function startsOf(lengths: readonly number[]): number[] {
  return lengths.map((_, place) => lengths.slice(0, place).reduce((sum, length) => sum + length, 0));
}

/** One dialogue, as far as an issue goes. */
export type Composition = {
  /** Member states by the position that they took there in their own voice, each once. */
  counts: ValueCounts;
  /** How many they are. */
  n: number;
  /** Statements in own capacity that were coded under a version of the codebook that has the issue. */
  coded: number;
  /**
   * `some`: there are positions. `none`: statements were read for the issue, and none addresses it. `gap`: nothing was read, so
   * that nobody knows; never drawn as zero.
   */
  kind: "some" | "none" | "gap";
};

/** What is known of an issue at one dialogue. Positions that a source attributes count without a coded statement. */
export function compositionOf(counts: ValueCounts, coded: number): Composition {
  const n = sumOf(counts);
  return { counts, n, coded, kind: n > 0 ? "some" : coded > 0 ? "none" : "gap" };
}
