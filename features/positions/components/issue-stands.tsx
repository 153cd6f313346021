import { ChartFigure } from "@/components/chart/chart-figure";
import { TileGrid } from "@/components/chart/tile-grid";
import { WideDrawing } from "@/components/chart/wide-drawing";
import { CountLink } from "@/components/ui/count-link";
import { Headline } from "@/components/ui/headline";
import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { actorPath } from "@/features/actors/schema";
import type { PositionValue } from "@/features/codebook/schema";
import { DistributionChart } from "@/features/positions/components/distribution-chart";
import { HowSettled } from "@/features/positions/components/how-settled";
import { PositionLegend } from "@/features/positions/components/legend";
import { PositionMark } from "@/features/positions/components/position-mark";
import { standPlaces } from "@/features/positions/components/stand-places";
import { ValuePatterns } from "@/features/positions/components/value-fill";
import { evidenceParams, matrixParams, pageParams } from "@/features/positions/formats/address";
import type { IssueStands } from "@/features/positions/queries/issue-stands";
import type { MatrixRow } from "@/features/positions/queries/matrix";
import type { Share } from "@/features/positions/rules/distribution";
import { matrixQuery, type CellCondition } from "@/features/positions/schema";
import { address } from "@/lib/address";
import { citationOf } from "@/lib/citation";
import { formatDay, formatNumber, plural, type Day } from "@/lib/format";

const DRAWING = "stands-fill";

type IssueStandsProps = {
  issue: { code: string; title: string };
  stands: IssueStands;
  /** As the page was asked: a day or a dialogue, and the version of the codebook. */
  asked: { asOf: string | undefined; codebook: number | undefined };
  /** The day on which the page is read. */
  day: Day;
};

/** The address of the matrix with exactly the states of a share. */
function hrefTo({ issue: { code }, asked }: Pick<IssueStandsProps, "issue" | "asked">) {
  return ({ kind, value }: Omit<CellCondition, "issue">): string => {
    const query = matrixQuery.parse({ ...asked, issues: code });
    return address("/positions", pageParams({ ...query, where: [{ issue: code, kind, value }] }));
  };
}

/** What one state does, and what several do. */
const SAID: Record<PositionValue, [one: string, many: string]> = {
  support: ["supports it", "support it"],
  conditional: ["supports it with conditions", "support it with conditions"],
  mixed: ["is mixed", "are mixed"],
  sceptical: ["is sceptical", "are sceptical"],
  oppose: ["opposes it", "oppose it"],
};

const totalOf = (distribution: readonly Share[], kind: Share["kind"]): number =>
  distribution.reduce((sum, share) => (share.kind === kind ? sum + share.count : sum), 0);

/** How many states have a position on an issue, in a sentence whose every number opens its states. */
export function IssueHeadline(props: IssueStandsProps) {
  const { distribution, matrix } = props.stands;
  const href = hrefTo(props);
  const own = totalOf(distribution, "own");
  const delegated = totalOf(distribution, "delegated");
  const values = distribution.filter(({ kind }) => kind === "own");
  return (
    <Headline>
      As of {formatDay(matrix.asOf)},{" "}
      <CountLink href={href({ kind: "own", value: null })} count={own}>
        {plural(own, "member state", "member states")}
      </CountLink>{" "}
      {own === 1 ? "has" : "have"} a position in {own === 1 ? "its" : "their"} own voice
      {values.map((share, place) => (
        <span key={share.value}>
          {place === 0 ? ": " : place === values.length - 1 ? " and " : ", "}
          <CountLink href={href(share)} count={share.count}>
            {formatNumber(share.count)}
          </CountLink>{" "}
          {share.value && SAID[share.value][share.count === 1 ? 0 : 1]}
        </span>
      ))}
      .{" "}
      {delegated > 0 && (
        <>
          For{" "}
          <CountLink href={href({ kind: "delegated", value: null })} count={delegated}>
            {delegated}
          </CountLink>{" "}
          more only others have spoken.
        </>
      )}
    </Headline>
  );
}

/** The distribution of positions and absences, and where each state stands: drawn, and as tables. */
export function IssueStandsFigures(props: IssueStandsProps) {
  const { issue, stands, asked, day } = props;
  const { matrix, distribution } = stands;
  const query = matrixQuery.parse({ ...asked, issues: issue.code });
  const csv = address("/api/v1/matrix.csv", matrixParams(query));
  const own = totalOf(distribution, "own");
  const sentence = `As of ${formatDay(matrix.asOf)}, ${plural(own, "member state has", "member states have")} a position in own voice on “${issue.title}”.`;
  const citationFor = (title: string) =>
    citationOf({
      title,
      conditions: [`As of ${formatDay(matrix.asOf)}`, `codebook version ${matrix.codebook}`],
      read: day,
    });
  return (
    <>
      <ChartFigure
        name="distribution"
        title="Distribution"
        note="Every member state once: its latest position in its own voice, or else through somebody who spoke for it, or else why there is none. An absence is no position."
        csv={csv}
        sentence={sentence}
        citation={citationFor(`Distribution of positions on “${issue.title}”`)}
        table={<DistributionTable shares={distribution} hrefFor={hrefTo(props)} />}
        open
      >
        <WideDrawing label="Distribution, drawing">
          <DistributionChart
            id="distribution-fill"
            shares={distribution}
            title={`Distribution of positions on ${issue.title}`}
          />
        </WideDrawing>
      </ChartFigure>
      <ChartFigure
        name="stands"
        title="Where states stand"
        csv={csv}
        sentence={sentence}
        citation={citationFor(`Where states stand on “${issue.title}”`)}
        table={<StatesTable {...props} />}
      >
        <TileGrid
          label={`Where states stand on ${issue.title}`}
          patterns={<ValuePatterns id={DRAWING} />}
          places={standPlaces({
            rows: matrix.rows,
            column: 0,
            patterns: DRAWING,
            names: stands.names,
            hrefFor: (row) => evidenceHref(row, props),
          })}
        />
        <PositionLegend />
      </ChartFigure>
      <HowSettled matrix={matrix} query={matrixQuery.parse({ ...asked, issues: issue.code })} grouped={null} />
    </>
  );
}

function evidenceHref({ iso3, slug }: MatrixRow, { issue, asked }: Pick<IssueStandsProps, "issue" | "asked">): string {
  return address(`/positions/${iso3 ?? slug}/${issue.code}`, evidenceParams(asked));
}

type DistributionTableProps = {
  shares: readonly Share[];
  hrefFor: (share: Omit<CellCondition, "issue">) => string;
};

function DistributionTable({ shares, hrefFor }: DistributionTableProps) {
  return (
    <Table label="Distribution" className="max-w-form">
      <thead>
        <tr>
          <HeaderCell>Position</HeaderCell>
          <HeaderCell numeric>Member states</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {shares.map((share) => (
          <tr key={`${share.kind} ${share.value}`}>
            <RowHeader>
              <PositionMark kind={share.kind} value={share.value} />
            </RowHeader>
            <Cell numeric>
              <CountLink href={hrefFor(share)} count={share.count}>
                {share.count}
              </CountLink>
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** Every member state by its position, in the order of the distribution and by name. */
function StatesTable(props: IssueStandsProps) {
  const { matrix, names } = props.stands;
  return (
    <Table label="States by position">
      <thead>
        <tr>
          <HeaderCell>State</HeaderCell>
          <HeaderCell>Position</HeaderCell>
          <HeaderCell>Since</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {matrix.rows.map((row) => {
          const cell = row.cells[0];
          if (!cell) return null;
          const shown =
            "value" in cell ? { ...cell, through: cell.through && (names[cell.through] ?? cell.through) } : cell;
          return (
            <tr key={row.id}>
              <RowHeader>
                <TextLink plain href={actorPath({ slug: row.slug, kind: "member_state" })}>
                  {row.name}
                </TextLink>
              </RowHeader>
              <Cell>
                <TextLink plain href={evidenceHref(row, props)}>
                  <PositionMark {...shown} />
                </TextLink>
              </Cell>
              <Cell className="whitespace-nowrap">
                {"value" in cell ? (
                  cell.at.dialogue === null ? (
                    cell.at.day.slice(0, 4)
                  ) : (
                    formatDay(cell.at.day)
                  )
                ) : (
                  <span className="text-ink-3">–</span>
                )}
              </Cell>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}
