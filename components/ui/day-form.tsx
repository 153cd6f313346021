import Form from "next/form";
import { DateInput } from "@/components/ui/date-input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Day } from "@/lib/format";

type DayFormProps = {
  /** The page that shows the day. */
  action: string;
  /** "On this day". */
  label: string;
  day: Day;
  /** Parameters of the page that stay as they are. */
  keep?: Readonly<Record<string, string | undefined>>;
};

/** Shows a page as of a day: the day goes into the address as `on`. Works without JavaScript. */
export function DayForm({ action, label, day, keep = {} }: DayFormProps) {
  return (
    <Form action={action} prefetch={false} className="flex flex-wrap items-center gap-2">
      {Object.entries(keep).map(
        ([name, kept]) => kept !== undefined && <input key={name} type="hidden" name={name} value={kept} />,
      )}
      <label className="flex items-center gap-2 whitespace-nowrap">
        {label}
        <DateInput key={day} name="on" defaultValue={day} required className="w-36" />
      </label>
      <SubmitButton variant="default" pendingLabel="Looking…">
        Show
      </SubmitButton>
    </Form>
  );
}
