import type { ReactNode } from "react";
import type { Look } from "@/components/chart/place";
import { CountLink } from "@/components/ui/count-link";

/** One class of places: how it is drawn, what it is called, and how many there are. */
export type PlaceClass = {
  key: string;
  look: Look;
  label: string;
  count: number;
  /** Where exactly these are. */
  href: string;
};

/** Classes that belong together, under a word that they share. */
export type ClassGroup = { title: string | null; classes: readonly PlaceClass[] };

type MapLegendProps = {
  groups: readonly ClassGroup[];
  /** As in the drawing itself. */
  patterns?: ReactNode;
};

/** What each drawing of a place means, and how many places there are of it; the number opens them. */
export function MapLegend({ groups, patterns }: MapLegendProps) {
  return (
    <div className="map-legend">
      {groups.map(({ title, classes }, group) => (
        <div key={title ?? group} className="contents">
          {title !== null && <p className="text-ink-3">{title}</p>}
          <ul aria-label={title === null ? "Legend" : `Legend: ${title}`} className="flex flex-wrap gap-x-5 gap-y-1.5">
            {classes.map(({ key, look, label, count, href }, place) => (
              <li key={key} className="flex items-center gap-2">
                <LookSwatch look={look} patterns={group === 0 && place === 0 && patterns} />
                <span>{label}</span>
                {count === 0 ? (
                  <span className="text-ink-3">0</span>
                ) : (
                  <CountLink href={href} count={count}>
                    {count}
                  </CountLink>
                )}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

/** A piece of a drawing in the size of a letter. */
function LookSwatch({ look, patterns }: { look: Look; patterns: ReactNode }) {
  return (
    <svg viewBox="0 0 24 18" aria-hidden="true" className="places-swatch">
      {patterns}
      <rect className={`place-area ${look.className}`} fill={look.fill} x={0.5} y={0.5} width={23} height={17} rx={3} />
      {look.plate && <rect className={look.plate} x={6} y={3} width={12} height={12} />}
      {look.sign !== "" && (
        <text className={`place-sign ${look.ink}`} x={12} y={13}>
          {look.sign}
        </text>
      )}
    </svg>
  );
}
