import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { Tag, type TagTone } from "@/components/ui/tag";
import { TextLink } from "@/components/ui/text-link";
import { Evidence, Said } from "@/features/positions/components/evidence";
import { DecideShiftForm, ReopenShiftForm } from "@/features/positions/components/shift-forms";
import { quotationPath } from "@/features/positions/formats/address";
import type { ShiftDto } from "@/features/positions/queries/shifts";
import type { TimelineEntry } from "@/features/positions/queries/timeline";
import { OCCASION_NAMES, SHIFT_STATUS_NAMES, type ShiftStatus } from "@/features/positions/schema";
import { formatDay, formatInstant, plural } from "@/lib/format";

const TONES: Record<ShiftStatus, TagTone> = { proposed: "dashed", confirmed: "ok", dismissed: "neutral" };

type ShiftsTableProps = {
  shifts: readonly ShiftDto[];
  mayDecide: boolean;
  /** The parameters of the list, to come back to it. */
  back: string;
};

/** Shifts with the words of both positions side by side, what was decided of each, and the form to decide. */
export function ShiftsTable({ shifts, mayDecide, back }: ShiftsTableProps) {
  return (
    <Table label="Shifts" density="roomy">
      <thead>
        <tr>
          <HeaderCell>Who, on what</HeaderCell>
          <HeaderCell>Before</HeaderCell>
          <HeaderCell>After</HeaderCell>
          <HeaderCell>Shift</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {shifts.map((shift) => (
          <tr key={keyOf(shift)} id={`shift-${shift.actor}-${shift.later.id}`}>
            <RowHeader className="min-w-36">
              <TextLink plain href={`/positions/${shift.actor}/${shift.issue}`}>
                {shift.actorName}
              </TextLink>
              <span className="block font-normal text-ink-2">{shift.issueTitle}</span>
            </RowHeader>
            <Cell className="min-w-60">
              <Side entry={shift.earlier} />
            </Cell>
            <Cell className="min-w-60">
              <Side entry={shift.later} />
            </Cell>
            <Cell className="min-w-56">
              <Decision shift={shift} mayDecide={mayDecide} back={back} />
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function keyOf({ actor, earlier, later }: ShiftDto): string {
  return `${actor} ${earlier.id} ${later.id}`;
}

/** One of the two positions: what was said, where, and in which words. */
function Side({ entry }: { entry: TimelineEntry }) {
  const { dialogue, dialogueTitle, statement, occasion, year, quotation, day } = entry;
  const where = dialogue === null ? `${OCCASION_NAMES[occasion]}, ${year}` : `${dialogueTitle}, ${formatDay(day)}`;
  const href = dialogue && (statement === null ? `/dialogues/${dialogue}` : statementPath(dialogue, statement));
  return (
    <div className="grid gap-1.5">
      <Said position={entry} mode="own" />
      <p className="text-sm text-ink-2">{href ? <TextLink href={href}>{where}</TextLink> : where}</p>
      <Evidence
        position={entry}
        quotationHref={
          quotation && dialogue !== null && statement !== null
            ? quotationPath(dialogue, statement, quotation.id)
            : undefined
        }
      />
    </div>
  );
}

const statementPath = (dialogue: string, statement: string): string =>
  `/dialogues/${dialogue}/statements/${statement}#positions`;

function Decision({ shift, mayDecide, back }: { shift: ShiftDto } & Pick<ShiftsTableProps, "mayDecide" | "back">) {
  const { status, stale, steps, decision } = shift;
  const { actor, actorName, issueTitle, version, seen, earlier, later } = shift;
  const of = { actor, actorName, issueTitle, version, seen, earlier: earlier.id, later: later.id };
  return (
    <div className="grid gap-2">
      <p className="flex flex-wrap items-center gap-2">
        <Tag tone={TONES[status]}>{SHIFT_STATUS_NAMES[status]}</Tag>
        <span className="text-sm text-ink-2">{plural(steps, "step", "steps")} of the scale</span>
      </p>
      {decision && (
        <p className="text-sm text-ink-2">
          {stale
            ? `One of the two was coded anew since ${decision.by} ${decision.verdict} it: “${decision.reason}”`
            : `“${decision.reason}” ${decision.by}, ${formatInstant(new Date(decision.at))}`}
        </p>
      )}
      {mayDecide && status === "proposed" && <DecideShiftForm shift={of} back={back} />}
      {mayDecide && status !== "proposed" && <ReopenShiftForm shift={of} back={back} label="Take back" />}
    </div>
  );
}
