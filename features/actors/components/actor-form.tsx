"use client";

import { useActionState, useState, type MouseEvent } from "react";
import { DateInput } from "@/components/ui/date-input";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { KeyedForm } from "@/components/ui/keyed-form";
import { EnterSaves, SaveLine } from "@/components/ui/save-line";
import { Select } from "@/components/ui/select";
import { TextArea } from "@/components/ui/text-area";
import { TextInput } from "@/components/ui/text-input";
import { TwoVersions } from "@/components/ui/two-versions";
import { reviseActorAction } from "@/features/actors/actions";
import { ACTOR_LABELS, actorFormValues, actorVersions, BLANK_NAME, nameRows } from "@/features/actors/formats";
import { actorPath, NAME_KIND_NAMES, NAME_KINDS, type ActorDto } from "@/features/actors/schema";
import { isDay } from "@/lib/format";
import type { FormValues } from "@/lib/form";
import { initialFormState, issueAt, type FormState } from "@/lib/form-state";
import { ADD_ROW, rowCount, rowCountName } from "@/lib/form-step";

type State = FormState<never>;

const LIST = "names";
const KINDS = NAME_KINDS.map((value) => ({ value, label: NAME_KIND_NAMES[value] }));

function textOf(state: State, name: string): string | undefined {
  const value = state.values[name];
  return typeof value === "string" ? value : undefined;
}

const dayIn = (text: string | undefined): string | undefined => (text !== undefined && isDay(text) ? text : undefined);

/** Revises an actor: its names, codes, note and source. Works without JavaScript. */
export function ActorForm({ actor, draft }: { actor: ActorDto; draft: FormValues | undefined }) {
  const [state, submit] = useActionState(reviseActorAction, initialFormState<never>(draft ?? actorFormValues(actor)));
  const current = state.status === "stale" ? (state.current as ActorDto) : null;
  const version = current?.version ?? textOf(state, "version") ?? actor.version;
  const isState = actor.kind === "member_state" || actor.kind === "observer";
  return (
    <KeyedForm key={state.attempt} action={submit} className="grid gap-6" noValidate={state.attempt > 0}>
      <EnterSaves />
      {state.status === "error" && (
        <ErrorSummary issues={state.issues} message={state.issues.length > 0 ? null : state.message} />
      )}
      {current && <TwoVersions what="actor" versions={actorVersions(state.values, actorFormValues(current))} />}
      <input type="hidden" name="actor" value={actor.slug} />
      <input type="hidden" name="version" value={version} />
      <Names state={state} />
      <Codes state={state} isState={isState} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          name="source"
          label={ACTOR_LABELS.source}
          error={issueAt(state, "source")}
          hint="Where this is known from."
        >
          {(binding) => <TextArea {...binding} rows={2} defaultValue={textOf(state, "source")} />}
        </Field>
        <Field name="note" label={ACTOR_LABELS.note} error={issueAt(state, "note")}>
          {(binding) => <TextArea {...binding} rows={2} defaultValue={textOf(state, "note")} />}
        </Field>
      </div>
      <SaveLine label="Save changes" stale={current !== null} cancelHref={actorPath(actor)} />
    </KeyedForm>
  );
}

function Codes({ state, isState }: { state: State; isState: boolean }) {
  const input = (name: keyof typeof ACTOR_LABELS, most: number, hint?: string) => (
    <Field name={name} label={ACTOR_LABELS[name]} error={issueAt(state, name)} hint={hint}>
      {(binding) => <TextInput {...binding} defaultValue={textOf(state, name)} maxLength={most} spellCheck={false} />}
    </Field>
  );
  if (!isState) return <div className="max-w-40">{input("iso2", 2)}</div>;
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      {input("iso2", 2)}
      {input("iso3", 3)}
      {input("m49", 3)}
      <Field name="admittedOn" label={ACTOR_LABELS.admittedOn} error={issueAt(state, "admittedOn")}>
        {(binding) => <DateInput {...binding} defaultValue={dayIn(textOf(state, "admittedOn"))} />}
      </Field>
      {input("m49Region", 100)}
      {input("m49Subregion", 100)}
    </div>
  );
}

/** The names, one a row; clearing one removes it. */
function Names({ state }: { state: State }) {
  const given = nameRows(state.values[LIST]);
  const [rows, setRows] = useState(() => Math.max(rowCount(state.values, LIST), given.length));
  const add = (event: MouseEvent) => {
    event.preventDefault();
    setRows(rows + 1);
  };
  const error = (row: number, field: string): string | undefined => issueAt(state, `${LIST}.${row}.${field}`);
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">{ACTOR_LABELS.names}</legend>
      <p className="mb-3 text-sm text-ink-2">
        The actor is found by each of them; lists print the official one of the day. Clear a name to remove it.
      </p>
      <input type="hidden" name={rowCountName(LIST)} value={rows} />
      <div className="grid gap-3">
        {Array.from({ length: rows }, (_, row) => {
          const name = given[row] ?? BLANK_NAME;
          const field = (part: string): string => `${LIST}.${row}.${part}`;
          return (
            // Rows are only ever added at the end: their place is who they are.
            <div
              key={row}
              className="grid gap-2 border-s-2 border-line ps-3 sm:grid-cols-[minmax(0,1fr)_9rem_5rem_10rem_10rem]"
            >
              <Field name={field("name")} label={`Name ${row + 1}`} error={error(row, "name")}>
                {(binding) => <TextInput {...binding} defaultValue={name.name} maxLength={300} dir="auto" />}
              </Field>
              <Field name={field("kind")} label="Kind" error={error(row, "kind")}>
                {(binding) => <Select {...binding} options={KINDS} defaultValue={name.kind} />}
              </Field>
              <Field name={field("language")} label="Language" error={error(row, "language")}>
                {(binding) => <TextInput {...binding} defaultValue={name.language} maxLength={12} />}
              </Field>
              <Field name={field("from")} label="First day of use" error={error(row, "from")}>
                {(binding) => <DateInput {...binding} defaultValue={dayIn(name.from)} />}
              </Field>
              <Field name={field("until")} label="Last day of use" error={error(row, "until")}>
                {(binding) => <DateInput {...binding} defaultValue={dayIn(name.until)} />}
              </Field>
              {name.source !== "" && (
                <p className="text-xs wrap-anywhere text-ink-3 sm:col-span-full">Source: {name.source}</p>
              )}
              <input type="hidden" name={field("source")} value={name.source} />
            </div>
          );
        })}
      </div>
      <button type="submit" name={ADD_ROW} value={LIST} formNoValidate className="btn mt-3" onClick={add}>
        Add a name
      </button>
    </fieldset>
  );
}
