import type { CodingStatus } from "@/features/positions/schema";

/**
 * How far a statement is: `codedUnder` is the version of the codebook under which its coding was submitted, null when none was.
 * A coding under an earlier version still stands; the current one may ask for more.
 */
export function codingStatus(codedUnder: number | null, current: number | null): CodingStatus {
  if (codedUnder === null) return "not_coded";
  return current !== null && codedUnder < current ? "coded_before" : "coded";
}
