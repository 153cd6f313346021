import type { Mode } from "@/features/positions/schema";
import type { Day } from "@/lib/format";

/** On how much an aggregate rests: an actor on an issue, a group, an issue, a table. */
export type Strength = {
  /** Positions in the own voice of those whom the aggregate is about. */
  own: number;
  /** Positions that reached them because others spoke for them. */
  delegated: number;
  /** Day of the newest of them; null where there is none. */
  newest: Day | null;
  /** Statements that could bear on it, and how many of them are coded for it. */
  statements: number;
  coded: number;
};

/** How many of the statements that could bear on something were read for it. */
export type CodedShare = Pick<Strength, "statements" | "coded">;

/**
 * Fewest pieces of evidence from which a share, an agreement or a pattern is drawn. With one or two the answer can only be none, half
 * or all, and one coding turns it over; from three on the commoner value is held by at least two of them.
 */
export const ENOUGH = 3;

/** Whether there is enough evidence to say more than what is on record piece by piece. */
export function isEnough(pieces: number): boolean {
  return pieces >= ENOUGH;
}

/** The strength of what rests on these positions, each one or `count` at once. Absences are no evidence and must not be given. */
export function strengthOf(positions: Iterable<{ mode: Mode; day: Day; count?: number }>, share: CodedShare): Strength {
  const strength: Strength = { own: 0, delegated: 0, newest: null, statements: share.statements, coded: share.coded };
  for (const { mode, day, count = 1 } of positions) {
    strength[mode] += count;
    if (strength.newest === null || day > strength.newest) strength.newest = day;
  }
  return strength;
}

/** The share coded in whole percent; all or nothing is said only when it is so. Null where there is nothing to be coded. */
export function percentCoded({ statements, coded }: CodedShare): number | null {
  if (statements === 0) return null;
  const percent = Math.round((coded / statements) * 100);
  if (percent === 100 && coded < statements) return 99;
  return percent === 0 && coded > 0 ? 1 : percent;
}
