import { Disclosure } from "@/components/ui/disclosure";
import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { CodedBy, Evidence, Said } from "@/features/positions/components/evidence";
import { PositionLegend } from "@/features/positions/components/legend";
import { PositionMark } from "@/features/positions/components/position-mark";
import type { ActorStands, IssueStand, TimelineEntry } from "@/features/positions/queries/of-actor";
import { ABSENCES, OCCASION_NAMES } from "@/features/positions/schema";
import { address } from "@/lib/address";
import { formatDay, formatNumber } from "@/lib/format";

type ActorStandsViewProps = {
  stands: ActorStands;
  /** The version in the address of the page, which its links keep. */
  version: number | undefined;
};

/**
 * Where an actor stands: by issue the latest position and everything behind it; then the issues without one, and why; then what
 * was coded on issues that the version does not have.
 */
export function ActorStandsView({ stands, version }: ActorStandsViewProps) {
  const { issues, day, codebook, shown, total } = stands;
  if (codebook === null) return <p className="text-ink-2">No version of the codebook is published yet.</p>;
  const spoken = issues.filter(({ timeline, latest }) => timeline.length > 0 && latest !== null);
  const apart = issues.filter(({ latest }) => latest === null);
  return (
    <>
      <p className="mb-2 text-sm text-ink-2">
        The latest position on each issue as of {formatDay(day)}, in its own voice or through a group that spoke for it,
        under version {codebook} of the codebook.
        {shown < total && ` Of ${formatNumber(total)} positions the first ${formatNumber(shown)} are shown.`}
      </p>
      {spoken.length > 0 && (
        <>
          <Table label="Positions" density="roomy">
            <thead>
              <tr>
                <HeaderCell>Issue</HeaderCell>
                <HeaderCell>Latest position</HeaderCell>
                <HeaderCell>Over the years</HeaderCell>
              </tr>
            </thead>
            <tbody>
              {spoken.map((stand) => (
                <tr key={stand.code} id={`issue-${stand.code}`}>
                  <RowHeader className="min-w-40">{stand.title}</RowHeader>
                  <Cell className="min-w-40">{stand.latest && <PositionMark {...stand.latest} />}</Cell>
                  <Cell className="min-w-64">
                    <Timeline entries={stand.timeline} version={version} />
                  </Cell>
                </tr>
              ))}
            </tbody>
          </Table>
          <PositionLegend />
        </>
      )}
      <Absences issues={issues.filter(({ timeline }) => timeline.length === 0)} />
      {apart.length > 0 && (
        <>
          <h3 id="apart" className="mt-6 mb-2">
            Not {apart.length === 1 ? "an issue" : "issues"} of version {codebook}
          </h3>
          <Table label={`Positions on other issues than those of version ${codebook}`} density="roomy">
            <thead>
              <tr>
                <HeaderCell>Issue</HeaderCell>
                <HeaderCell>Over the years</HeaderCell>
              </tr>
            </thead>
            <tbody>
              {apart.map(({ code, title, timeline }) => (
                <tr key={code} id={`issue-${code}`}>
                  <RowHeader className="min-w-40">{title}</RowHeader>
                  <Cell className="min-w-64">
                    <Timeline entries={timeline} version={version} />
                  </Cell>
                </tr>
              ))}
            </tbody>
          </Table>
        </>
      )}
    </>
  );
}

function Timeline({ entries, version }: { entries: readonly TimelineEntry[]; version: number | undefined }) {
  return (
    <Disclosure
      summary={
        <span className="flex flex-wrap gap-x-4 gap-y-1 text-ink">
          {entries.toReversed().map((entry) => (
            <span key={`${entry.id} ${entry.mode}`} className="inline-flex items-baseline gap-1.5">
              <span className="text-sm text-ink-3">{entry.year}</span>
              <Said position={entry} mode={entry.mode} through={entry.through} size="sign" />
            </span>
          ))}
        </span>
      }
    >
      <ol className="grid gap-4 pb-2">
        {entries.map((entry) => (
          <li key={`${entry.id} ${entry.mode}`} className="grid gap-1.5">
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <Occasion entry={entry} version={version} />
              <Said position={entry} mode={entry.mode} through={entry.through} />
            </p>
            <Evidence position={entry} quotationHref={quotationHref(entry)} />
            <p className="text-sm text-ink-3">
              <CodedBy position={entry} />
            </p>
          </li>
        ))}
      </ol>
    </Disclosure>
  );
}

function quotationHref({ dialogue, statement, quotation }: TimelineEntry): string | undefined {
  if (dialogue === null || statement === null || !quotation) return undefined;
  return `/dialogues/${dialogue}/statements/${statement}/texts?quotation=${quotation.id}#quotation-${quotation.id}`;
}

type OccasionProps = {
  entry: TimelineEntry;
  /** The version of the codebook that the page of the statement shall show; the current one without. */
  version: number | undefined;
};

/** Where it was said: the statement where one is on record, else the occasion that the source names. */
export function Occasion({ entry, version }: OccasionProps) {
  const { dialogue, dialogueTitle, statement, occasion, year } = entry;
  if (dialogue === null) {
    return (
      <span className="font-medium">
        {OCCASION_NAMES[occasion]}, {year}
      </span>
    );
  }
  const path = `/dialogues/${dialogue}`;
  return (
    <TextLink
      href={
        statement === null ? path : `${address(`${path}/statements/${statement}`, { codebook: version })}#positions`
      }
    >
      {dialogueTitle ?? dialogue}
    </TextLink>
  );
}

/** The issues on which nothing is on record, by the reason why. */
function Absences({ issues }: { issues: readonly IssueStand[] }) {
  return (
    <dl className="mt-3 grid gap-x-4 gap-y-2 sm:grid-cols-[max-content_minmax(0,1fr)]">
      {ABSENCES.map((kind) => {
        const titles = issues.filter(({ latest }) => latest?.kind === kind).map(({ title }) => title);
        return (
          titles.length > 0 && (
            <div key={kind} className="contents">
              <dt className="text-sm text-ink-2">
                <PositionMark kind={kind} />
              </dt>
              <dd className="text-sm text-ink-2">{titles.join(" · ")}</dd>
            </div>
          )
        );
      })}
    </dl>
  );
}
