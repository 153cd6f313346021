"use client";

import { useActionState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextArea } from "@/components/ui/text-area";
import { TextInput } from "@/components/ui/text-input";
import { TextLink } from "@/components/ui/text-link";
import { recordViewAction } from "@/features/views/actions";
import { initialFormState, issueAt } from "@/lib/form-state";

/** The form of `SaveView`, in its menu. */
export function SaveViewForm({ address, name }: { address: string; name: string }) {
  const [state, submit] = useActionState(recordViewAction, initialFormState<{ name: string }>({ name }));
  const text = (field: string): string | undefined => {
    const value = state.values[field];
    return typeof value === "string" ? value : undefined;
  };
  if (state.status === "done" && state.result) {
    return (
      <div className="w-72 max-w-[calc(100vw-2rem)] p-3">
        <Notice tone="ok">
          Saved as “{state.result.name}”. <TextLink href="/views">All views</TextLink>
        </Notice>
      </div>
    );
  }
  return (
    <form key={state.attempt} action={submit} className="grid w-72 max-w-[calc(100vw-2rem)] gap-3 p-3">
      {state.status === "error" && (
        <ErrorSummary issues={state.issues} message={state.issues.length > 0 ? null : state.message} />
      )}
      <input type="hidden" name="address" value={address} />
      <Field name="name" id="view-name" label="Name" required error={issueAt(state, "name")}>
        {(binding) => <TextInput {...binding} defaultValue={text("name")} maxLength={120} autoComplete="off" />}
      </Field>
      <Field name="note" id="view-note" label="Note" error={issueAt(state, "note")}>
        {(binding) => <TextArea {...binding} defaultValue={text("note")} rows={2} maxLength={2000} />}
      </Field>
      <Checkbox
        name="shared"
        value="yes"
        label="Share it"
        hint="Everybody who is signed in sees it."
        defaultChecked={text("shared") === "yes"}
      />
      <div>
        <SubmitButton>Save the view</SubmitButton>
      </div>
    </form>
  );
}
