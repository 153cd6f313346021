"use client";

import { useActionState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field, FieldError, fieldId } from "@/components/ui/field";
import { KeyedForm } from "@/components/ui/keyed-form";
import { SaveLine } from "@/components/ui/save-line";
import { TextInput } from "@/components/ui/text-input";
import { mergeIssuesAction } from "@/features/codebook/actions";
import type { IssueDto } from "@/features/codebook/schema";
import type { FormValues } from "@/lib/form";
import { initialFormState, issueAt } from "@/lib/form-state";

const STALE = "Somebody else changed the draft after you opened this form. Go back to the draft, then merge again.";

type MergeFormProps = {
  issues: readonly IssueDto[];
  /** Of the draft of the codebook. */
  version: number;
  /** What was typed before, to go on with. */
  typed: FormValues | undefined;
};

/** Merges issues of the draft into a new one, which starts with the wording of the first of them. */
export function MergeForm({ issues, version, typed }: MergeFormProps) {
  const [state, submit] = useActionState(mergeIssuesAction, initialFormState<never>(typed));
  const text = (name: string): string | undefined => {
    const value = state.values[name];
    return typeof value === "string" ? value : undefined;
  };
  const chosen = Array.isArray(state.values.issues) ? state.values.issues : [];
  const error = issueAt(state, "issues");
  return (
    <KeyedForm key={state.attempt} action={submit} className="grid gap-5" noValidate={state.attempt > 0}>
      {state.status === "stale" && <ErrorSummary issues={[]} message={STALE} />}
      {state.status === "error" && (
        <ErrorSummary issues={state.issues} message={state.issues.length > 0 ? null : state.message} />
      )}
      <input type="hidden" name="version" value={version} />
      <fieldset aria-describedby={error ? `${fieldId("issues")}-error` : undefined}>
        <legend className="mb-1 text-sm font-medium">Issues to merge</legend>
        {error && <FieldError id={`${fieldId("issues")}-error`}>{error}</FieldError>}
        <div className="grid gap-1 sm:grid-cols-2">
          {issues.map(({ id, title, code }, index) => (
            <Checkbox
              key={id}
              id={index === 0 ? fieldId("issues") : undefined}
              name="issues[]"
              value={id}
              defaultChecked={chosen.includes(id)}
              label={title}
              hint={code}
            />
          ))}
        </div>
      </fieldset>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field name="title" label="Title of the new issue" required error={issueAt(state, "title")}>
          {(binding) => <TextInput {...binding} defaultValue={text("title")} maxLength={120} />}
        </Field>
        <Field name="code" label="Code of the new issue" required error={issueAt(state, "code")}>
          {(binding) => <TextInput {...binding} defaultValue={text("code")} maxLength={60} spellCheck={false} />}
        </Field>
      </div>
      <SaveLine label="Merge in the draft" cancelHref="/codebook/draft" />
    </KeyedForm>
  );
}
