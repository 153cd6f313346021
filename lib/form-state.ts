import type { Issue } from "@/lib/errors";
import type { FormValues } from "@/lib/form";

/** The answer of a server action to its form. */
export type FormState<R = unknown> = {
  status: "idle" | "done" | "error" | "stale";
  /** Counts answers: the form is keyed by it, so that React shows the echoed values. */
  attempt: number;
  message: string | null;
  issues: Issue[];
  values: FormValues;
  result: R | null;
  /** With `stale`: the record as it stands now. */
  current: unknown;
};

/** The state of a form before anything was sent, with the values that it starts from. */
export function initialFormState<R = unknown>(values: FormValues = {}): FormState<R> {
  return { status: "idle", attempt: 0, message: null, issues: [], values, result: null, current: null };
}

/** The message for one field, by its dotted name. */
export function issueAt(state: Pick<FormState, "issues">, name: string): string | undefined {
  return state.issues.find((issue) => issue.path.join(".") === name)?.message;
}
