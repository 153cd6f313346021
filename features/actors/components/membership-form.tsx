"use client";

import { useActionState } from "react";
import { ComboBox, type ComboOption } from "@/components/ui/combo-box";
import { DateInput } from "@/components/ui/date-input";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { KeyedForm } from "@/components/ui/keyed-form";
import { EnterSaves, SaveLine } from "@/components/ui/save-line";
import { TextArea } from "@/components/ui/text-area";
import { TwoVersions } from "@/components/ui/two-versions";
import { recordMembershipAction, reviseMembershipAction } from "@/features/actors/actions";
import { membershipFormValues, membershipVersions } from "@/features/actors/formats";
import { foldName } from "@/features/actors/rules";
import type { MembershipDto } from "@/features/actors/schema";
import type { FormValues } from "@/lib/form";
import { initialFormState, issueAt, type FormState } from "@/lib/form-state";
import { isDay } from "@/lib/format";

const LABELS = {
  from: "First day",
  until: "Last day",
  knownOn: "Shown by the source on",
  source: "Source",
  note: "Note",
};

type State = FormState<never>;

function textOf(state: State, name: string): string | undefined {
  const value = state.values[name];
  return typeof value === "string" ? value : undefined;
}

/** The days of a membership and where they are known from. */
function PeriodFields({ state }: { state: State }) {
  const text = (name: string) => textOf(state, name);
  const dayIn = (name: string) => {
    const value = text(name);
    return value !== undefined && isDay(value) ? value : undefined;
  };
  return (
    <>
      <div className="grid gap-5 sm:grid-cols-3">
        <Field name="from" label={LABELS.from} error={issueAt(state, "from")} hint="Blank: not known.">
          {(binding) => <DateInput {...binding} defaultValue={dayIn("from")} />}
        </Field>
        <Field name="until" label={LABELS.until} error={issueAt(state, "until")} hint="Blank: it lasts.">
          {(binding) => <DateInput {...binding} defaultValue={dayIn("until")} />}
        </Field>
        <Field
          name="knownOn"
          label={LABELS.knownOn}
          error={issueAt(state, "knownOn")}
          hint="When the first day is not known."
        >
          {(binding) => <DateInput {...binding} defaultValue={dayIn("knownOn")} />}
        </Field>
      </div>
      <p className="text-sm text-ink-2">The first and the last day are both days of membership.</p>
      <Field
        name="source"
        label={LABELS.source}
        required
        error={issueAt(state, "source")}
        hint="Where this is known from: the address of a page, or words."
      >
        {(binding) => <TextArea {...binding} rows={2} defaultValue={text("source")} />}
      </Field>
      <Field name="note" label={LABELS.note} error={issueAt(state, "note")}>
        {(binding) => <TextArea {...binding} rows={2} defaultValue={text("note")} />}
      </Field>
    </>
  );
}

function Refusal({ state }: { state: State }) {
  if (state.status !== "error") return null;
  return <ErrorSummary issues={state.issues} message={state.issues.length > 0 ? null : state.message} />;
}

type NewMembershipFormProps = {
  /** The slug of the group. */
  group: string;
  /** Everybody who can be a member, by name and code. */
  actors: readonly ComboOption[];
  /** A draft of this form, to go on with. */
  draft?: FormValues | undefined;
};

/** Records a membership: the member by any of its names. Works without JavaScript. */
export function NewMembershipForm({ group, actors, draft }: NewMembershipFormProps) {
  const [state, submit] = useActionState(recordMembershipAction, initialFormState<never>(draft));
  return (
    <KeyedForm key={state.attempt} action={submit} className="grid gap-5" noValidate={state.attempt > 0}>
      <Refusal state={state} />
      <input type="hidden" name="group" value={group} />
      <Field name="member" label="Member" required error={issueAt(state, "member")} hint="By any name or code.">
        {(binding) => (
          <ComboBox
            {...binding}
            options={actors}
            fold={foldName}
            defaultValue={textOf(state, "member")}
            autoFocus
            maxLength={300}
          />
        )}
      </Field>
      <PeriodFields state={state} />
      <SaveLine label="Add the membership" cancelHref={`/groups/${group}`} />
    </KeyedForm>
  );
}

type MembershipFormProps = {
  membership: MembershipDto;
  /** A draft of this form, to go on with. */
  draft?: FormValues | undefined;
};

/** Corrects or ends a membership. Works without JavaScript. */
export function MembershipForm({ membership, draft }: MembershipFormProps) {
  const [state, submit] = useActionState(
    reviseMembershipAction,
    initialFormState<never>(draft ?? membershipFormValues(membership)),
  );
  const current = state.status === "stale" ? (state.current as MembershipDto) : null;
  const version = current?.version ?? textOf(state, "version") ?? membership.version;
  return (
    <KeyedForm key={state.attempt} action={submit} className="grid gap-5" noValidate={state.attempt > 0}>
      <EnterSaves />
      <Refusal state={state} />
      {current && (
        <TwoVersions
          what="membership"
          versions={membershipVersions(LABELS, state.values, membershipFormValues(current))}
        />
      )}
      <input type="hidden" name="group" value={membership.group.slug} />
      <input type="hidden" name="membership" value={membership.id} />
      <input type="hidden" name="version" value={version} />
      <PeriodFields state={state} />
      <SaveLine
        label="Save changes"
        stale={current !== null}
        cancelHref={`/groups/${membership.group.slug}?view=periods`}
      />
    </KeyedForm>
  );
}
