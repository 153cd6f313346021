import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { POSITION_VALUES } from "@/features/codebook/schema";
import { agreement, agreementInWords, cohesionOf } from "@/features/positions/rules/cohesion";
import { ENOUGH } from "@/features/positions/rules/strength";
import { compositionOf, countValues, noValues, startsOf, sumOf } from "@/features/positions/rules/composition";
import { law } from "@/tests/support/random-record";

const counts = fc.array(fc.nat(40), { minLength: 5, maxLength: 5 });
const anyCounts = counts.filter((list) => list.some((count) => count > 0));
const valuesOf = (list: number[]) =>
  Object.fromEntries(POSITION_VALUES.map((value, place) => [value, list[place] ?? 0])) as ReturnType<typeof noValues>;

describe("agreement A", () => {
  it("is that of the worked example of van der Eijk (2001), p. 331", () => {
    // Layer by layer: 7 categories with weight 70/1000 and A 0, 6 with 120/1000 and A 1/6, and so on up to the one of 320/1000.
    expect(agreement([30, 40, 210, 130, 530, 50, 10])).toBeCloseTo(0.6113333, 7);
    expect(agreement([20, 20, 20, 20, 20, 20, 0])).toBeCloseTo(1 / 6, 10);
  });

  it("is 1 for one opinion, 0 for none that prevails, -1 for two halves at the ends", () => {
    for (const place of [0, 1, 2, 3, 4]) expect(agreement([0, 0, 0, 0, 0].with(place, 7))).toBe(1);
    expect(agreement([6, 6, 6, 6, 6])).toBe(0);
    expect(agreement([9, 0, 0, 0, 9])).toBeCloseTo(-1, 10);
    expect(agreement([0, 0, 0, 0, 0])).toBeNull();
    // Neighbours agree more than those with a gap between them.
    expect(agreement([5, 5, 0, 0, 0])).toBeCloseTo(0.75, 10);
    expect(agreement([5, 0, 5, 0, 0])).toBeLessThan(0.75);
  });

  it("lies between -1 and 1, reads the scale from either end, and does not grow with numbers", () => {
    law(fc.record({ list: anyCounts, times: fc.integer({ min: 1, max: 9 }) }), ({ list, times }) => {
      const index = agreement(list) ?? Number.NaN;
      expect(Math.abs(index)).toBeLessThanOrEqual(1 + 1e-9);
      expect(agreement(list.toReversed())).toBeCloseTo(index, 9);
      expect(agreement(list.map((count) => count * times))).toBeCloseTo(index, 9);
    });
  });

  it("is 1 only when all say the same", () => {
    law(anyCounts, (list) => {
      expect((agreement(list) ?? 0) > 1 - 1e-9).toBe(list.filter((count) => count > 0).length === 1);
    });
  });

  it("has words for every value", () => {
    expect([1, 0.6, 0.3, 0, -0.5, -1].map(agreementInWords)).toEqual([
      "all say the same",
      "most stand close together",
      "spread around one position",
      "spread over the scale",
      "more than one camp",
      "split between the ends",
    ]);
  });
});

describe("the cohesion of members", () => {
  it("has an index from enough positions on, and is silent below two", () => {
    law(counts, (list) => {
      const given = valuesOf(list);
      const n = list.reduce((sum, count) => sum + count, 0);
      const cohesion = cohesionOf(given, 99);
      if (n < 2) expect(cohesion).toBeNull();
      else expect(cohesion).toEqual({ n, members: 99, counts: given, index: n < ENOUGH ? null : agreement(list) });
    });
  });
});

describe("composition", () => {
  it("tells a dialogue of which nothing is coded from one where nobody addressed the issue", () => {
    expect(compositionOf(noValues(), 0)).toMatchObject({ kind: "gap", n: 0 });
    expect(compositionOf(noValues(), 4)).toMatchObject({ kind: "none", n: 0, coded: 4 });
    expect(compositionOf({ ...noValues(), oppose: 2, support: 1 }, 0)).toMatchObject({ kind: "some", n: 3 });
  });

  it("counts every value once, and lays parts end to end", () => {
    law(fc.array(fc.constantFrom(...POSITION_VALUES)), (values) => {
      const counted = countValues(values);
      expect(sumOf(counted)).toBe(values.length);
      for (const value of POSITION_VALUES) expect(counted[value]).toBe(values.filter((one) => one === value).length);
      const lengths = POSITION_VALUES.map((value) => counted[value]);
      const ends = startsOf(lengths).map((start, place) => start + (lengths[place] ?? 0));
      expect(startsOf(lengths).slice(1)).toEqual(ends.slice(0, -1));
      expect(ends.at(-1)).toBe(values.length);
    });
  });
});
