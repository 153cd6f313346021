import { CitePage } from "@/components/ui/cite-page";
import type { DialogueDto } from "@/features/dialogues/queries";
import { RULE_NAMES, type CountingQuery } from "@/features/figures/schema";
import { formatDay, formatDayRange, type Day } from "@/lib/format";

type CiteFiguresProps = {
  /** What is copied, for screen readers: "the states represented". */
  name: string;
  /** What is cited, before the title of the dialogue: "States represented". */
  what: string;
  dialogue: Pick<DialogueDto, "title" | "startsOn" | "endsOn" | "meetings">;
  how: CountingQuery;
  /** Filters besides the rule, one phrase each. */
  filters?: readonly (string | false | undefined)[];
  sentence: string;
  read: Day;
  /** The id of what holds the table. */
  table: string;
};

/** Copies figures of a dialogue with the counting rule under which they hold, and prints it at the foot of each sheet. */
export function CiteFigures({ name, what, dialogue, how, filters = [], sentence, read, table }: CiteFiguresProps) {
  const { title, startsOn, endsOn, meetings } = dialogue;
  const meeting = meetings.find(({ number }) => number === how.meeting);
  return (
    <CitePage
      name={name}
      title={`${what}, ${title}, ${formatDayRange(startsOn, endsOn)}`}
      sentence={sentence}
      conditions={[
        `Counting rule: ${RULE_NAMES[how.rule].name}`,
        `Aligned states ${how.aligned === "include" ? "count" : "do not count"}`,
        `Memberships of ${formatDay(meeting?.date ?? startsOn)}`,
        meeting && `Meeting: ${meeting.label}`,
        ...filters,
      ]}
      read={read}
      table={table}
    />
  );
}
