"use client";

import { useState, type MouseEvent } from "react";
import { DateInput } from "@/components/ui/date-input";
import { Field, FieldError, fieldId } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import type { FormValue } from "@/lib/form";
import { issueAt, type FormState } from "@/lib/form-state";
import { ADD_ROW, rowCount, rowCountName } from "@/lib/form-step";

const LIST = "meetings";

function rowOf(value: FormValue | undefined): { date: string | undefined; label: string | undefined } {
  const { date, label } = typeof value === "object" && !Array.isArray(value) ? value : {};
  return {
    date: typeof date === "string" ? date : undefined,
    label: typeof label === "string" ? label : undefined,
  };
}

/** The meetings of a dialogue: a day and a name each. */
export function MeetingRows({ state }: { state: FormState }) {
  const [rows, setRows] = useState(() => rowCount(state.values, LIST));
  const meetings = state.values[LIST];
  const given = Array.isArray(meetings) ? meetings : [];
  const error = issueAt(state, LIST);

  // Without JavaScript the button asks the server for the same form with one row more.
  const add = (event: MouseEvent) => {
    event.preventDefault();
    setRows(rows + 1);
  };

  return (
    <fieldset id={fieldId(LIST)} aria-describedby={error ? `${fieldId(LIST)}-error` : undefined}>
      <legend className="text-sm font-medium">Meetings</legend>
      <p className="mb-2 text-sm text-ink-2">
        One row a day or sitting. A row left blank is no meeting; without any, there is one on the first day.
      </p>
      <input type="hidden" name={rowCountName(LIST)} value={rows} />
      <ol className="grid gap-3">
        {Array.from({ length: rows }, (_, index) => (
          <MeetingRow key={`meeting-${index + 1}`} index={index} state={state} {...rowOf(given[index])} />
        ))}
      </ol>
      {error && <FieldError id={`${fieldId(LIST)}-error`}>{error}</FieldError>}
      <button type="submit" name={ADD_ROW} value={LIST} formNoValidate className="btn mt-3" onClick={add}>
        Add a meeting
      </button>
    </fieldset>
  );
}

type MeetingRowProps = { index: number; state: FormState; date: string | undefined; label: string | undefined };

function MeetingRow({ index, state, date, label }: MeetingRowProps) {
  const number = index + 1;
  const name = `${LIST}.${index}`;
  return (
    <li className="grid gap-x-4 gap-y-2 sm:grid-cols-[11rem_1fr]">
      <Field name={`${name}.date`} label={`Day of meeting ${number}`} error={issueAt(state, `${name}.date`)}>
        {(binding) => <DateInput {...binding} defaultValue={date} />}
      </Field>
      <Field name={`${name}.label`} label={`Name of meeting ${number}`} error={issueAt(state, `${name}.label`)}>
        {(binding) => <TextInput {...binding} defaultValue={label} maxLength={120} placeholder="By its number" />}
      </Field>
    </li>
  );
}
