import type { FormValue, FormValues } from "@/lib/form";
import type { FormState } from "@/lib/form-state";

/**
 * Names of buttons that change a form without saving it, so that it works without JavaScript. A name with a leading "$"
 * never reaches a schema: see `formValues`.
 */
export const ADD_ROW = "$add";
export const TAKE_THEIRS = "$take";

/** The name under which a form sends which draft it was kept as: whoever saves the form deletes that draft with it. */
export const DRAFT = "$draft";

/** One draft of a form: which form, and when it was kept. A later draft of the same form is another. */
export type DraftRef = { form: string; savedAt: string };

/** A draft as its form sends it. */
export function draftValue({ form, savedAt }: DraftRef): string {
  return `${savedAt} ${form}`;
}

/** The draft that a form says it was kept as, or null. */
export function sentDraft(value: FormDataEntryValue | null): DraftRef | null {
  const [, savedAt, form] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([\x21-\x7e]{1,200})$/.exec(typeof value === "string" ? value : "") ??
    [];
  return savedAt !== undefined && form !== undefined && !Number.isNaN(new Date(savedAt).getTime())
    ? { form, savedAt }
    : null;
}

/** The name under which a form sends how many rows of a list it shows, blank ones included. */
export function rowCountName(list: string): string {
  return `$rows.${list}`;
}

/** How many rows of a list to show: as many as have something in them, or as were asked for; at least one. */
export function rowCount(values: FormValues, list: string): number {
  const rows = values[list];
  return Math.max(Array.isArray(rows) ? rows.length : 0, Number(values[rowCountName(list)] ?? 0), 1);
}

/** What the button that takes one field as it is on record sends. Undefined clears the field. */
export function takeValue(field: string, theirs: FormValue | undefined): string {
  return JSON.stringify(theirs === undefined ? { field } : { field, theirs });
}

/** One taking, as the button sent it. What a sender makes up instead comes back to that sender alone. */
function taking(sent: string): { field: string; theirs?: FormValue } | null {
  try {
    const { field, theirs } = JSON.parse(sent) as { field?: unknown; theirs?: FormValue };
    return typeof field === "string" ? { field, ...(theirs === undefined ? {} : { theirs }) } : null;
  } catch {
    return null;
  }
}

const MOST_ROWS = 500;

/**
 * The answer to a press on such a button: the same form with one row more, or with one field as it is on record now.
 * Null when the form is to be saved. `values` are those that were sent.
 */
export function formStep<R>(previous: FormState<R>, form: FormData, values: FormValues): FormState<R> | null {
  const next = { ...previous, attempt: previous.attempt + 1, issues: [] };
  const list = form.get(ADD_ROW);
  if (typeof list === "string") {
    const rows = Math.min(Number(form.get(rowCountName(list))) || 0, MOST_ROWS - 1) + 1;
    return { ...next, values: { ...values, [rowCountName(list)]: String(rows) } };
  }
  const sent = form.get(TAKE_THEIRS);
  if (typeof sent !== "string") return null;
  const taken = taking(sent);
  if (taken === null) return { ...next, values };
  const { [taken.field]: _, ...rest } = values;
  return { ...next, values: taken.theirs === undefined ? rest : { ...rest, [taken.field]: taken.theirs } };
}
