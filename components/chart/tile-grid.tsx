import type { ReactNode } from "react";
import { PictureKey, type PictureWords } from "@/components/chart/picture-key";
import type { Place } from "@/components/chart/place";
import { PlaceKeys } from "@/components/chart/place-keys";
import { TILE_COLUMNS, TILE_PLACES, TILE_ROWS } from "@/components/chart/tile-places";

/** In units of the drawing: a tile, and the step from one to the next. */
const TILE = 34;
const STEP = 36;
/** How wide the stripes around a plain middle are. */
const FRAME = 4;

type TileGridProps = {
  /** What the drawing shows, for screen readers. */
  label: string;
  places: readonly Place[];
  /** For the file that a reader saves. */
  words?: PictureWords;
  /** Patterns that the looks of places refer to. */
  patterns?: ReactNode;
};

/**
 * The states of the world as tiles of one size, each about where it lies: nobody is too small to be seen. Each tile has the code
 * of its state and a sign, and is a link with a name; arrow keys move between them. A state without a place here is left out.
 */
export function TileGrid({ label, places, words, patterns }: TileGridProps) {
  const placed = places
    .flatMap((place) => {
      const at = TILE_PLACES.get(place.code);
      return at ? [{ ...place, ...at }] : [];
    })
    // In the order in which a page is read: the tab key and screen readers go the same way.
    .sort((a, b) => a.row - b.row || a.column - b.column);
  return (
    <PlaceKeys label={label} className="places">
      <svg viewBox={`0 0 ${TILE_COLUMNS * STEP} ${TILE_ROWS * STEP}`} className="places-tiles">
        {patterns}
        {placed.map(({ code, title, href, look, observer, row, column }) => (
          <g key={code} transform={`translate(${column * STEP + 1} ${row * STEP + 1})`}>
            <a href={href}>
              <title>{title}</title>
              <rect
                className={`place-area ${look.className}`}
                fill={look.fill}
                width={TILE}
                height={TILE}
                rx={observer ? TILE / 2 : 3}
              />
              {look.plate && (
                <rect
                  className={look.plate}
                  x={FRAME}
                  y={FRAME}
                  width={TILE - 2 * FRAME}
                  height={TILE - 2 * FRAME}
                  rx={observer ? TILE / 2 - FRAME : 0}
                />
              )}
              <text className={`place-code ${look.ink}`} x={TILE / 2} y={look.sign === "" ? 21 : 15}>
                {code}
              </text>
              {look.sign !== "" && (
                <text className={`place-sign ${look.ink}`} x={TILE / 2} y={27}>
                  {look.sign}
                </text>
              )}
            </a>
          </g>
        ))}
        {words && <PictureKey {...words} x={5.3 * STEP} y={14 * STEP + 10} />}
      </svg>
    </PlaceKeys>
  );
}
