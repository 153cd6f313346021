"use client";

import { useActionState, useState, type MouseEvent } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field, FieldError, fieldId } from "@/components/ui/field";
import { KeyedForm } from "@/components/ui/keyed-form";
import { EnterSaves, SaveLine } from "@/components/ui/save-line";
import { TextInput } from "@/components/ui/text-input";
import { splitIssueAction } from "@/features/codebook/actions";
import type { FormValue, FormValues } from "@/lib/form";
import { initialFormState, issueAt, type FormState } from "@/lib/form-state";
import { ADD_ROW, rowCount, rowCountName } from "@/lib/form-step";

const LIST = "parts";
const LEAST = 2;
const STALE = "Somebody else changed the draft after you opened this form. Open the issue again, then split it.";

type SplitFormProps = {
  issue: string;
  /** Of the draft of the codebook. */
  version: number;
  /** What was typed before, to go on with. */
  typed: FormValues | undefined;
};

/** Splits an issue of the draft into several, each with a code and a title of its own. */
export function SplitForm({ issue, version, typed }: SplitFormProps) {
  const [state, submit] = useActionState(splitIssueAction, initialFormState<never>(typed));
  return (
    <KeyedForm key={state.attempt} action={submit} className="grid gap-5" noValidate={state.attempt > 0}>
      <EnterSaves />
      {state.status === "stale" && <ErrorSummary issues={[]} message={STALE} />}
      {state.status === "error" && (
        <ErrorSummary issues={state.issues} message={state.issues.length > 0 ? null : state.message} />
      )}
      <input type="hidden" name="issue" value={issue} />
      <input type="hidden" name="version" value={version} />
      <Parts state={state} />
      <SaveLine label="Split it" cancelHref={`/codebook/draft/issue?id=${issue}`} />
    </KeyedForm>
  );
}

function textOf(row: FormValue | undefined, field: string): string | undefined {
  const value = typeof row === "object" && !Array.isArray(row) ? row[field] : undefined;
  return typeof value === "string" ? value : undefined;
}

function Parts({ state }: { state: FormState<never> }) {
  const [rows, setRows] = useState(() => Math.max(LEAST, rowCount(state.values, LIST)));
  const given = Array.isArray(state.values[LIST]) ? state.values[LIST] : [];
  const error = issueAt(state, LIST);
  // Without JavaScript the button asks the server for the same form with one row more.
  const add = (event: MouseEvent) => {
    event.preventDefault();
    setRows(rows + 1);
  };
  return (
    <div id={fieldId(LIST)}>
      <input type="hidden" name={rowCountName(LIST)} value={rows} />
      <ol className="grid gap-3">
        {Array.from({ length: rows }, (_, index) => {
          const name = `${LIST}.${index}`;
          return (
            <li key={name} className="grid gap-x-4 gap-y-2 sm:grid-cols-2">
              <Field
                name={`${name}.title`}
                label={`Title of part ${index + 1}`}
                error={issueAt(state, `${name}.title`)}
              >
                {(binding) => <TextInput {...binding} defaultValue={textOf(given[index], "title")} maxLength={120} />}
              </Field>
              <Field name={`${name}.code`} label={`Code of part ${index + 1}`} error={issueAt(state, `${name}.code`)}>
                {(binding) => (
                  <TextInput
                    {...binding}
                    defaultValue={textOf(given[index], "code")}
                    maxLength={60}
                    spellCheck={false}
                  />
                )}
              </Field>
            </li>
          );
        })}
      </ol>
      {error && <FieldError id={`${fieldId(LIST)}-error`}>{error}</FieldError>}
      <button type="submit" name={ADD_ROW} value={LIST} formNoValidate className="btn mt-3" onClick={add}>
        One part more
      </button>
    </div>
  );
}
