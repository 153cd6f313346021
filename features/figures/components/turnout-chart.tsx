import { scaleLinear } from "d3-scale";
import { ValueAxis, YearAxis } from "@/components/chart/axes";
import { timeScale, yearTicks } from "@/features/figures/components/trend-chart";
import type { TrendPoint } from "@/features/figures/queries/over-time";
import { dateOf } from "@/lib/format";

const WIDTH = 960;
const LEFT = 40;
const HEAD = 26;
const PLOT = 190;
const FOOT = 26;
const BAR = 22;

/**
 * Who is new, above the line, and who fell silent, below it. Where the record of a dialogue is not complete the bars are open: who
 * is not on record there may have spoken.
 */
export function TurnoutChart({ points, title }: { points: readonly TrendPoint[]; title: string }) {
  const x = timeScale(points);
  const up = Math.max(1, ...points.map(({ firstTime }) => firstTime?.length ?? 0));
  const down = Math.max(1, ...points.map(({ fellSilent }) => fellSilent?.length ?? 0));
  const y = scaleLinear()
    .domain([-down * 1.2, up * 1.15])
    .range([HEAD + PLOT, HEAD]);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEAD + PLOT + FOOT}`} role="img" aria-label={title}>
      <title>{title}</title>
      <ValueAxis scale={y} from={LEFT} to={WIDTH - 24} lines={5} />
      <text x={0} y={HEAD - 12} fontSize={12} className="fill-ink-2">
        ↑ spoke in their own voice for the first time
      </text>
      <text x={320} y={HEAD - 12} fontSize={12} className="fill-ink-2">
        ↓ fell silent (striped)
      </text>
      <defs>
        <pattern id="fell-silent" width={5} height={5} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width={5} height={5} className="fill-paper" />
          <rect width={2} height={5} className="fill-ink-3" />
        </pattern>
      </defs>
      {points.map((point) => (
        <g key={point.slug} transform={`translate(${x(dateOf(point.startsOn))} 0)`}>
          <Bar value={point.firstTime?.length} y={y} open={point.completeness !== "complete"} />
          <Bar value={point.fellSilent && -point.fellSilent.length} y={y} open={point.completeness !== "complete"} />
        </g>
      ))}
      <YearAxis scale={x} y={HEAD + PLOT + 18} ticks={yearTicks(points)} />
    </svg>
  );
}

type BarProps = { value: number | null | undefined; y: (value: number) => number; open: boolean };

function Bar({ value, y, open }: BarProps) {
  if (value === null || value === undefined || value === 0) return null;
  const silent = value < 0;
  const top = Math.min(y(0), y(value));
  const filled = open ? "fill-paper stroke-ink" : "fill-ink stroke-ink";
  return (
    <>
      <rect
        x={-BAR / 2}
        y={top}
        width={BAR}
        height={Math.abs(y(value) - y(0))}
        strokeWidth={1}
        strokeDasharray={open ? "3 2" : undefined}
        className={silent ? "stroke-ink-3" : filled}
        fill={silent ? "url(#fell-silent)" : undefined}
      />
      <text y={silent ? y(value) + 13 : y(value) - 4} textAnchor="middle" fontSize={11} className="fill-ink">
        {Math.abs(value)}
      </text>
    </>
  );
}
