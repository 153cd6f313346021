import { scaleLinear } from "d3-scale";
import { ValuePatterns, valueFill, valueInk } from "@/features/positions/components/value-fill";
import { startsOf } from "@/features/positions/rules/composition";
import type { Share } from "@/features/positions/rules/distribution";
import { VALUE_GLYPHS } from "@/features/positions/schema";

const WIDTH = 960;
const BAR = 34;
const FOOT = 18;
const ROOM_FOR_NUMBER = 22;
const ROOM_FOR_GLYPH = 14;

type DistributionChartProps = {
  id: string;
  shares: readonly Share[];
  title: string;
  /** In a row of a table, where the numbers stand beside it: a thin bar alone. */
  bare?: boolean;
};

/** All states in one bar: own voice by the scale, then delegated, then the kinds of absence, each as long as it has states. */
export function DistributionChart({ id, shares, title, bare = false }: DistributionChartProps) {
  const [wide, bar, foot] = bare ? [240, 10, 0] : [WIDTH, BAR, FOOT];
  const x = scaleLinear()
    .domain([
      0,
      Math.max(
        1,
        shares.reduce((sum, { count }) => sum + count, 0),
      ),
    ])
    .range([0, wide]);
  const starts = startsOf(shares.map(({ count }) => count));
  return (
    <svg viewBox={`0 0 ${wide} ${bar + foot}`} role="img" aria-label={title} className="w-full">
      <title>{title}</title>
      <ValuePatterns id={id} />
      {shares.map((share, place) => {
        const from = x(starts[place] ?? 0);
        const width = x(share.count);
        return (
          <g key={`${share.kind} ${share.value}`} transform={`translate(${from} 0)`}>
            <rect width={width} height={bar} {...valueFill(id, share)} />
            {!bare && share.value && width >= ROOM_FOR_GLYPH && <Glyph share={share} x={width / 2} />}
            {!bare && width >= ROOM_FOR_NUMBER && (
              <text x={width / 2} y={BAR + 13} textAnchor="middle" fontSize={11} className="fill-ink-2">
                {share.count}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}

/** On stripes the glyph stands on a plain ground, as in the legend. */
function Glyph({ share: { kind, value }, x }: { share: Share; x: number }) {
  return (
    <>
      {kind === "delegated" && <circle cx={x} cy={BAR / 2} r={8} className="fill-surface" />}
      <text x={x} y={BAR / 2} dy="0.35em" textAnchor="middle" fontSize={13} className={valueInk({ kind, value })}>
        {value && VALUE_GLYPHS[value]}
      </text>
    </>
  );
}
