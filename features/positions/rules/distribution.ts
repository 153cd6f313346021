import { POSITION_VALUES, type PositionValue } from "@/features/codebook/schema";
import type { Cell } from "@/features/positions/rules/settled";
import { fits } from "@/features/positions/rules/table";
import { ABSENCES, MODES, type CellKind } from "@/features/positions/schema";

/** How many stand alike on one issue. The value is null for a kind of absence. */
export type Share = { kind: CellKind; value: PositionValue | null; count: number };

/** Every way to stand on an issue in the order in which it is listed: own voice by the scale, delegated by the scale, absences. */
const WAYS: readonly Omit<Share, "count">[] = [
  ...MODES.flatMap((kind) => POSITION_VALUES.map((value) => ({ kind, value }))),
  ...ABSENCES.map((kind) => ({ kind, value: null })),
];

/** How some actors stand on one issue: each in exactly one share, shares that nobody is in left out. */
export function distributionOf(cells: readonly Cell[]): Share[] {
  return WAYS.map((way) => ({ ...way, count: cells.filter((cell) => fits(cell, way)).length })).filter(
    ({ count }) => count > 0,
  );
}

/** Where a cell stands in the order of `distributionOf`. */
export function placeInDistribution(cell: Cell): number {
  return WAYS.findIndex((way) => fits(cell, way));
}
