import type { ScaleLinear, ScaleTime } from "d3-scale";

type ValueAxisProps = {
  scale: ScaleLinear<number, number>;
  /** Where the lines begin and end, in units of the drawing. */
  from: number;
  to: number;
  /** About how many lines. */
  lines?: number;
};

/** Hairlines across a drawing at round numbers, each number at their start. */
export function ValueAxis({ scale, from, to, lines = 4 }: ValueAxisProps) {
  const whole = scale.ticks(lines).filter(Number.isInteger);
  return whole.map((value) => (
    <g key={value} transform={`translate(0 ${scale(value)})`}>
      <line x1={from} x2={to} className={value === 0 ? "stroke-line-strong" : "stroke-line"} strokeWidth={1} />
      <text x={from - 6} dy="0.32em" textAnchor="end" fontSize={11} className="fill-ink-3">
        {Math.abs(value)}
      </text>
    </g>
  ));
}

/** Years under a drawing. */
export function YearAxis({ scale, y, ticks }: { scale: ScaleTime<number, number>; y: number; ticks: readonly Date[] }) {
  return ticks.map((tick) => (
    <text key={tick.getTime()} x={scale(tick)} y={y} textAnchor="middle" fontSize={11} className="fill-ink-3">
      {tick.getUTCFullYear()}
    </text>
  ));
}
