"use client";

import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { KeyedForm } from "@/components/ui/keyed-form";
import { RadioGroup } from "@/components/ui/radio-group";
import { SaveLine } from "@/components/ui/save-line";
import { TextArea } from "@/components/ui/text-area";
import { TextInput } from "@/components/ui/text-input";
import { recordActorAction } from "@/features/actors/actions";
import { KIND_NAMES, type NewKind } from "@/features/actors/schema";
import type { FormValues } from "@/lib/form";
import { initialFormState, issueAt } from "@/lib/form-state";

type NewActorFormProps = {
  /** The kinds to choose from; the first is chosen. */
  kinds: readonly NewKind[];
  /** A draft of this form, to go on with. */
  draft?: FormValues | undefined;
  cancelHref: string;
};

/** Records an actor that is no state, by the names it is found by. Works without JavaScript. */
export function NewActorForm({ kinds, draft, cancelHref }: NewActorFormProps) {
  const [state, submit] = useActionState(
    recordActorAction,
    initialFormState<never>(draft ?? { kind: kinds[0] ?? "group" }),
  );
  const text = (name: string): string | undefined => {
    const value = state.values[name];
    return typeof value === "string" ? value : undefined;
  };
  const error = (name: string): string | undefined => issueAt(state, name);
  return (
    <KeyedForm key={state.attempt} action={submit} className="grid gap-5" noValidate={state.attempt > 0}>
      {state.status === "error" && (
        <ErrorSummary issues={state.issues} message={state.issues.length > 0 ? null : state.message} />
      )}
      <RadioGroup
        name="kind"
        legend="Kind"
        choices={kinds.map((value) => ({ value, label: KIND_NAMES[value].one }))}
        defaultValue={text("kind")}
        error={error("kind")}
        required
      />
      <Field name="name" label="Short name" required error={error("name")} hint="As lists name it.">
        {(binding) => <TextInput {...binding} defaultValue={text("name")} autoFocus maxLength={300} />}
      </Field>
      <Field name="official" label="Name in full" error={error("official")} hint="Blank when it is the same.">
        {(binding) => <TextInput {...binding} defaultValue={text("official")} maxLength={300} />}
      </Field>
      <Field
        name="others"
        label="Other names"
        error={error("others")}
        hint="One a line: abbreviations and spellings by which it should be found."
      >
        {(binding) => <TextArea {...binding} rows={3} defaultValue={text("others")} />}
      </Field>
      <Field
        name="slug"
        label="Address"
        error={error("slug")}
        hint="The last part of the page's address. Blank: made from the short name. It cannot be changed later."
      >
        {(binding) => <TextInput {...binding} defaultValue={text("slug")} maxLength={80} spellCheck={false} />}
      </Field>
      <Field name="source" label="Source" error={error("source")} hint="Where this is known from.">
        {(binding) => <TextArea {...binding} rows={2} defaultValue={text("source")} />}
      </Field>
      <Field name="note" label="Note" error={error("note")}>
        {(binding) => <TextArea {...binding} rows={2} defaultValue={text("note")} />}
      </Field>
      <SaveLine label="Add to the record" cancelHref={cancelHref} />
    </KeyedForm>
  );
}
