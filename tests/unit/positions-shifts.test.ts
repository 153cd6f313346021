import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { POSITION_VALUES, type PositionValue } from "@/features/codebook/schema";
import { isComparable, shiftsOf, stepsBetween, type Break, type OwnCoding } from "@/features/positions/rules/shifts";

const ISSUE = "formal agenda";
let codings = 0;

function coded(year: number, value: PositionValue, more: Partial<OwnCoding> = {}, order = 1): OwnCoding {
  codings += 1;
  const at = { dialogue: `dialogue ${year}`, day: `${year}-09-06`, order };
  return { positionId: `position ${codings}`, issueId: ISSUE, readAs: ISSUE, codebook: 1, value, at, ...more };
}

const inWords = (given: OwnCoding[], breaks: Break[] = []) =>
  shiftsOf(given, breaks).map(
    ({ earlier, later, steps }) =>
      `${earlier.at.day.slice(0, 4)} ${earlier.value} > ${later.at.day.slice(0, 4)} ${later.value}: ${steps}`,
  );

describe("a shift", () => {
  test("is each step or more between one time and the next, whatever the order in which they are given", () => {
    const given = [coded(2017, "mixed"), coded(2009, "support"), coded(2014, "support"), coded(2018, "oppose")];
    expect(inWords(given)).toEqual(["2014 support > 2017 mixed: 2", "2017 mixed > 2018 oppose: 2"]);
    expect(inWords([coded(2009, "support"), coded(2010, "conditional")])).toEqual([
      "2009 support > 2010 conditional: 1",
    ]);
    expect(inWords([coded(2009, "support")])).toEqual([]);
  });

  test("of several statements at one dialogue the last one decides", () => {
    const twice = [coded(2014, "oppose", {}, 2), coded(2014, "support", {}, 9)];
    expect(inWords([coded(2009, "support"), ...twice, coded(2017, "support")])).toEqual([]);
  });

  test("is not proposed across a version that redefined or split the issue; the next pair is", () => {
    const given = [
      coded(2009, "support"),
      coded(2014, "oppose", { codebook: 2 }),
      coded(2017, "support", { codebook: 3 }),
    ];
    expect(inWords(given, [{ issueId: ISSUE, version: 2 }])).toEqual(["2014 oppose > 2017 support: 4"]);
    expect(inWords(given, [{ issueId: "another", version: 2 }])).toHaveLength(2);
    expect(inWords(given, [{ issueId: ISSUE, version: 4 }])).toHaveLength(2);
    // Coded under a version that came before the break, whenever it was said.
    expect(
      inWords([coded(2009, "support", { codebook: 2 }), coded(2014, "oppose")], [{ issueId: ISSUE, version: 2 }]),
    ).toEqual([]);
  });

  test("is proposed between issues that were merged, unless the issue that they went into was redefined", () => {
    const merged = { readAs: "veto" };
    const given = [
      coded(2009, "support", { ...merged, issueId: "veto restraint" }),
      coded(2014, "oppose", { ...merged, issueId: "french initiative" }),
      coded(2017, "support", { ...merged, issueId: "veto", codebook: 3 }),
    ];
    expect(inWords(given)).toHaveLength(2);
    expect(inWords(given, [{ issueId: "veto", version: 3 }])).toEqual(["2009 support > 2014 oppose: 4"]);
  });
});

const anyCoding: fc.Arbitrary<OwnCoding> = fc
  .record({
    year: fc.integer({ min: 2009, max: 2014 }),
    value: fc.constantFrom(...POSITION_VALUES),
    codebook: fc.integer({ min: 1, max: 4 }),
    order: fc.nat(3),
    issueId: fc.constantFrom(ISSUE, "merged"),
    positionId: fc.uuid(),
  })
  .map(({ year, value, codebook, order, issueId, positionId }) => ({
    ...coded(year, value, { codebook, issueId, positionId }, order),
  }));
const anyBreaks = fc.array(
  fc.record({ issueId: fc.constantFrom(ISSUE, "merged", "another"), version: fc.integer({ min: 2, max: 4 }) }),
  { maxLength: 2 },
);

describe("for any positions", () => {
  test("shifts go forward in time, are comparable, differ, and never skip a position", () => {
    fc.assert(
      fc.property(fc.array(anyCoding, { maxLength: 12 }), anyBreaks, (given, breaks) => {
        const shifts = shiftsOf(given, breaks);
        for (const { earlier, later, steps } of shifts) {
          expect(earlier.at.day < later.at.day).toBe(true);
          expect(steps).toBe(stepsBetween(earlier.value, later.value));
          expect(steps).toBeGreaterThan(0);
          expect(isComparable(earlier, later, breaks)).toBe(true);
          expect(given.some(({ at }) => at.day > earlier.at.day && at.day < later.at.day)).toBe(false);
        }
        expect(shiftsOf(given.toReversed(), breaks)).toEqual(shifts);
        const days = new Set(given.map(({ at }) => at.day)).size;
        expect(shifts.length).toBeLessThanOrEqual(Math.max(0, days - 1));
      }),
    );
  });

  test("a break only takes shifts away, and without any version between two codings nothing does", () => {
    fc.assert(
      fc.property(fc.array(anyCoding, { maxLength: 12 }), anyBreaks, (given, breaks) => {
        const all = shiftsOf(given, []);
        for (const shift of shiftsOf(given, breaks)) expect(all).toContainEqual(shift);
        const same = given.map((one) => ({ ...one, codebook: 1 }));
        expect(shiftsOf(same, breaks)).toEqual(shiftsOf(same, []));
      }),
    );
  });

  test("steps are a distance", () => {
    const any = fc.constantFrom(...POSITION_VALUES);
    fc.assert(
      fc.property(any, any, any, (a, b, c) => {
        expect(stepsBetween(a, b)).toBe(stepsBetween(b, a));
        expect(stepsBetween(a, b) === 0).toBe(a === b);
        expect(stepsBetween(a, c)).toBeLessThanOrEqual(stepsBetween(a, b) + stepsBetween(b, c));
      }),
    );
  });
});
