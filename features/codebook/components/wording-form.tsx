"use client";

import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { KeyedForm } from "@/components/ui/keyed-form";
import { EnterSaves, SaveLine } from "@/components/ui/save-line";
import { TextArea } from "@/components/ui/text-area";
import { TextInput } from "@/components/ui/text-input";
import { TwoVersions } from "@/components/ui/two-versions";
import { wordIssueAction } from "@/features/codebook/actions";
import { versionsOf, wordingFormValues } from "@/features/codebook/formats";
import { PLAIN_SCALE, POSITION_VALUES, VALUE_NAMES, type CodebookDto, type IssueDto } from "@/features/codebook/schema";
import type { FormValues } from "@/lib/form";
import { initialFormState, issueAt } from "@/lib/form-state";

type WordingFormProps = {
  issue?: IssueDto;
  version: number;
  /** What was typed before and not saved, to go on with. */
  typed?: FormValues | undefined;
};

/** Words an issue of the draft, or adds one. Works without JavaScript. */
export function WordingForm({ issue, version, typed }: WordingFormProps) {
  const [state, submit] = useActionState(
    wordIssueAction,
    initialFormState<never>(typed ?? wordingFormValues(issue ?? { scale: [...PLAIN_SCALE] })),
  );
  const text = (name: string): string | undefined => {
    const value = state.values[name];
    return typeof value === "string" ? value : undefined;
  };
  const error = (name: string): string | undefined => issueAt(state, name);
  const { scale } = state.values;
  const meanings = typeof scale === "object" && !Array.isArray(scale) ? scale : {};
  const current = state.status === "stale" ? (state.current as CodebookDto) : null;
  const theirs = current?.issues.find(({ id }) => id === issue?.id);

  return (
    <KeyedForm key={state.attempt} action={submit} className="grid gap-5" noValidate={state.attempt > 0}>
      <EnterSaves />
      {state.status === "error" && (
        <ErrorSummary issues={state.issues} message={state.issues.length > 0 ? null : state.message} />
      )}
      {current && issue && (
        <TwoVersions
          what="draft"
          versions={versionsOf(state.values, theirs ? wordingFormValues(theirs) : wordingFormValues(issue))}
        />
      )}
      {current && !issue && (
        <ErrorSummary
          issues={[]}
          message="Somebody else changed the draft after you opened this form. Save again to add the issue to it."
        />
      )}
      {issue && <input type="hidden" name="issue" value={issue.id} />}
      <input type="hidden" name="version" value={current?.version ?? text("version") ?? version} />
      <Field name="title" label="Title" required error={error("title")} hint="Short: it heads columns.">
        {(binding) => <TextInput {...binding} defaultValue={text("title")} autoFocus={!issue} maxLength={120} />}
      </Field>
      <Field
        name="code"
        label="Code"
        required
        error={error("code")}
        hint="By which addresses, files and the API name it, for example formal_agenda. Another code renames the issue."
      >
        {(binding) => <TextInput {...binding} defaultValue={text("code")} maxLength={60} spellCheck={false} />}
      </Field>
      <Field name="definition" label="Definition" required error={error("definition")}>
        {(binding) => <TextArea {...binding} rows={4} defaultValue={text("definition")} />}
      </Field>
      <Field name="include" label="Include" error={error("include")}>
        {(binding) => <TextArea {...binding} rows={2} defaultValue={text("include")} />}
      </Field>
      <Field name="exclude" label="Exclude" error={error("exclude")}>
        {(binding) => <TextArea {...binding} rows={2} defaultValue={text("exclude")} />}
      </Field>
      <Field name="examples" label="Examples" error={error("examples")} hint="One a line.">
        {(binding) => <TextArea {...binding} rows={3} defaultValue={text("examples")} />}
      </Field>
      <fieldset>
        <legend className="text-sm font-medium">Scale</legend>
        <p className="mb-2 text-sm text-ink-2">
          What a statement must say to be coded so. All five blank: the issue takes no position.
        </p>
        <div className="grid gap-3">
          {POSITION_VALUES.map((value) => {
            const meaning = meanings[value];
            return (
              <Field key={value} name={`scale.${value}`} label={VALUE_NAMES[value]} error={error(`scale.${value}`)}>
                {(binding) => (
                  <TextInput
                    {...binding}
                    defaultValue={typeof meaning === "string" ? meaning : undefined}
                    maxLength={500}
                  />
                )}
              </Field>
            );
          })}
        </div>
      </fieldset>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field name="kind" label="Kind" error={error("kind")} hint="Stance, concern, ask, commitment, reference.">
          {(binding) => <TextInput {...binding} defaultValue={text("kind")} maxLength={60} />}
        </Field>
        <Field name="period" label="Seen" error={error("period")} hint="The years, for example 2014-2020.">
          {(binding) => <TextInput {...binding} defaultValue={text("period")} maxLength={60} />}
        </Field>
      </div>
      <Field name="source" label="Source" error={error("source")}>
        {(binding) => <TextInput {...binding} defaultValue={text("source")} maxLength={500} />}
      </Field>
      <SaveLine
        label={issue ? "Save in the draft" : "Add to the draft"}
        stale={current !== null}
        cancelHref="/codebook/draft"
      />
    </KeyedForm>
  );
}
