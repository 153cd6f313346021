import { scaleLinear } from "d3-scale";
import { POSITION_VALUES } from "@/features/codebook/schema";
import { ValuePatterns, valueFill, valueInk } from "@/features/positions/components/value-fill";
import type { CompositionAt } from "@/features/positions/queries/composition";
import { startsOf } from "@/features/positions/rules/composition";
import { VALUE_GLYPHS } from "@/features/positions/schema";

const WIDTH = 960;
const LEFT = 92;
const RIGHT = WIDTH - 8;
const ROW = 26;
const BAR = 20;
/** Below this width a segment has room for its glyph alone, or for nothing. */
const ROOM_FOR_BOTH = 30;
const ROOM_FOR_GLYPH = 13;

/** The year of each dialogue; month and year where a year has several. */
function labelsOf(rows: readonly CompositionAt[]): string[] {
  const years = rows.map(({ startsOn }) => startsOn.slice(0, 4));
  return rows.map(({ startsOn }, place) =>
    years.filter((year) => year === years[place]).length > 1 ? startsOn.slice(0, 7) : (years[place] ?? ""),
  );
}

/**
 * What states said on an issue in their own voice: a bar for each dialogue, in the order of the scale, as long as there are states.
 * A dialogue of which nothing is coded has no bar, which is something else than none that addressed it.
 */
export function CompositionChart({ id, rows, title }: { id: string; rows: readonly CompositionAt[]; title: string }) {
  const x = scaleLinear()
    .domain([0, Math.max(1, ...rows.map(({ n }) => n))])
    .range([0, RIGHT - LEFT]);
  const labels = labelsOf(rows);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${rows.length * ROW + 18}`} role="img" aria-label={title}>
      <title>{title}</title>
      <ValuePatterns id={id} />
      <text x={LEFT - 10} y={10} textAnchor="end" fontSize={11} className="fill-ink-3">
        n
      </text>
      {rows.map((row, place) => (
        <g key={row.slug} transform={`translate(0 ${place * ROW + 18})`}>
          <text y={BAR / 2} dy="0.35em" fontSize={12} className="fill-ink">
            {labels[place]}
          </text>
          <text x={LEFT - 10} y={BAR / 2} dy="0.35em" textAnchor="end" fontSize={12} className="fill-ink-2">
            {row.kind === "gap" ? "" : row.n}
          </text>
          <g transform={`translate(${LEFT} 0)`}>
            {row.kind === "some" ? <Bar id={id} row={row} x={x} /> : <NoBar row={row} />}
          </g>
        </g>
      ))}
    </svg>
  );
}

function NoBar({ row: { kind } }: { row: CompositionAt }) {
  const words = kind === "gap" ? "nothing coded" : "coded; no statement addresses it";
  return (
    <text y={BAR / 2} dy="0.35em" fontSize={12} fontStyle="italic" className="fill-ink-3">
      {words}
    </text>
  );
}

function Bar({ id, row, x }: { id: string; row: CompositionAt; x: (value: number) => number }) {
  const starts = startsOf(POSITION_VALUES.map((value) => row.counts[value]));
  return POSITION_VALUES.map((value, place) => {
    const count = row.counts[value];
    if (count === 0) return null;
    const from = x(starts[place] ?? 0);
    const width = x(count);
    const shown = { kind: "own" as const, value };
    const words = width >= ROOM_FOR_BOTH ? `${VALUE_GLYPHS[value]} ${count}` : VALUE_GLYPHS[value];
    return (
      <g key={value} transform={`translate(${from} 0)`}>
        <rect width={width} height={BAR} {...valueFill(id, shown)} />
        {width >= ROOM_FOR_GLYPH && (
          <text x={width / 2} y={BAR / 2} dy="0.35em" textAnchor="middle" fontSize={11} className={valueInk(shown)}>
            {words}
          </text>
        )}
      </g>
    );
  });
}
