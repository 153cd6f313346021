import { formValues, type FormValues } from "@/lib/form";
import type { FormState } from "@/lib/form-state";

/**
 * Names of buttons that change a form without saving it, so that it works without JavaScript. A name with a leading "$"
 * never reaches a schema: see `formValues`.
 */
export const ADD_ROW = "$add";
export const TAKE_THEIRS = "$take";

/** The name under which a form sends how many rows of a list it shows, blank ones included. */
export function rowCountName(list: string): string {
  return `$rows.${list}`;
}

/** How many rows of a list to show: as many as have something in them, or as were asked for. */
export function rowCount(values: FormValues, list: string): number {
  const rows = values[list];
  return Math.max(Array.isArray(rows) ? rows.length : 0, Number(values[rowCountName(list)] ?? 0), 1);
}

/**
 * The answer to a press on such a button: the same form with one row more, or with one field as it is on record now
 * (`theirs` turns the present record into the values of the form). Null when the form is to be saved.
 */
export function formStep<R>(
  previous: FormState<R>,
  form: FormData,
  theirs: (current: unknown) => FormValues,
): FormState<R> | null {
  const values = formValues(form);
  const next = { ...previous, attempt: previous.attempt + 1, issues: [] };
  const list = form.get(ADD_ROW);
  if (typeof list === "string") {
    const rows = Number(form.get(rowCountName(list))) || 0;
    return { ...next, values: { ...values, [rowCountName(list)]: String(Math.min(rows, 499) + 1) } };
  }
  const field = form.get(TAKE_THEIRS);
  if (typeof field !== "string" || previous.status !== "stale") return null;
  const { [field]: _, ...rest } = values;
  const taken = theirs(previous.current)[field];
  return { ...next, values: taken === undefined ? rest : { ...rest, [field]: taken } };
}
