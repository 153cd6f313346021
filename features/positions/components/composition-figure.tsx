import { ChartFigure } from "@/components/chart/chart-figure";
import { WideDrawing } from "@/components/chart/wide-drawing";
import { CountLink } from "@/components/ui/count-link";
import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { POSITION_VALUES, VALUE_NAMES, type PositionValue } from "@/features/codebook/schema";
import { CompositionChart } from "@/features/positions/components/composition-chart";
import { PositionMark } from "@/features/positions/components/position-mark";
import { pageParams } from "@/features/positions/formats/address";
import type { CompositionAt } from "@/features/positions/queries/composition";
import { positionsPageQuery, type CellKind } from "@/features/positions/schema";
import { address } from "@/lib/address";
import { citationOf } from "@/lib/citation";
import { formatDay, formatList, plural, type Day } from "@/lib/format";

type CompositionFigureProps = {
  issue: { code: string; title: string };
  /** Number of the version of the codebook that is shown; undefined is the newest published one. */
  codebook: number | undefined;
  rows: readonly CompositionAt[];
  /** The day on which the page is read. */
  day: Day;
};

/** What states said on an issue over the years: drawn, as a table whose every number opens its states, and as a file. */
export function CompositionFigure({ issue, codebook, rows, day }: CompositionFigureProps) {
  const gaps = rows.filter(({ kind }) => kind === "gap").length;
  return (
    <ChartFigure
      name="composition"
      title={`${issue.title}, dialogue by dialogue`}
      note={
        <>
          Member states by the position that each took in its own voice at the dialogue, counted once; n states in all.
          What came through a group is in no bar.{" "}
          {gaps > 0 &&
            `At ${plural(gaps, "dialogue", "dialogues")} nothing is coded on this issue, which does not mean that nobody spoke of it. `}
          A longer bar may only mean that more is on record.
        </>
      }
      csv={address(`/api/v1/codebook/issues/${issue.code}/trend.csv`, { codebook })}
      sentence={sentenceOf(issue.title, rows)}
      citation={citationOf({
        title: `Positions on “${issue.title}” in own voice, dialogue by dialogue`,
        conditions: codebook === undefined ? [] : [`Codebook version ${codebook}`],
        read: day,
      })}
      table={<CompositionTable code={issue.code} codebook={codebook} rows={rows} />}
    >
      <ul aria-hidden="true" className="mb-2 flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-2">
        {POSITION_VALUES.map((value) => (
          <li key={value}>
            <PositionMark kind="own" value={value} />
          </li>
        ))}
      </ul>
      <WideDrawing label={`${issue.title}, drawing`}>
        <CompositionChart
          id="composition-fill"
          rows={rows}
          title={`Positions on ${issue.title} in own voice, by dialogue`}
        />
      </WideDrawing>
    </ChartFigure>
  );
}

function sentenceOf(title: string, rows: readonly CompositionAt[]): string {
  const last = rows.findLast(({ kind }) => kind === "some");
  if (!last) return `No state has a position in its own voice on “${title}” at any dialogue on record.`;
  const parts = POSITION_VALUES.filter((value) => last.counts[value] > 0).map(
    (value) => `${last.counts[value]} ${VALUE_NAMES[value].toLowerCase()}`,
  );
  return `${last.title}: of ${plural(last.n, "state", "states")} with a position of their own on “${title}”, ${formatList(parts)}.`;
}

type TableProps = { code: string; codebook: number | undefined; rows: readonly CompositionAt[] };

/** The same by numbers. Each opens exactly these states in the matrix of the dialogue. */
function CompositionTable({ code, codebook, rows }: TableProps) {
  const hrefFor = (dialogue: string, kind: CellKind, value: PositionValue | null): string => {
    const query = positionsPageQuery.parse({ dialogue, issues: code, codebook });
    return address("/positions", pageParams({ ...query, where: [{ issue: code, kind, value }] }));
  };
  return (
    <Table label="Positions by dialogue">
      <thead>
        <tr>
          <HeaderCell>Dialogue</HeaderCell>
          <HeaderCell>First day</HeaderCell>
          <HeaderCell numeric>n</HeaderCell>
          {POSITION_VALUES.map((value) => (
            <HeaderCell key={value} numeric>
              {VALUE_NAMES[value]}
            </HeaderCell>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ slug, title, startsOn, n, counts, kind }) => (
          <tr key={slug}>
            <RowHeader className="min-w-52">
              <TextLink plain href={`/dialogues/${slug}`}>
                {title}
              </TextLink>
            </RowHeader>
            <Cell className="whitespace-nowrap">{formatDay(startsOn)}</Cell>
            {kind === "gap" ? (
              <Cell colSpan={POSITION_VALUES.length + 1} className="text-ink-3">
                nothing coded
              </Cell>
            ) : (
              <>
                <Cell numeric>
                  <CountLink href={hrefFor(slug, "own", null)} count={n}>
                    {n}
                  </CountLink>
                </Cell>
                {POSITION_VALUES.map((value) => (
                  <Cell key={value} numeric>
                    <CountLink href={hrefFor(slug, "own", value)} count={counts[value]}>
                      {counts[value]}
                    </CountLink>
                  </Cell>
                ))}
              </>
            )}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
