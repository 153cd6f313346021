import type { PositionValue } from "@/features/codebook/schema";
import type { Cell } from "@/features/positions/rules/settled";
import { stepsBetween } from "@/features/positions/rules/shifts";

/** One issue with the cells of those who are compared, in their order. */
export type ComparedIssue = { issueId: string; cells: readonly Cell[] };

/** The value of a cell; null for an absence, which is never one. */
export function valueOf(cell: Cell | undefined): PositionValue | null {
  return cell && "value" in cell ? cell.value : null;
}

/** How a row of a comparison agrees: `steps` is the largest distance between any two of its values. */
export type Agreement = { kind: "all"; steps: number } | { kind: "some"; missing: number[] } | { kind: "none" };

/** Whether all of them addressed an issue, and how far apart they are; else who of them did not, by place. */
export function agreementOf({ cells }: ComparedIssue): Agreement {
  const values = cells.map(valueOf);
  const missing = values.flatMap((value, place) => (value === null ? [place] : []));
  if (missing.length === values.length) return { kind: "none" };
  if (missing.length > 0) return { kind: "some", missing };
  const known = values.filter((value) => value !== null);
  const steps = Math.max(...known.map((a) => Math.max(...known.map((b) => stepsBetween(a, b)))));
  return { kind: "all", steps };
}

/** How two of those who are compared agree: on how many issues that both addressed they are how many steps apart. */
export type Pair = { a: number; b: number; both: number; bySteps: number[] };

/** The longest distance on the scale, from supports to opposes. */
const FARTHEST = stepsBetween("support", "oppose");

/** Every pair of those who are compared, each once, with how far apart they are on the issues that both addressed. */
export function pairsOf(issues: readonly ComparedIssue[], count: number): Pair[] {
  const places = Array.from({ length: count }, (_, place) => place);
  return places.flatMap((a) =>
    places.slice(a + 1).map((b) => {
      const bySteps = Array.from({ length: FARTHEST + 1 }, () => 0);
      for (const { cells } of issues) {
        const [one, other] = [valueOf(cells[a]), valueOf(cells[b])];
        if (one === null || other === null) continue;
        const steps = stepsBetween(one, other);
        bySteps[steps] = (bySteps[steps] ?? 0) + 1;
      }
      return { a, b, both: bySteps.reduce((sum, n) => sum + n, 0), bySteps };
    }),
  );
}
