"use client";

import { useActionState, useRef, type ChangeEvent } from "react";
import { DateInput } from "@/components/ui/date-input";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { KeyedForm } from "@/components/ui/keyed-form";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextArea } from "@/components/ui/text-area";
import { TextInput } from "@/components/ui/text-input";
import { TextLink } from "@/components/ui/text-link";
import { TwoVersions } from "@/components/ui/two-versions";
import { recordVoteAction, reviseVoteAction } from "@/features/votes/actions";
import { RollCallPreview } from "@/features/votes/components/roll-call-preview";
import { versionsOfVote, voteFormValues } from "@/features/votes/formats/form";
import type { VotePreview } from "@/features/votes/queries/pasted";
import type { RollCallDto } from "@/features/votes/queries/votes";
import { RESULT_FIELDS, VALUE_NAMES, VOTE_VALUES } from "@/features/votes/schema";
import type { FormValues } from "@/lib/form";
import { initialFormState, issueAt } from "@/lib/form-state";

type VoteFormProps = {
  dialogues: readonly { value: string; label: string }[];
  members: readonly Member[] /** A draft of this form, to go on with. */;
  draft?: FormValues | undefined;
  /** The roll call to revise; without one a new one is recorded. */
  rollCall?: RollCallDto;
};
type Member = { ref: string; name: string };

/** Larger files are no roll call. */
const LARGEST = 60_000;

/**
 * Records a roll call from a pasted list or a CSV file, or revises the one given; first it shows how the list is understood. Works
 * without JavaScript.
 */
export function VoteForm({ dialogues, members, draft, rollCall }: VoteFormProps) {
  const [state, submit] = useActionState(
    rollCall ? reviseVoteAction : recordVoteAction,
    initialFormState<VotePreview>(draft ?? (rollCall ? voteFormValues(rollCall) : {})),
  );
  const list = useRef<HTMLTextAreaElement>(null);
  const text = (name: string): string | undefined => {
    const value = state.values[name];
    return typeof value === "string" ? value : undefined;
  };
  const { result: stated, choices } = state.values;
  const results = typeof stated === "object" && !Array.isArray(stated) ? stated : {};
  const error = (name: string): string | undefined => issueAt(state, name);
  const current = state.status === "stale" ? (state.current as RollCallDto) : null;
  const preview = state.result ?? (current ? null : (state.current as VotePreview | null));

  const read = async (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? [];
    if (!file || !list.current) return;
    list.current.value = (await file.text()).slice(0, LARGEST);
    list.current.focus();
  };

  return (
    <KeyedForm
      key={state.attempt}
      action={submit}
      className="grid grid-cols-[minmax(0,1fr)] gap-5"
      noValidate={state.attempt > 0}
    >
      <button type="submit" name="step" value="preview" className="sr-only" tabIndex={-1} aria-hidden="true">
        Check the list
      </button>
      {state.status === "error" && (
        <ErrorSummary issues={state.issues} message={state.issues.length > 0 ? null : state.message} />
      )}
      {current && <TwoVersions what="recorded vote" versions={versionsOfVote(state.values, current)} />}
      {rollCall && <input type="hidden" name="current" value={rollCall.id} />}
      {rollCall && (
        <input type="hidden" name="version" value={current?.version ?? text("version") ?? rollCall.version} />
      )}
      <Field name="title" label="Title" required error={error("title")} hint="Of what was voted on.">
        {(binding) => (
          <TextInput
            {...binding}
            required={false}
            defaultValue={text("title")}
            maxLength={300}
            autoFocus={!preview && !rollCall}
          />
        )}
      </Field>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-5 sm:grid-cols-2">
        <Field name="symbol" label="Document symbol" error={error("symbol")} hint="For example A/RES/75/277.">
          {(binding) => <TextInput {...binding} defaultValue={text("symbol")} maxLength={60} spellCheck={false} />}
        </Field>
        <Field name="date" label="Day" required error={error("date")} hint="Names and members are those of the day.">
          {(binding) => <DateInput {...binding} defaultValue={text("date")} />}
        </Field>
        <Field name="dialogue" label="Dialogue" error={error("dialogue")} hint="Where the vote was taken, if at one.">
          {(binding) => (
            <Select {...binding} options={dialogues} placeholder="None" defaultValue={text("dialogue") ?? ""} />
          )}
        </Field>
        <Field
          name="slug"
          label="Address"
          error={error("slug")}
          hint={rollCall ? "Links to the old one end when it changes." : "Blank: made from the symbol or title."}
        >
          {(binding) => <TextInput {...binding} defaultValue={text("slug")} maxLength={80} spellCheck={false} />}
        </Field>
      </div>
      <fieldset>
        <legend className="text-sm font-medium">Result that the record states</legend>
        <div className="mt-1 grid grid-cols-2 gap-4 sm:grid-cols-4">
          {VOTE_VALUES.map((value) => {
            const name = `result.${RESULT_FIELDS[value]}`;
            const number = results[RESULT_FIELDS[value]];
            return (
              <Field key={value} name={name} label={VALUE_NAMES[value]} error={error(name)}>
                {(binding) => (
                  <TextInput
                    {...binding}
                    inputMode="numeric"
                    defaultValue={typeof number === "string" ? number : undefined}
                    maxLength={4}
                  />
                )}
              </Field>
            );
          })}
        </div>
      </fieldset>
      <Field
        name="text"
        label="The roll call"
        required
        error={error("text")}
        hint="“In favour: Afghanistan, Albania, … Against: … Abstaining: … Not voting: …”, or a line a state as the UN Digital Library has it (“Y AFGHANISTAN”), or a table with the columns state and vote."
      >
        {(binding) => <TextArea {...binding} ref={list} rows={12} defaultValue={text("text")} spellCheck={false} />}
      </Field>
      <Field
        name="file"
        id="vote-file"
        label="Or take it from a CSV or text file"
        hint="Needs JavaScript; without it, paste the text above."
      >
        {({ id }) => (
          <input id={id} type="file" accept=".csv,.tsv,.txt,text/csv,text/plain" onChange={read} className="input" />
        )}
      </Field>
      {preview && (
        <RollCallPreview preview={preview} choices={Array.isArray(choices) ? choices : []} members={members} />
      )}
      <Field name="sourceUrl" label="Source" error={error("sourceUrl")} hint="Where the record can be read.">
        {(binding) => <TextInput {...binding} type="url" defaultValue={text("sourceUrl")} />}
      </Field>
      <Field name="note" label="Note" error={error("note")}>
        {(binding) => <TextArea {...binding} rows={2} defaultValue={text("note")} />}
      </Field>
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton variant={preview ? "default" : "primary"} name="step" value="preview" pendingLabel="Checking…">
          Check the list
        </SubmitButton>
        <SubmitButton
          variant={preview ? "primary" : "default"}
          name="step"
          value="record"
          data-save=""
          pendingLabel={rollCall ? "Saving…" : "Recording…"}
        >
          {rollCall ? (current ? "Save this version" : "Save changes") : "Record the vote"}
        </SubmitButton>
        {rollCall && <TextLink href={`/votes/${rollCall.slug}`}>Cancel</TextLink>}
      </div>
    </KeyedForm>
  );
}
