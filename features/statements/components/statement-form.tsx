"use client";

import { useActionState } from "react";
import { ButtonLink } from "@/components/ui/button";
import { Combo, ComboList } from "@/components/ui/combo";
import { Disclosure } from "@/components/ui/disclosure";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { Kbd } from "@/components/ui/kbd";
import { KeyedForm } from "@/components/ui/keyed-form";
import { RadioGroup } from "@/components/ui/radio-group";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextArea } from "@/components/ui/text-area";
import { TextInput } from "@/components/ui/text-input";
import type { StatementFormResult } from "@/features/statements/actions";
import { PartyRows } from "@/features/statements/components/party-rows";
import { StaleStatement } from "@/features/statements/components/stale-statement";
import { partyRows } from "@/features/statements/formats/form";
import type { FormChoices } from "@/features/statements/queries/form";
import type { StatementDto } from "@/features/statements/queries/statement";
import { ROLE_NAMES, STATEMENT_ROLES } from "@/features/statements/schema";
import { initialFormState, issueAt, type FormState } from "@/lib/form-state";
import type { FormValues } from "@/lib/form";

type State = FormState<StatementFormResult>;

type StatementFormProps = {
  action: (previous: State, form: FormData) => Promise<State>;
  dialogue: { slug: string; startsOn: string; meetings: { number: number; date: string; label: string; day: string }[] };
  choices: FormChoices;
  /** What the form starts from. */
  initial: FormValues;
  /** When a statement is revised: which, and the version that the form was opened at. */
  revises?: { id: string; version: number };
  cancelHref: string;
};

const ACTORS = "actors";
const CAPACITIES = [
  { value: "own", label: "In own capacity" },
  { value: "others", label: "On behalf of others", hint: "The speaker itself counts only when it is one of them." },
  { value: "both", label: "Both" },
];

/** Records or revises a statement. Works without JavaScript; with it, Enter moves on and Shift+Enter saves. */
export function StatementForm({ action, dialogue, choices, initial, revises, cancelHref }: StatementFormProps) {
  const [state, submit] = useActionState(action, initialFormState<StatementFormResult>(initial));
  const text = (name: string): string | undefined => {
    const value = state.values[name];
    return typeof value === "string" ? value : undefined;
  };
  const error = (name: string): string | undefined => issueAt(state, name);
  const current = state.status === "stale" ? (state.current as StatementDto) : null;
  const day = dialogue.meetings.find(({ number }) => String(number) === text("meeting"))?.day ?? dialogue.startsOn;
  const groups = new Map(choices.groups.flatMap(({ ref, name }) => [[ref, ref], [name.toLowerCase(), ref]]));
  const groupOf = (typed: string): string | undefined => {
    const known = groups.get(typed.trim().toLowerCase()) ?? state.result?.groups[typed];
    return known !== undefined && groups.has(known) ? known : undefined;
  };

  return (
    <KeyedForm key={state.attempt} action={submit} className="group/form grid gap-5" noValidate={state.attempt > 0}>
      {state.status === "error" && <ErrorSummary issues={state.issues} message={state.issues.length > 0 ? null : state.message} />}
      {current && <StaleStatement mine={state.values} theirs={current} />}
      <input type="hidden" name="dialogue" value={dialogue.slug} />
      {revises && <input type="hidden" name="statement" value={revises.id} />}
      {revises && <input type="hidden" name="version" value={current?.version ?? text("version") ?? revises.version} />}
      <ComboList id={ACTORS} suggestions={choices.actors} />

      <Field name="speaker" label="Speaker" required error={error("speaker")} hint="By any name or code.">
        {(binding) => <Combo {...binding} list={ACTORS} defaultValue={text("speaker")} autoFocus={!revises} />}
      </Field>
      <RadioGroup
        name="capacity"
        legend="Delivered"
        choices={CAPACITIES}
        defaultValue={text("capacity") ?? "own"}
        error={error("capacity")}
      />
      <fieldset className={state.issues.length > 0 ? undefined : "group-has-[[name=capacity][value=own]:checked]/form:hidden"}>
        <legend className="mb-2 text-sm font-medium">On behalf of, and aligned with it</legend>
        <PartyRows
          rows={partyRows(state.values["parties"])}
          state={state}
          list={ACTORS}
          groupOf={groupOf}
          membersOf={(group) => choices.members[day]?.[group] ?? []}
        />
      </fieldset>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="role" label="Role" error={error("role")}>
          {(binding) => (
            <Select
              {...binding}
              defaultValue={text("role") ?? "statement"}
              options={STATEMENT_ROLES.map((value) => ({ value, label: ROLE_NAMES[value] }))}
            />
          )}
        </Field>
        {dialogue.meetings.length > 1 && (
          <Field name="meeting" label="Meeting" error={error("meeting")}>
            {(binding) => (
              <Select
                {...binding}
                defaultValue={text("meeting") ?? ""}
                placeholder="Day not known"
                options={dialogue.meetings.map(({ number, date, label }) => ({ value: String(number), label: `${date} · ${label}` }))}
              />
            )}
          </Field>
        )}
        <Field name="language" label="Language" error={error("language")} hint='A code such as "en", "fr" or "ar".'>
          {(binding) => <TextInput {...binding} defaultValue={text("language")} maxLength={12} />}
        </Field>
        <Field name="order" label="Place in the order" error={error("order")} hint={revises ? undefined : "Blank: at the end."}>
          {(binding) => <TextInput {...binding} inputMode="numeric" defaultValue={text("order")} maxLength={6} />}
        </Field>
      </div>
      <Disclosure summary="Person, printed name, source, note" open={["personName", "printed", "sourceUrl", "note"].some((name) => text(name) !== undefined || error(name) !== undefined)}>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field name="personName" label="Person who spoke" error={error("personName")}>
            {(binding) => <TextInput {...binding} defaultValue={text("personName")} />}
          </Field>
          <Field name="personTitle" label="Title of the person" error={error("personTitle")}>
            {(binding) => <TextInput {...binding} defaultValue={text("personTitle")} />}
          </Field>
          <Field name="printed" label="Name as the source prints it" error={error("printed")}>
            {(binding) => <TextInput {...binding} defaultValue={text("printed")} />}
          </Field>
          <Field name="sourceUrl" label="Address of the source" error={error("sourceUrl")}>
            {(binding) => <TextInput {...binding} type="url" defaultValue={text("sourceUrl")} />}
          </Field>
          <Field name="note" label="Note" error={error("note")} className="sm:col-span-2">
            {(binding) => <TextArea {...binding} rows={3} defaultValue={text("note")} />}
          </Field>
        </div>
      </Disclosure>
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton data-save="" name="intent" value="save">
          {current ? "Keep mine: save over theirs" : revises ? "Save changes" : "Record statement"}
        </SubmitButton>
        <ButtonLink variant="quiet" href={cancelHref}>
          {current ? "Take theirs" : "Cancel"}
        </ButtonLink>
        <span className="text-sm text-ink-3">
          <Kbd>Enter</Kbd> next field · <Kbd>Shift</Kbd> <Kbd>Enter</Kbd> save
        </span>
      </div>
    </KeyedForm>
  );
}
