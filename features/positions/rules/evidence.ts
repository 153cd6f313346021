import { POSITION_VALUES, type PositionValue } from "@/features/codebook/schema";
import type { Mode, PositionKind } from "@/features/positions/schema";

/** What the summary of an actor's positions on an issue looks at. */
type Counted = {
  kind: PositionKind;
  value: PositionValue | null;
  mode: Mode;
  year: number;
  statement: string | null;
  /** How many it stands for, where they were added up before; one without. */
  count?: number;
};

/** How an actor, or those who spoke for it, stood on an issue over the years. */
export type Voice = {
  mode: Mode;
  total: number;
  first: number;
  last: number;
  /** Whether each is in a statement on record; else some are what a source attributes. */
  inStatements: boolean;
  /** In the order of the scale, those that occur. */
  values: { value: PositionValue; count: number }[];
};

/** Counts the positions of one mode; mentions, signatures and votes are other things and in no number. Null where there is none. */
export function voiceOf(positions: readonly Counted[], mode: Mode): Voice | null {
  const own = positions.filter((one) => one.mode === mode && one.kind === "position" && one.value !== null);
  if (own.length === 0) return null;
  const years = own.map(({ year }) => year);
  return {
    mode,
    total: sizeOf(own),
    first: Math.min(...years),
    last: Math.max(...years),
    inStatements: own.every(({ statement }) => statement !== null),
    values: POSITION_VALUES.map((value) => ({ value, count: sizeOf(own.filter((one) => one.value === value)) })).filter(
      ({ count }) => count > 0,
    ),
  };
}

function sizeOf(positions: readonly Counted[]): number {
  return positions.reduce((sum, { count = 1 }) => sum + count, 0);
}
