import { CountLink } from "@/components/ui/count-link";
import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { Tag } from "@/components/ui/tag";
import { TextLink } from "@/components/ui/text-link";
import type { PublishedFigureDto } from "@/features/figures/queries/record";
import type { TrendPoint } from "@/features/figures/queries/over-time";
import type { Completeness } from "@/features/figures/rules/over-time";
import type { CountingQuery } from "@/features/figures/schema";
import { address } from "@/lib/address";
import { formatDay } from "@/lib/format";

const RECORDS: Record<Completeness, { tone: "ok" | "warn" | "outline" | "neutral"; label: string }> = {
  complete: { tone: "ok", label: "complete" },
  incomplete: { tone: "warn", label: "incomplete" },
  unchecked: { tone: "outline", label: "not checked" },
  unrecorded: { tone: "neutral", label: "no statement" },
};

type How = Pick<CountingQuery, "rule" | "aligned">;

function DialogueCells({ point: { slug, title, startsOn } }: { point: TrendPoint }) {
  return (
    <>
      <RowHeader className="min-w-40">
        <TextLink plain href={`/dialogues/${slug}`}>
          {title}
        </TextLink>
      </RowHeader>
      <Cell className="whitespace-nowrap">{formatDay(startsOn)}</Cell>
    </>
  );
}

function RecordCell({ completeness }: Pick<TrendPoint, "completeness">) {
  const { tone, label } = RECORDS[completeness];
  return (
    <Cell>
      <Tag tone={tone}>{label}</Tag>
    </Cell>
  );
}

/** Every published figure of a dialogue with who published it and where. */
function Claims({ claims }: { claims: readonly PublishedFigureDto[] }) {
  if (claims.length === 0) return <span className="text-ink-3">none</span>;
  return (
    <ul>
      {claims.map(({ id, value, printed, publisher, sourceUrl }) => (
        <li key={id}>
          {printed ?? value}{" "}
          <a className="link" href={sourceUrl} rel="noreferrer">
            {publisher}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Speakers and states represented, dialogue by dialogue, with what was published beside. */
export function TrendTable({ points, how }: { points: readonly TrendPoint[]; how: How }) {
  return (
    <Table label="Speakers and states represented" density="roomy">
      <thead>
        <tr>
          <HeaderCell>Dialogue</HeaderCell>
          <HeaderCell>First day</HeaderCell>
          <HeaderCell>Record</HeaderCell>
          <HeaderCell numeric>Member states that spoke</HeaderCell>
          <HeaderCell>Published</HeaderCell>
          <HeaderCell numeric>States represented</HeaderCell>
          <HeaderCell>Published</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {points.map((point) => {
          const { slug, spoke, reached, published, completeness } = point;
          const path = `/dialogues/${slug}`;
          return (
            <tr key={slug}>
              <DialogueCells point={point} />
              <RecordCell completeness={completeness} />
              <Cell numeric>
                <Counted of={point} href={address(`${path}/speakers`, { kind: "member_state" })} count={spoke} />
              </Cell>
              <Cell>
                <Claims claims={published.member_states_spoke} />
              </Cell>
              <Cell numeric>
                <Counted
                  of={point}
                  href={address(`${path}/represented`, { kind: "member_state", ...how })}
                  count={reached.length}
                />
              </Cell>
              <Cell>
                <Claims claims={published.states_represented} />
              </Cell>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

/** Who spoke in own voice, who for the first time, and who fell silent, dialogue by dialogue. */
export function TurnoutTable({ points }: { points: readonly TrendPoint[] }) {
  return (
    <Table label="First-time speakers and those who fell silent" density="roomy">
      <thead>
        <tr>
          <HeaderCell>Dialogue</HeaderCell>
          <HeaderCell>First day</HeaderCell>
          <HeaderCell>Record</HeaderCell>
          <HeaderCell numeric>In their own voice</HeaderCell>
          <HeaderCell numeric>For the first time</HeaderCell>
          <HeaderCell numeric>Fell silent</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {points.map((point) => {
          const { slug, ownVoice, firstTime, fellSilent, completeness } = point;
          const own = { kind: "member_state", rule: "own_voice" };
          return (
            <tr key={slug}>
              <DialogueCells point={point} />
              <RecordCell completeness={completeness} />
              <Cell numeric>
                <Counted of={point} href={address(`/dialogues/${slug}/represented`, own)} count={ownVoice.length} />
              </Cell>
              <Cell numeric>
                <Counted
                  of={point}
                  href={address("/trends/first-time", { dialogue: slug })}
                  count={firstTime && firstTime.length}
                />
              </Cell>
              <Cell numeric>
                <Counted
                  of={point}
                  href={address("/trends/fell-silent", { dialogue: slug })}
                  count={fellSilent && fellSilent.length}
                />
              </Cell>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

type CountedProps = { of: TrendPoint; href: string; count: number | null };

/** A number that opens its rows; a dash where nothing is on record, or too little before, to count. */
function Counted({ of: { completeness }, href, count }: CountedProps) {
  if (count === null || completeness === "unrecorded") return <span className="text-ink-3">–</span>;
  return (
    <CountLink href={href} count={count}>
      {count}
    </CountLink>
  );
}
