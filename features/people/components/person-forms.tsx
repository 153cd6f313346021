"use client";

import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import {
  changeRoleAction,
  disableUserAction,
  enableUserAction,
  issuePasswordLinkAction,
} from "@/features/people/actions";
import { SecretShownOnce } from "@/features/people/components/secret-shown-once";
import type { Invited, PersonAsSeen } from "@/features/people/mutations/people";
import type { Person } from "@/features/people/queries";
import { ROLE_CHOICES } from "@/features/people/rules";
import { initialFormState, issueAt, type FormState } from "@/lib/form-state";
import { ROLE_NAMES } from "@/lib/auth/permissions";

type PersonProps = { person: Pick<Person, "id" | "name" | "role" | "status" | "version"> };

/** What the person is now, when somebody else was quicker. */
function currentOf(state: FormState): PersonAsSeen | null {
  return state.status === "stale" ? (state.current as PersonAsSeen) : null;
}

/** Why nothing was saved; when somebody else was quicker, with what this form wanted beside what is on record now. */
function Refusal({ state, wanted }: { state: FormState; wanted: string }) {
  const current = currentOf(state);
  if (!current)
    return <ErrorSummary issues={state.issues} message={state.issues.length === 0 ? state.message : null} />;
  return (
    <Notice tone="danger" title="Somebody else changed this account after you opened it. Nothing was saved.">
      <p>You wanted: {wanted}.</p>
      <p>
        On record now (version {current.version}): {ROLE_NAMES[current.role]}, {current.status}. Press the button again
        to make your change all the same.
      </p>
    </Notice>
  );
}

/** Gives a person another role. */
export function RoleForm({ person }: PersonProps) {
  const [state, submit] = useActionState(changeRoleAction, initialFormState<void>());
  const chosen = ROLE_CHOICES.find(({ value }) => value === state.values["role"]);
  return (
    <form key={`${state.attempt}-${person.version}`} action={submit} className="grid gap-3">
      <Refusal state={state} wanted={chosen ? `the role ${chosen.label}` : "another role"} />
      {state.status === "done" && <Notice tone="ok" title={`${person.name} is now ${ROLE_NAMES[person.role]}.`} />}
      <input type="hidden" name="id" value={person.id} />
      <input type="hidden" name="version" value={currentOf(state)?.version ?? person.version} />
      <Field name="role" label="Role" error={issueAt(state, "role")} hint="It counts from their next click on.">
        {(binding) => (
          <Select
            {...binding}
            options={ROLE_CHOICES}
            defaultValue={state.status === "done" ? person.role : (chosen?.value ?? person.role)}
          />
        )}
      </Field>
      <div>
        <SubmitButton variant="default">Change role</SubmitButton>
      </div>
    </form>
  );
}

/** Shuts a person out, or lets them in again. */
export function AccessForm({ person }: PersonProps) {
  const disabled = person.status === "disabled";
  const [disabling, disable] = useActionState(disableUserAction, initialFormState<void>());
  const [enabling, enable] = useActionState(enableUserAction, initialFormState<void>());
  const state = disabled ? enabling : disabling;
  return (
    <form action={disabled ? enable : disable} className="grid gap-3">
      <Refusal state={state} wanted={disabled ? "to enable the account" : "to disable the account"} />
      <input type="hidden" name="id" value={person.id} />
      <input type="hidden" name="version" value={currentOf(state)?.version ?? person.version} />
      <p>
        {disabled
          ? `${person.name} cannot sign in. Enabling lets them in again with the password and role they had; API tokens stay ended.`
          : `Disabling ends every session and API token of ${person.name} at once. What they recorded stays. It can be undone here.`}
      </p>
      <div>
        <SubmitButton variant={disabled ? "default" : "danger"}>
          {disabled ? "Enable account" : "Disable account"}
        </SubmitButton>
      </div>
    </form>
  );
}

/** Makes a link at which the person chooses a password: the invitation again, or a reset. */
export function PasswordLinkForm({ person }: PersonProps) {
  const [state, submit] = useActionState(issuePasswordLinkAction, initialFormState<Invited>());
  const invited = person.status === "invited";
  return (
    <form action={submit} className="grid gap-3">
      <Refusal state={state} wanted="a link" />
      {state.result && (
        <SecretShownOnce title={`A link for ${person.name}`} secret={state.result.link} copyLabel="Copy the link">
          Send them this link. It is shown only now, works once, and for {invited ? "7 days" : "30 minutes"}; earlier
          links of theirs have ended.
        </SecretShownOnce>
      )}
      <input type="hidden" name="id" value={person.id} />
      <p>
        {invited
          ? "They have not chosen a password yet. A new link replaces the one they were sent."
          : "For somebody who forgot the password. The old one works until the link is used."}
      </p>
      <div>
        <SubmitButton variant="default" pendingLabel="Making a link…">
          {invited ? "New invitation link" : "Password reset link"}
        </SubmitButton>
      </div>
    </form>
  );
}
