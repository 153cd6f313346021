"use client";

import { Field } from "@/components/ui/field";
import { FormRows } from "@/components/ui/form-rows";
import { TextArea } from "@/components/ui/text-area";
import { TextInput } from "@/components/ui/text-input";
import { issueAt, type FormState } from "@/lib/form-state";

/** What a report asks: each point with the paragraph and of whom it is asked. */
export function RequestRows({ state }: { state: FormState }) {
  return (
    <FormRows
      list="requests"
      legend="What it asks"
      hint="One row a point, in the order of the report and in your own words. A row left blank is left out."
      addLabel="Add a point"
      state={state}
    >
      {({ name, number, given }) => (
        <div className="grid gap-x-4 gap-y-2 sm:grid-cols-[11rem_1fr]">
          <Field
            name={`${name}.text`}
            label={`Point ${number}`}
            error={issueAt(state, `${name}.text`)}
            className="sm:col-span-2"
          >
            {(binding) => <TextArea {...binding} rows={2} defaultValue={given["text"]} />}
          </Field>
          <Field
            name={`${name}.paragraph`}
            label={`Paragraph of point ${number}`}
            error={issueAt(state, `${name}.paragraph`)}
          >
            {(binding) => <TextInput {...binding} defaultValue={given["paragraph"]} maxLength={40} />}
          </Field>
          <Field
            name={`${name}.addressee`}
            label={`Of whom point ${number} is asked`}
            error={issueAt(state, `${name}.addressee`)}
          >
            {(binding) => (
              <TextInput
                {...binding}
                defaultValue={given["addressee"]}
                maxLength={200}
                placeholder="For example: member states"
              />
            )}
          </Field>
        </div>
      )}
    </FormRows>
  );
}
