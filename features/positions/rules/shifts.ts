import { POSITION_VALUES, type PositionValue } from "@/features/codebook/schema";
import type { Moment } from "@/features/positions/rules/settled";
import { compareText } from "@/features/actors/rules";

/** One position that an actor took in its own voice, coded under a version of the codebook. */
export type OwnCoding = {
  positionId: string;
  /** The issue under which it was coded. */
  issueId: string;
  /** The issue as which it is read now: itself, or what it was merged into. */
  readAs: string;
  /** Number of the version of the codebook under which it was coded. */
  codebook: number;
  value: PositionValue;
  at: Moment;
};

/** A version of the codebook that redefined an issue or split it: codings before and after it answer different questions. */
export type Break = { issueId: string; version: number };

/** Two consecutive positions on one issue that differ. `steps` is how far, on the ordered scale. */
export type Shift = { earlier: OwnCoding; later: OwnCoding; steps: number };

/** How many steps of the ordered scale lie between two values: 0 for the same, 4 from supports to opposes. */
export function stepsBetween(a: PositionValue, b: PositionValue): number {
  return Math.abs(POSITION_VALUES.indexOf(a) - POSITION_VALUES.indexOf(b));
}

/**
 * Whether two codings answer the same question: no version between the two under which they were coded redefined or split the issue
 * of either. A new name, a merge or a retirement changes no question.
 */
export function isComparable(a: OwnCoding, b: OwnCoding, breaks: readonly Break[]): boolean {
  const [from, to] = [Math.min(a.codebook, b.codebook), Math.max(a.codebook, b.codebook)];
  const issues = new Set([a.issueId, b.issueId, a.readAs]);
  return !breaks.some(({ issueId, version }) => issues.has(issueId) && version > from && version <= to);
}

const momentOf = ({ at }: OwnCoding): string => `${at.day} ${at.dialogue ?? ""}`;

/** At one dialogue the later statement decides; of one statement what was coded under the issue itself, then the youngest record. */
function compareCodings(a: OwnCoding, b: OwnCoding): number {
  return (
    compareText(momentOf(a), momentOf(b)) ||
    a.at.order - b.at.order ||
    Number(a.issueId === a.readAs) - Number(b.issueId === b.readAs) ||
    compareText(a.positionId, b.positionId)
  );
}

/**
 * The shifts among the positions of one actor on one issue: each pair of consecutive ones, one for each dialogue or other occasion,
 * that differ by a step or more and answer the same question. They are proposals: a person decides.
 */
export function shiftsOf(codings: readonly OwnCoding[], breaks: readonly Break[]): Shift[] {
  const deciding = [...new Map(codings.toSorted(compareCodings).map((one) => [momentOf(one), one])).values()];
  return deciding.flatMap((later, place) => {
    const earlier = deciding[place - 1];
    if (!earlier || earlier.value === later.value || !isComparable(earlier, later, breaks)) return [];
    return [{ earlier, later, steps: stepsBetween(earlier.value, later.value) }];
  });
}
