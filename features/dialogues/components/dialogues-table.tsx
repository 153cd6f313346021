import { CountLink } from "@/components/ui/count-link";
import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import type { DialogueDto } from "@/features/dialogues/queries";
import { DIALOGUE_KIND_NAMES } from "@/features/dialogues/schema";
import type { Tally } from "@/features/figures/queries/tallies";
import { formatDayRange, plural } from "@/lib/format";

type DialoguesTableProps = {
  dialogues: readonly DialogueDto[];
  tallies: ReadonlyMap<string, Tally>;
  /** False on the page of the report that all of them considered. */
  showReport?: boolean;
};

/** Dialogues with what each amounts to, one row each. */
export function DialoguesTable({ dialogues, tallies, showReport = true }: DialoguesTableProps) {
  return (
    <Table label="Dialogues" density="roomy">
      <thead>
        <tr>
          <HeaderCell>Days</HeaderCell>
          <HeaderCell>Dialogue</HeaderCell>
          <HeaderCell>Kind</HeaderCell>
          {showReport && <HeaderCell>Report considered</HeaderCell>}
          <HeaderCell numeric>Member states recorded</HeaderCell>
          <HeaderCell numeric>States represented</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {dialogues.map((dialogue) => (
          <DialogueRow key={dialogue.id} dialogue={dialogue} tally={tallies.get(dialogue.id)} showReport={showReport} />
        ))}
      </tbody>
    </Table>
  );
}

type DialogueRowProps = { dialogue: DialogueDto; tally: Tally | undefined; showReport: boolean };

function DialogueRow({ dialogue, tally, showReport }: DialogueRowProps) {
  const { slug, title, kind, startsOn, endsOn, meetings, considers } = dialogue;
  return (
    <tr>
      <Cell className="whitespace-nowrap">
        {formatDayRange(startsOn, endsOn)}
        {meetings.length > 1 && (
          <span className="block text-sm text-ink-3">{plural(meetings.length, "meeting", "meetings")}</span>
        )}
      </Cell>
      <RowHeader className="min-w-60">
        <TextLink plain href={`/dialogues/${slug}`}>
          {title}
        </TextLink>
      </RowHeader>
      <Cell className="min-w-36">{DIALOGUE_KIND_NAMES[kind]}</Cell>
      {showReport && (
        <Cell className="min-w-48">
          {considers ? (
            <TextLink plain href={`/reports/${considers.slug}`}>
              {considers.title}
            </TextLink>
          ) : (
            <None />
          )}
        </Cell>
      )}
      <Cell numeric>{tally ? <Recorded slug={slug} tally={tally} /> : <None />}</Cell>
      <Cell numeric>
        {tally && tally.represented > 0 ? (
          <CountLink href={`/dialogues/${slug}/represented?kind=member_state`} count={tally.represented}>
            {tally.represented}
          </CountLink>
        ) : (
          0
        )}
      </Cell>
    </tr>
  );
}

function Recorded({ slug, tally: { memberStates, published } }: { slug: string; tally: Tally }) {
  const recorded =
    memberStates > 0 ? (
      <CountLink href={`/dialogues/${slug}/speakers?kind=member_state`} count={memberStates}>
        {memberStates}
      </CountLink>
    ) : (
      memberStates
    );
  if (published === null) return recorded;
  return (
    <>
      {recorded} of {published}
    </>
  );
}

function None() {
  return <span className="text-ink-3">–</span>;
}
