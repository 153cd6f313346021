"use client";

import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextInput } from "@/components/ui/text-input";
import { inviteAction } from "@/features/people/actions";
import { SecretShownOnce } from "@/features/people/components/secret-shown-once";
import type { Invited } from "@/features/people/mutations/people";
import { ROLE_CHOICES } from "@/features/people/rules";
import { initialFormState, issueAt } from "@/lib/form-state";

/** Invites somebody: who they are and what they may do. Answers with the link to send them. */
export function InviteForm() {
  const [state, submit] = useActionState(inviteAction, initialFormState<Invited>());
  // After an invitation the form is empty again, for the next one.
  const text = (name: string): string => {
    const value = state.status === "done" ? "" : state.values[name];
    return typeof value === "string" ? value : "";
  };
  return (
    <div className="grid gap-4">
      {state.result && (
        <SecretShownOnce
          title={`${state.result.name} is invited.`}
          secret={state.result.link}
          copyLabel="Copy the link"
        >
          Send them this link. It is shown only now, works once, and for 7 days.
        </SecretShownOnce>
      )}
      <form key={state.attempt} action={submit} className="grid gap-4" noValidate={state.attempt > 0}>
        <ErrorSummary issues={state.issues} message={state.issues.length === 0 ? state.message : null} />
        <Field name="name" label="Name" required error={issueAt(state, "name")}>
          {(binding) => <TextInput {...binding} autoComplete="off" defaultValue={text("name")} />}
        </Field>
        <Field name="email" label="E-mail" required error={issueAt(state, "email")}>
          {(binding) => <TextInput {...binding} type="email" autoComplete="off" defaultValue={text("email")} />}
        </Field>
        <Field name="role" label="Role" required error={issueAt(state, "role")}>
          {(binding) => <Select {...binding} options={ROLE_CHOICES} defaultValue={text("role") || "analyst"} />}
        </Field>
        <div>
          <SubmitButton pendingLabel="Inviting…">Invite</SubmitButton>
        </div>
      </form>
    </div>
  );
}
