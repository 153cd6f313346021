import { scaleLinear, scaleUtc } from "d3-scale";
import { line } from "d3-shape";
import { ValueAxis, YearAxis } from "@/components/chart/axes";
import type { TrendPoint } from "@/features/figures/queries/over-time";
import type { Completeness } from "@/features/figures/rules/over-time";
import { dateOf, formatList } from "@/lib/format";

const WIDTH = 960;
const LEFT = 40;
const RIGHT = WIDTH - 24;
const PANEL = 190;
const HEAD = 34;
const YEARS = 26;
const KEY = 24;
const DAY_MS = 86_400_000;

/** Where each dialogue stands in time, with room on both sides for a mark and its number. */
export function timeScale(points: readonly { startsOn: string }[]) {
  const days = points.map(({ startsOn }) => dateOf(startsOn).getTime());
  const [first, last] = [Math.min(...days), Math.max(...days)];
  const room = Math.max((last - first) * 0.03, 120 * DAY_MS);
  return scaleUtc()
    .domain([first - room, last + room])
    .range([LEFT, RIGHT]);
}

/** One day of each year in which a dialogue began, the first one's: where the years stand under a drawing. */
export function yearTicks(points: readonly { startsOn: string }[]): Date[] {
  const years = new Map(points.toReversed().map(({ startsOn }) => [startsOn.slice(0, 4), dateOf(startsOn)]));
  return [...years.values()].sort((a, b) => a.getTime() - b.getTime());
}

type Panel = {
  title: string;
  counted: (point: TrendPoint) => number;
  published: (point: TrendPoint) => number[];
};

const PANELS: readonly Panel[] = [
  {
    title: "Member states that spoke",
    counted: ({ spoke }) => spoke,
    published: ({ published }) => published.member_states_spoke.map(({ value }) => value),
  },
  {
    title: "States represented",
    counted: ({ reached }) => reached.length,
    published: ({ published }) => published.states_represented.map(({ value }) => value),
  },
];

/** A number as the record gives it: filled where the record is complete, open where it is not, open with a dot where nobody knows. */
function CountedMark({ completeness }: { completeness: Completeness }) {
  return (
    <>
      <circle
        r={4}
        strokeWidth={1.5}
        className={completeness === "complete" ? "fill-ink stroke-ink" : "fill-paper stroke-ink"}
      />
      {completeness === "unchecked" && <circle r={1.3} className="fill-ink" />}
    </>
  );
}

/** A number as somebody published it. */
function PublishedMark() {
  return <line x1={-8} x2={8} className="stroke-accent" strokeWidth={2.5} />;
}

const KEYS: readonly [label: string, mark: "published" | Completeness][] = [
  ["counted, record complete", "complete"],
  ["counted, record incomplete: a lower bound", "incomplete"],
  ["counted, nobody published a number to check", "unchecked"],
  ["published", "published"],
];

function MarksInWords({ shown }: { shown: ReadonlySet<string> }) {
  const keys = KEYS.filter(([, mark]) => shown.has(mark));
  const widths = keys.map(([label]) => 34 + label.length * 6.1);
  return keys.map(([label, mark], place) => {
    const before = widths.slice(0, place).reduce((sum, width) => sum + width, LEFT + 8);
    return (
      <g key={mark} transform={`translate(${before} 10)`}>
        {mark === "published" ? <PublishedMark /> : <CountedMark completeness={mark} />}
        <text x={14} dy="0.32em" fontSize={12} className="fill-ink-2">
          {label}
        </text>
      </g>
    );
  });
}

type TrendChartProps = { points: readonly TrendPoint[]; title: string };

/**
 * How many spoke and for how many, dialogue by dialogue. A line joins only dialogues whose record is complete: where it is not,
 * it would draw a fall that nobody knows of.
 */
export function TrendChart({ points, title }: TrendChartProps) {
  const x = timeScale(points);
  const ticks = yearTicks(points);
  const height = KEY + PANELS.length * (HEAD + PANEL + YEARS);
  const shown = new Set<string>(points.map(({ completeness }) => completeness));
  if (PANELS.some(({ published }) => points.some((point) => published(point).length > 0))) shown.add("published");
  return (
    <svg viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={title}>
      <title>{title}</title>
      <MarksInWords shown={shown} />
      {PANELS.map((panel, place) => (
        <g key={panel.title} transform={`translate(0 ${KEY + place * (HEAD + PANEL + YEARS)})`}>
          <text x={0} y={HEAD - 12} fontSize={13} fontWeight={600} className="fill-ink">
            {panel.title}
          </text>
          <PanelMarks panel={panel} points={points} x={x} />
          <YearAxis scale={x} y={HEAD + PANEL + 18} ticks={ticks} />
        </g>
      ))}
    </svg>
  );
}

function PanelMarks({
  panel,
  points,
  x,
}: {
  panel: Panel;
  points: readonly TrendPoint[];
  x: ReturnType<typeof timeScale>;
}) {
  const highest = Math.max(1, ...points.flatMap((point) => [panel.counted(point), ...panel.published(point)]));
  const y = scaleLinear()
    .domain([0, highest * 1.08])
    .range([HEAD + PANEL, HEAD + 6]);
  const path = line<TrendPoint>()
    .defined(({ completeness }) => completeness === "complete")
    .x(({ startsOn }) => x(dateOf(startsOn)))
    .y((point) => y(panel.counted(point)))(points);
  return (
    <>
      <ValueAxis scale={y} from={LEFT} to={RIGHT} />
      {path && <path d={path} fill="none" className="stroke-ink" strokeWidth={1.5} />}
      {points.map((point) => (
        <g key={point.slug} transform={`translate(${x(dateOf(point.startsOn))} 0)`}>
          <MarksOfPoint
            counted={panel.counted(point)}
            published={panel.published(point)}
            completeness={point.completeness}
            y={y}
          />
        </g>
      ))}
    </>
  );
}

type MarksOfPointProps = {
  counted: number;
  published: number[];
  completeness: Completeness;
  y: (value: number) => number;
};

/** The numbers of one dialogue. A dotted line joins a lower bound with what was published: so much is not on record. */
function MarksOfPoint({ counted, published, completeness, y }: MarksOfPointProps) {
  const values = [...new Set(published)].sort((a, b) => a - b);
  const highest = values.at(-1);
  const lower = completeness === "incomplete" && highest !== undefined && counted < highest;
  const labelBelow = highest !== undefined && highest > counted;
  return (
    <>
      {lower && (
        <line
          y1={y(counted)}
          y2={y(highest)}
          className="stroke-ink-3"
          strokeWidth={1}
          strokeDasharray="1.5 3"
          strokeLinecap="round"
        />
      )}
      {values.map((value) => (
        <g key={value} transform={`translate(0 ${y(value)})`}>
          <PublishedMark />
        </g>
      ))}
      {highest !== undefined && (
        <text y={y(highest) - 6} textAnchor="middle" fontSize={11} className="fill-accent-ink">
          {values.join("/")}
        </text>
      )}
      {completeness !== "unrecorded" && (
        <g transform={`translate(0 ${y(counted)})`}>
          <CountedMark completeness={completeness} />
          <text
            y={labelBelow && y(0) - y(counted) > 24 ? 17 : -9}
            textAnchor="middle"
            fontSize={11}
            paintOrder="stroke"
            strokeWidth={3}
            className="fill-ink stroke-paper"
          >
            {counted}
          </text>
        </g>
      )}
    </>
  );
}

/** The sentence that a reader takes away: what a dialogue amounts to beside what was published. */
export function trendSentence(last: TrendPoint): string {
  const claims = [...new Set(last.published.member_states_spoke.map(({ value }) => String(value)))];
  const published = claims.length === 0 ? "" : ` (published: ${formatList(claims)})`;
  const bound = last.completeness === "incomplete" ? "at least " : "";
  return `${last.title}: ${bound}${last.spoke} member states spoke${published}, for ${bound}${last.reached.length} states.`;
}
