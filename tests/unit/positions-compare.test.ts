import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { POSITION_VALUES, type PositionValue } from "@/features/codebook/schema";
import { agreementOf, pairsOf, valueOf } from "@/features/positions/rules/compare";
import type { Cell } from "@/features/positions/rules/settled";
import { ABSENCES } from "@/features/positions/schema";

const at = { dialogue: "one", day: "2017-09-06", order: 1 };
const said = (value: PositionValue, kind: "own" | "delegated" = "own"): Cell => ({
  kind,
  value,
  positionId: "position",
  statementId: null,
  through: kind === "own" ? null : "nordic",
  at,
});
const absent = (kind: (typeof ABSENCES)[number] = "did_not_speak"): Cell => ({ kind });
const row = (...cells: Cell[]) => ({ issueId: "formal agenda", cells });

describe("an issue", () => {
  test("that all addressed is as far apart as the two that are farthest", () => {
    expect(agreementOf(row(said("support"), said("support", "delegated")))).toEqual({ kind: "all", steps: 0 });
    expect(agreementOf(row(said("support"), said("mixed"), said("conditional")))).toEqual({ kind: "all", steps: 2 });
    expect(agreementOf(row(said("oppose"), said("support")))).toEqual({ kind: "all", steps: 4 });
  });

  test("that somebody did not address names who, and an absence is never a value, whatever its kind", () => {
    for (const kind of ABSENCES) {
      expect(valueOf(absent(kind))).toBeNull();
      expect(agreementOf(row(said("mixed"), absent(kind), absent(kind)))).toEqual({ kind: "some", missing: [1, 2] });
      expect(agreementOf(row(absent(kind), absent(kind)))).toEqual({ kind: "none" });
    }
  });
});

test("each two are compared on what both addressed, whatever the others did", () => {
  const rows = [
    row(said("support"), said("support"), absent()),
    row(said("support"), said("oppose"), said("oppose")),
    row(absent(), said("mixed"), said("mixed")),
  ];
  expect(pairsOf(rows, 3)).toEqual([
    { a: 0, b: 1, both: 2, bySteps: [1, 0, 0, 0, 1] },
    { a: 0, b: 2, both: 1, bySteps: [0, 0, 0, 0, 1] },
    { a: 1, b: 2, both: 2, bySteps: [2, 0, 0, 0, 0] },
  ]);
});

const anyCell: fc.Arbitrary<Cell> = fc.oneof(
  fc.constantFrom(...POSITION_VALUES).map((value) => said(value)),
  fc.constantFrom(...POSITION_VALUES).map((value) => said(value, "delegated")),
  fc.constantFrom(...ABSENCES).map(absent),
);

test("for any table a pair is as a literal count finds it, and does not depend on who stands where", () => {
  const tables = fc
    .integer({ min: 2, max: 6 })
    .chain((count) =>
      fc.tuple(
        fc.constant(count),
        fc.array(fc.array(anyCell, { minLength: count, maxLength: count }).map((cells) => row(...cells))),
      ),
    );
  fc.assert(
    fc.property(tables, ([count, rows]) => {
      const pairs = pairsOf(rows, count);
      expect(pairs).toHaveLength((count * (count - 1)) / 2);
      for (const { a, b, both, bySteps } of pairs) {
        const addressed = rows.filter(({ cells }) => "value" in cells[a]! && "value" in cells[b]!);
        expect(both).toBe(addressed.length);
        const same = addressed.filter(({ cells }) => valueOf(cells[a]) === valueOf(cells[b]));
        expect(bySteps[0]).toBe(same.length);
        expect(bySteps.reduce((sum, n) => sum + n, 0)).toBe(both);
      }
      const mirrored = rows.map(({ cells }) => row(...cells.toReversed()));
      const sizes = (given: typeof pairs) => given.map(({ bySteps }) => bySteps.join()).sort();
      expect(sizes(pairsOf(mirrored, count))).toEqual(sizes(pairs));
    }),
  );
});
