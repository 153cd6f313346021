import type { ViewDto } from "@/features/views/schema";
import type { FormValues } from "@/lib/form";

/** What the form of a view starts from. */
export function viewFormValues({ name, note, shared }: ViewDto): FormValues {
  return { name, ...(note === null ? {} : { note }), ...(shared ? { shared: "yes" } : {}) };
}

const LABELS = { name: "Name", note: "Note", shared: "Shared" };

/** What was typed beside what is on record now, field by field. */
export function viewVersions(typed: FormValues, current: ViewDto) {
  const theirs = viewFormValues(current);
  const words = (value: unknown) => (typeof value === "string" ? value : "");
  return Object.entries(LABELS).map(([field, label]) => ({
    field,
    label,
    mine: words(typed[field]),
    theirs: words(theirs[field]),
    value: theirs[field],
  }));
}
