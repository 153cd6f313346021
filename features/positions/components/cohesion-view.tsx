import { CountLink } from "@/components/ui/count-link";
import { DayForm } from "@/components/ui/day-form";
import { EmptyState } from "@/components/ui/empty-state";
import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { Toolbar } from "@/components/ui/toolbar";
import { actorPath, type ActorDto } from "@/features/actors/schema";
import { POSITION_VALUES } from "@/features/codebook/schema";
import { DistributionChart } from "@/features/positions/components/distribution-chart";
import { EvidenceStrength } from "@/features/positions/components/evidence-strength";
import { PositionMark } from "@/features/positions/components/position-mark";
import { evidenceParams, pageParams, tablePositionsPath } from "@/features/positions/formats/address";
import type { GroupCohesion, IssueCohesion } from "@/features/positions/queries/cohesion";
import { agreementInWords } from "@/features/positions/rules/cohesion";
import { ENOUGH } from "@/features/positions/rules/strength";
import { matrixQuery, type CellCondition } from "@/features/positions/schema";
import { address } from "@/lib/address";
import { formatDay, plural } from "@/lib/format";

type CohesionViewProps = {
  group: ActorDto;
  cohesion: GroupCohesion;
  /** Number of the version of the codebook that is shown; undefined is the newest published one. */
  codebook: number | undefined;
};

/** How far the members of a group say the same, issue by issue, beside what the group itself said. */
export function CohesionView({ group, cohesion, codebook }: CohesionViewProps) {
  const { day, members, issues, strength } = cohesion;
  const path = actorPath(group);
  const hrefFor = (code: string, condition: Omit<CellCondition, "issue"> | null): string => {
    const query = matrixQuery.parse({ asOf: day, group: group.slug, issues: code, codebook });
    const where = condition === null ? undefined : [{ issue: code, ...condition }];
    return address("/positions", pageParams({ ...query, where }));
  };
  return (
    <>
      <Toolbar>
        <DayForm
          action={path}
          label="As of"
          day={day}
          keep={{ view: "cohesion", codebook: codebook === undefined ? undefined : String(codebook) }}
        />
      </Toolbar>
      {issues.length === 0 ? (
        <EmptyState
          title={`On no issue have two members a position in their own voice as of ${formatDay(day)}.`}
          action={
            <TextLink href={address(path, { view: "positions", codebook })}>What was said for the group</TextLink>
          }
        >
          {plural(members, "member state is", "member states are")} on record on that day.
        </EmptyState>
      ) : (
        <Table label="Cohesion by issue" density="roomy">
          <thead>
            <tr>
              <HeaderCell>Issue</HeaderCell>
              <HeaderCell numeric>Members with a position</HeaderCell>
              <HeaderCell>Distribution</HeaderCell>
              <HeaderCell>Agreement A</HeaderCell>
              <HeaderCell>The group itself</HeaderCell>
            </tr>
          </thead>
          <tbody>
            {issues.map((one) => (
              <CohesionRow
                key={one.issue.code}
                one={one}
                codebook={codebook}
                hrefFor={(condition) => hrefFor(one.issue.code, condition)}
                evidence={address(
                  `/positions/${group.slug}/${one.issue.code}`,
                  evidenceParams({ asOf: day, codebook }),
                )}
              />
            ))}
          </tbody>
        </Table>
      )}
      <HowMeasured />
      <EvidenceStrength
        className="mt-2"
        strength={strength}
        hrefs={{
          own: tablePositionsPath(matrixQuery.parse({ asOf: day, group: group.slug, codebook }), "own"),
          statements: address("/statements", { asOf: day }),
          coded: address("/statements", { asOf: day, coded: "yes" }),
        }}
      />
    </>
  );
}

type CohesionRowProps = {
  one: IssueCohesion;
  codebook: number | undefined;
  hrefFor: (condition: Omit<CellCondition, "issue"> | null) => string;
  evidence: string;
};

function CohesionRow({ one, codebook, hrefFor, evidence }: CohesionRowProps) {
  const { issue, n, members, counts, index, group, through } = one;
  const shares = POSITION_VALUES.filter((value) => counts[value] > 0).map((value) => ({
    kind: "own" as const,
    value,
    count: counts[value],
  }));
  return (
    <tr>
      <RowHeader className="min-w-40">
        <TextLink plain href={address(`/codebook/${issue.code}`, { codebook })}>
          {issue.title}
        </TextLink>
      </RowHeader>
      <Cell numeric className="whitespace-nowrap">
        <CountLink href={hrefFor({ kind: "own", value: null })} count={n}>
          {n}
        </CountLink>{" "}
        of{" "}
        <CountLink href={hrefFor(null)} count={members}>
          {members}
        </CountLink>
      </Cell>
      <Cell className="min-w-64">
        <DistributionChart
          id={`cohesion-${issue.code}`}
          shares={shares}
          title={`Positions of members on ${issue.title}`}
          bare
        />
        <ul className="mt-1.5 flex flex-wrap gap-x-4 gap-y-1">
          {shares.map(({ value, count }) => (
            <li key={value} className="inline-flex items-baseline gap-1.5">
              <PositionMark kind="own" value={value} />
              <CountLink href={hrefFor({ kind: "own", value })} count={count}>
                {count}
              </CountLink>
            </li>
          ))}
        </ul>
      </Cell>
      <Cell className="min-w-36">
        {index === null ? (
          <span className="text-ink-2">not enough evidence</span>
        ) : (
          <>
            <span className="font-semibold tabular-nums">{indexInFigures(index)}</span>
            <span className="block text-sm text-ink-2">{agreementInWords(index)}</span>
          </>
        )}
      </Cell>
      <Cell className="min-w-40">
        <TextLink plain href={evidence}>
          <PositionMark {...group} through={through} />
        </TextLink>
      </Cell>
    </tr>
  );
}

/** Two decimals, with a minus sign of the width of a figure. */
function indexInFigures(index: number): string {
  return index.toFixed(2).replace("-", "−");
}

function HowMeasured() {
  return (
    <p className="mt-3 max-w-headline text-sm text-ink-2">
      Member states of the group by their latest position in their own voice; what was said for them is in no number.
      The index is the agreement A of van der Eijk (“Measuring agreement in ordered rating scales”, Quality and Quantity
      35, 2001), made for ordered scales: 1 when all say the same, 0 when they are spread evenly over the scale, −1 when
      one half stands at either end. It says nothing about members without a position. With fewer than {ENOUGH} the
      evidence is not enough for an index. What the group itself said stands beside it and is in no number.
    </p>
  );
}
