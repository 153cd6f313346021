"use client";

import { DateInput } from "@/components/ui/date-input";
import { Field } from "@/components/ui/field";
import { FormRows } from "@/components/ui/form-rows";
import { TextInput } from "@/components/ui/text-input";
import { issueAt, type FormState } from "@/lib/form-state";

/** The meetings of a dialogue: a day and a name each. */
export function MeetingRows({ state }: { state: FormState }) {
  return (
    <FormRows
      list="meetings"
      legend="Meetings"
      hint="One row a day or sitting. A row left blank is no meeting; without any, there is one on the first day."
      addLabel="Add a meeting"
      state={state}
    >
      {({ name, number, given }) => (
        <div className="grid gap-x-4 gap-y-2 sm:grid-cols-[11rem_1fr]">
          <Field name={`${name}.date`} label={`Day of meeting ${number}`} error={issueAt(state, `${name}.date`)}>
            {(binding) => <DateInput {...binding} defaultValue={given["date"]} />}
          </Field>
          <Field name={`${name}.label`} label={`Name of meeting ${number}`} error={issueAt(state, `${name}.label`)}>
            {(binding) => (
              <TextInput {...binding} defaultValue={given["label"]} maxLength={120} placeholder="By its number" />
            )}
          </Field>
        </div>
      )}
    </FormRows>
  );
}
