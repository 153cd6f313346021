import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { EvidenceStrength } from "@/features/positions/components/evidence-strength";
import { PositionLegend } from "@/features/positions/components/legend";
import { ShiftsOfActor } from "@/features/positions/components/shifts-of-actor";
import { PositionMark } from "@/features/positions/components/position-mark";
import { StandsTimeline } from "@/features/positions/components/stands-timeline";
import { VoiceSentence } from "@/features/positions/components/voice-sentence";
import { quotationPath } from "@/features/positions/formats/address";
import type { ActorStands, IssueStand, LatestWords } from "@/features/positions/queries/of-actor";
import { ABSENCES } from "@/features/positions/schema";
import { address } from "@/lib/address";
import { formatDay } from "@/lib/format";

type ActorStandsViewProps = {
  stands: ActorStands;
  /** The version in the address of the page, which its links keep. */
  version: number | undefined;
};

/** Where an actor stands: over the dialogues, then by issue the latest position with its words; then the issues without one, and why. */
export function ActorStandsView({ stands, version }: ActorStandsViewProps) {
  const { issues, day, codebook, ref, strength } = stands;
  if (codebook === null) return <p className="text-ink-2">No version of the codebook is published yet.</p>;
  const spoken = issues.filter(({ voices }) => voices.length > 0);
  const path = `/positions/${ref}`;
  return (
    <>
      <p className="max-w-read text-sm text-ink-2">
        What it said at each dialogue, in its own voice or through a group or others that spoke for it, under version{" "}
        {codebook} of the codebook.
      </p>
      <EvidenceStrength
        strength={strength}
        hrefs={{
          own: address(path, { mode: "own", codebook: version }),
          delegated: address(path, { mode: "delegated", codebook: version }),
          statements: address("/statements", { actor: ref }),
          coded: address("/statements", { actor: ref, coded: "yes" }),
        }}
      />
      {spoken.length > 0 && (
        <>
          <PositionLegend />
          <StandsTimeline stands={{ ...stands, issues: spoken }} version={version} />
          <h3 id="latest" className="mt-7 mb-2">
            The latest on each issue
          </h3>
          <Table label="Latest positions" density="roomy">
            <thead>
              <tr>
                <HeaderCell>Issue</HeaderCell>
                <HeaderCell>As of {formatDay(day)}</HeaderCell>
                <HeaderCell>Words</HeaderCell>
                <HeaderCell>In all</HeaderCell>
              </tr>
            </thead>
            <tbody>
              {spoken.map((stand) => (
                <tr key={stand.code} id={`issue-${stand.code}`}>
                  <RowHeader className="min-w-40">
                    <TextLink plain href={address(`${path}/${stand.code}`, { codebook: version })}>
                      {stand.title}
                    </TextLink>
                  </RowHeader>
                  <Cell className="min-w-40">
                    <Latest stand={stand} codebook={codebook} />
                  </Cell>
                  <Cell className="min-w-64">{stand.words && <Words words={stand.words} />}</Cell>
                  <Cell className="min-w-56 text-sm">
                    {stand.voices.map((voice) => (
                      <p key={voice.mode}>
                        <VoiceSentence
                          voice={voice}
                          hrefFor={(filter) => address(`${path}/${stand.code}`, { ...filter, codebook: version })}
                        />
                      </p>
                    ))}
                  </Cell>
                </tr>
              ))}
            </tbody>
          </Table>
        </>
      )}
      <Absences issues={issues.filter(({ voices }) => voices.length === 0)} />
      <ShiftsOfActor actor={ref} shifts={stands.shifts} />
    </>
  );
}

function Latest({ stand: { latest }, codebook }: { stand: IssueStand; codebook: number }) {
  if (!latest) return <span className="text-sm text-ink-3">Not an issue of version {codebook}</span>;
  return <PositionMark {...latest} />;
}

/** The words on which the latest position rests, with the way to their source, or why there are none. */
function Words({ words: { exact, noQuoteReason, where, source } }: { words: LatestWords }) {
  return (
    <div className="grid max-w-read gap-1">
      {exact !== null && (
        <blockquote className="line-clamp-4 border-s-2 border-mark-line ps-2.5 font-text text-read whitespace-pre-line wrap-anywhere">
          {exact}
        </blockquote>
      )}
      {exact === null && noQuoteReason !== null && <p className="text-sm text-ink-2">No quotation: {noQuoteReason}</p>}
      <p className="text-sm text-ink-3">
        {source ? (
          <TextLink href={quotationPath(source.dialogue, source.statement, source.quotation)}>{where}</TextLink>
        ) : (
          where
        )}
      </p>
    </div>
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
