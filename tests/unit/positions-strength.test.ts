import fc from "fast-check";
import { expect, test } from "vitest";
import { ENOUGH, isEnough, percentCoded, strengthOf } from "@/features/positions/rules/strength";
import type { Mode } from "@/features/positions/schema";

const anyPosition = fc.record({
  mode: fc.constantFrom<Mode>("own", "delegated"),
  day: fc.constantFrom("2009-07-23", "2013-09-11", "2017-09-06", "2021-12-31"),
});

test("own and delegated positions are counted apart, with the day of the newest", () => {
  const share = { statements: 9, coded: 4 };
  expect(strengthOf([], share)).toEqual({ own: 0, delegated: 0, newest: null, ...share });
  const positions = [
    { mode: "own", day: "2017-09-06" },
    { mode: "delegated", day: "2013-09-11" },
    { mode: "own", day: "2014-09-08" },
  ] as const;
  expect(strengthOf(positions, share)).toEqual({ own: 2, delegated: 1, newest: "2017-09-06", ...share });
});

test("strength forgets nothing, and order does not matter", () => {
  fc.assert(
    fc.property(fc.array(anyPosition), (positions) => {
      const found = strengthOf(positions, { statements: 0, coded: 0 });
      expect(found.own + found.delegated).toBe(positions.length);
      expect(found.newest).toBe(
        positions
          .map(({ day }) => day)
          .sort()
          .at(-1) ?? null,
      );
      expect(strengthOf(positions.toReversed(), { statements: 0, coded: 0 })).toEqual(found);
    }),
  );
});

test("enough is the least number at which one coding alone cannot turn unanimity over", () => {
  const turned = (pieces: number) => pieces - 1 <= pieces / 2;
  expect(isEnough(ENOUGH)).toBe(true);
  expect(isEnough(ENOUGH - 1)).toBe(false);
  expect(turned(ENOUGH)).toBe(false);
  expect(turned(ENOUGH - 1)).toBe(true);
});

test("all or nothing is coded only when it is", () => {
  expect(percentCoded({ statements: 0, coded: 0 })).toBeNull();
  expect(percentCoded({ statements: 9, coded: 4 })).toBe(44);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), fc.nat(), (statements, some) => {
      const coded = some % (statements + 1);
      const percent = percentCoded({ statements, coded }) ?? -1;
      expect(percent === 100).toBe(coded === statements);
      expect(percent === 0).toBe(coded === 0);
      expect(Math.abs(percent - (coded / statements) * 100)).toBeLessThan(1);
    }),
  );
});
