"use client";

import { useActionState, useMemo, useState } from "react";
import { ComboList } from "@/components/ui/combo-list";
import { ComboBox } from "@/components/ui/combo-box";
import { Disclosure } from "@/components/ui/disclosure";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { KeyedForm } from "@/components/ui/keyed-form";
import { RadioGroup } from "@/components/ui/radio-group";
import { EnterSaves, SaveLine } from "@/components/ui/save-line";
import { Select } from "@/components/ui/select";
import { TextArea } from "@/components/ui/text-area";
import { TextInput } from "@/components/ui/text-input";
import { TwoVersions } from "@/components/ui/two-versions";
import { recordStatementAction, reviseStatementAction } from "@/features/statements/actions";
import { PartyRows } from "@/features/statements/components/party-rows";
import { actorOptions, formValuesOf, versionsOf } from "@/features/statements/formats/form";
import type { FormChoices } from "@/features/statements/queries/form";
import type { StatementDto } from "@/features/statements/queries/statement";
import { foldName } from "@/features/statements/rules";
import { CAPACITY_NAMES, ROLE_NAMES, STATEMENT_ROLES } from "@/features/statements/schema";
import { formatDay, type Day } from "@/lib/format";
import type { FormValues } from "@/lib/form";
import { initialFormState, issueAt, type FormState } from "@/lib/form-state";

type DialogueOfForm = { slug: string; startsOn: Day; meetings: { number: number; date: Day; label: string }[] };

type StatementFormProps = {
  dialogue: DialogueOfForm;
  choices: FormChoices;
  /** The statement to revise; a new one without. */
  statement?: StatementDto;
  /** What the form starts from, when it is not the statement as it stands: an earlier version. */
  from?: StatementDto;
  /** A draft of this form, to go on with. */
  draft?: FormValues | undefined;
  cancelHref: string;
};

const ACTORS = "actors";
const CAPACITY_CHOICES = [
  { value: "own", label: CAPACITY_NAMES.own },
  {
    value: "others",
    label: CAPACITY_NAMES.others,
    hint: "The speaker itself counts only when it is one of them.",
  },
  { value: "both", label: CAPACITY_NAMES.both },
];
const ROLE_OPTIONS = STATEMENT_ROLES.map((value) => ({ value, label: ROLE_NAMES[value] }));

function textOf({ values }: FormState): (name: string) => string | undefined {
  return (name) => {
    const value = values[name];
    return typeof value === "string" ? value : undefined;
  };
}

/** Records or revises a statement. Works without JavaScript; with it, Enter moves on and Shift+Enter saves. */
export function StatementForm({
  dialogue,
  choices,
  statement,
  from = statement,
  draft,
  cancelHref,
}: StatementFormProps) {
  const [state, submit] = useActionState(
    statement ? reviseStatementAction : recordStatementAction,
    initialFormState<void>(draft ?? (from ? formValuesOf(from, choices.actors) : {})),
  );
  const text = textOf(state);
  const current = state.status === "stale" ? (state.current as StatementDto) : null;

  return (
    <KeyedForm key={state.attempt} action={submit} className="group/form grid gap-5" noValidate={state.attempt > 0}>
      <EnterSaves />
      {state.status === "error" && (
        <ErrorSummary issues={state.issues} message={state.issues.length > 0 ? null : state.message} />
      )}
      {current && (
        <TwoVersions
          what="statement"
          versions={versionsOf(state.values, formValuesOf(current, choices.actors), choices.actors)}
        />
      )}
      <input type="hidden" name="dialogue" value={dialogue.slug} />
      {statement && (
        <>
          <input type="hidden" name="statement" value={statement.id} />
          <input type="hidden" name="version" value={current?.version ?? text("version") ?? statement.version} />
          <input type="hidden" name="place" value={text("place") ?? statement.order} />
        </>
      )}
      {!statement && dialogue.meetings.length === 1 && (
        <input type="hidden" name="meeting" value={dialogue.meetings[0]?.number} />
      )}
      <StatementFields state={state} dialogue={dialogue} choices={choices} revises={statement !== undefined} />
      <SaveLine
        label={statement ? "Save changes" : "Record statement"}
        stale={current !== null}
        cancelHref={cancelHref}
      />
    </KeyedForm>
  );
}

type FieldsProps = { state: FormState; dialogue: DialogueOfForm; choices: FormChoices; revises: boolean };

function StatementFields({ state, dialogue, choices, revises }: FieldsProps) {
  const text = textOf(state);
  const error = (name: string): string | undefined => issueAt(state, name);
  const [meeting, setMeeting] = useState(text("meeting") ?? "");
  const day = dialogue.meetings.find(({ number }) => String(number) === meeting)?.date ?? dialogue.startsOn;
  const suggestions = useMemo(() => actorOptions(choices.actors), [choices.actors]);
  // What is wrong must be seen, whatever is chosen above it.
  const hidesParties = state.issues.length === 0;
  return (
    <>
      <ComboList id={ACTORS} suggestions={suggestions} />
      <Field name="speaker" label="Speaker" required error={error("speaker")} hint="By any name or code.">
        {(binding) => (
          <ComboBox
            {...binding}
            list={ACTORS}
            options={suggestions}
            fold={foldName}
            defaultValue={text("speaker")}
            autoFocus={!revises}
          />
        )}
      </Field>
      <RadioGroup
        name="capacity"
        legend="Delivered"
        choices={CAPACITY_CHOICES}
        defaultValue={text("capacity") ?? "own"}
        error={error("capacity")}
      />
      <fieldset className={hidesParties ? "group-has-[[name=capacity][value=own]:checked]/form:hidden" : undefined}>
        <legend className="mb-2 text-sm font-medium">On behalf of, and aligned with it</legend>
        <PartyRows
          state={state}
          list={ACTORS}
          options={suggestions}
          groups={choices.groups}
          members={choices.members[day] ?? {}}
        />
      </fieldset>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          name="role"
          label="Role"
          error={error("role")}
          hint="Only statements count, joint and civil society too."
        >
          {(binding) => <Select {...binding} defaultValue={text("role") ?? "statement"} options={ROLE_OPTIONS} />}
        </Field>
        {(dialogue.meetings.length > 1 || (revises && meeting !== "")) && (
          <Field name="meeting" label="Meeting" error={error("meeting")} hint="Memberships are read on its day.">
            {(binding) => (
              <Select
                {...binding}
                value={meeting}
                onChange={(event) => setMeeting(event.target.value)}
                placeholder="Day not known"
                options={dialogue.meetings.map(({ number, date, label }) => ({
                  value: String(number),
                  label: `${formatDay(date)} · ${label}`,
                }))}
              />
            )}
          </Field>
        )}
        <Field name="language" label="Language" error={error("language")} hint='A code such as "en", "fr" or "ar".'>
          {(binding) => <TextInput {...binding} defaultValue={text("language")} maxLength={12} />}
        </Field>
        <Field
          name="order"
          label="Place in the order"
          error={error("order")}
          hint={revises ? "Those between move by one." : "Blank: at the end."}
        >
          {(binding) => <TextInput {...binding} inputMode="numeric" defaultValue={text("order")} maxLength={6} />}
        </Field>
      </div>
      <MoreFields state={state} />
    </>
  );
}

const MORE = ["personName", "personTitle", "printed", "sourceUrl", "note"];

/** What most statements do without: closed until something stands in it. */
function MoreFields({ state }: { state: FormState }) {
  const text = textOf(state);
  const error = (name: string): string | undefined => issueAt(state, name);
  return (
    <Disclosure
      summary="Person, printed name, source, note"
      open={MORE.some((name) => text(name) !== undefined || error(name) !== undefined)}
    >
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
  );
}
