import type { ReactNode } from "react";
import { PictureKey, type PictureWords } from "@/components/chart/picture-key";
import type { Place } from "@/components/chart/place";
import { PlaceKeys } from "@/components/chart/place-keys";
import { DOT, WORLD_WIDTH, worldShapes, type World } from "@/components/chart/world-shapes";

/** Of the letters of a sign: in a dot, and on the largest shapes, where it must tell them apart without colour. */
const SMALLEST = 7;
const LARGEST = 20;

type WorldMapProps = {
  /** What the drawing shows, for screen readers. */
  label: string;
  places: readonly Place[];
  /** For the file that a reader saves. */
  words?: PictureWords;
  /** Patterns that the looks of places refer to. */
  patterns?: ReactNode;
};

/**
 * The states of the world in their shapes, and as dots where those would be too small to be seen. Each is a link with a name; arrow
 * keys move between them. Land of nobody among the places stays without a fill. It never stands alone: `TileGrid` and a table
 * show the same.
 */
export function WorldMap({ label, places, words, patterns }: WorldMapProps) {
  const world = worldShapes();
  const byCode = new Map(places.map((place) => [place.code, place]));
  const dotted = new Set(world.dots.map(({ code }) => code));
  return (
    <PlaceKeys label={label} className="places">
      <svg viewBox={`0 0 ${WORLD_WIDTH} ${world.height}`} className="places-world">
        {patterns}
        <path className="place-land" d={world.land} />
        {world.shapes.map(({ code, path, sign }) => {
          const place = byCode.get(code);
          if (!place) return <path key={code} className="place-land" d={path} />;
          const area = <path className={`place-area ${place.look.className}`} fill={place.look.fill} d={path} />;
          // The dot of a small state is its link; its shape shows where it lies.
          if (dotted.has(code)) return <g key={code}>{area}</g>;
          return (
            <a key={code} href={place.href}>
              <title>{place.title}</title>
              {area}
              <Sign place={place} x={sign.x} y={sign.y} size={Math.min(LARGEST, sign.room)} />
            </a>
          );
        })}
        <path className="place-disputed" d={world.disputed} />
        <Leaders dots={world.dots.filter(({ code }) => byCode.has(code))} />
        {world.dots.map(({ code, at }) => {
          const place = byCode.get(code);
          return (
            place && (
              <a key={code} href={place.href}>
                <title>{place.title}</title>
                {place.observer && <circle className="place-ring" cx={at.x} cy={at.y} r={DOT + 1.6} />}
                <circle
                  className={`place-area place-dot ${place.look.className}`}
                  fill={place.look.fill}
                  cx={at.x}
                  cy={at.y}
                  r={DOT}
                />
                <Sign place={place} x={at.x} y={at.y} size={0} />
              </a>
            )
          );
        })}
        {words && <PictureKey {...words} x={24} y={world.height * 0.59} />}
      </svg>
    </PlaceKeys>
  );
}

type SignProps = {
  place: Place;
  x: number;
  y: number;
  /** Of the letters, as far as there is room; never smaller than in a dot. */
  size: number;
};

function Sign({ place: { look }, x, y, size }: SignProps) {
  if (look.sign === "") return null;
  const plate = look.plate ? " place-plate" : "";
  const letters = Math.max(SMALLEST, Math.round(size));
  return (
    <text className={`place-sign ${look.ink}${plate}`} x={x} y={y + letters * 0.35} fontSize={letters}>
      {look.sign}
    </text>
  );
}

/** From a dot that had to make room to where its state lies. */
function Leaders({ dots }: Pick<World, "dots">) {
  const moved = dots.flatMap(({ at, from }) => (from ? [`M${from.x} ${from.y}L${at.x} ${at.y}`] : []));
  return <path className="place-leader" d={moved.join("")} />;
}
