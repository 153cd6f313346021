import fc from "fast-check";
import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { nextPlace } from "@/components/chart/next-place";
import { TILE_COLUMNS, TILE_PLACES, TILE_ROWS } from "@/components/chart/tile-places";

type Actor = { kind: string; iso3: string };
const actors: Actor[] = parse(readFileSync("prisma/reference/actors.csv"), { columns: true, bom: true });
const codesOf = (kind: string) => actors.filter((actor) => actor.kind === kind).map(({ iso3 }) => iso3);

describe("the tiles", () => {
  it("are the 193 member states and the two observers, each once", () => {
    expect(codesOf("member_state")).toHaveLength(193);
    expect([...TILE_PLACES.keys()].sort()).toEqual([...codesOf("member_state"), ...codesOf("observer")].sort());
  });

  it("lie within the drawing, no two at one place", () => {
    const places = [...TILE_PLACES.values()];
    expect(new Set(places.map(({ row, column }) => `${row} ${column}`)).size).toBe(places.length);
    for (const { row, column } of places) {
      expect(row).toBeLessThan(TILE_ROWS);
      expect(column).toBeLessThan(TILE_COLUMNS);
    }
  });

  it("lie about where the states do", () => {
    const of = (code: string) => TILE_PLACES.get(code)!;
    for (const [west, east] of [
      ["CAN", "NOR"],
      ["BRA", "ZAF"],
      ["PRT", "TUR"],
      ["IND", "CHN"],
      ["AUS", "NZL"],
    ])
      expect(of(west!).column, `${west} is west of ${east}`).toBeLessThan(of(east!).column);
    for (const [north, south] of [
      ["CAN", "MEX"],
      ["SWE", "ITA"],
      ["EGY", "ZAF"],
      ["JPN", "AUS"],
      ["VEN", "ARG"],
    ])
      expect(of(north!).row, `${north} is north of ${south}`).toBeLessThan(of(south!).row);
  });
});

describe("arrow keys between places", () => {
  const grid = [...TILE_PLACES].map(([code, { row, column }]) => ({ code, x: column * 36, y: row * 36 }));
  const from = (code: string) => grid.findIndex((one) => one.code === code);
  const after = (key: string, code: string) => grid[nextPlace(key, from(code), grid) ?? -1]?.code;

  it("stay in the row or column while there is somebody", () => {
    expect(after("ArrowRight", "SWE")).toBe("FIN");
    expect(after("ArrowLeft", "SWE")).toBe("NOR");
    expect(after("ArrowDown", "CAN")).toBe("USA");
    expect(after("ArrowUp", "USA")).toBe("CAN");
    // Over a gap.
    expect(after("ArrowLeft", "NOR")).toBe("ISL");
  });

  it("lead in their direction, or nowhere; other keys are left alone", () => {
    fc.assert(
      fc.property(
        fc.nat(grid.length - 1),
        fc.constantFrom("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"),
        (place, key) => {
          const start = grid[place]!;
          const goal = nextPlace(key, place, grid);
          const sign = key === "ArrowRight" || key === "ArrowDown" ? 1 : -1;
          const axis = key === "ArrowLeft" || key === "ArrowRight" ? "x" : "y";
          const ahead = (one: (typeof grid)[number]) => (one[axis] - start[axis]) * sign;
          if (goal === null) expect(grid.every((one) => ahead(one) <= 0)).toBe(true);
          else expect(ahead(grid[goal]!)).toBeGreaterThan(0);
        },
      ),
    );
    expect(nextPlace("Home", 5, grid)).toBe(0);
    expect(nextPlace("End", 5, grid)).toBe(grid.length - 1);
    expect(nextPlace("Tab", 5, grid)).toBeNull();
    expect(nextPlace("ArrowLeft", 0, [])).toBeNull();
  });
});
