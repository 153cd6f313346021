"use client";

import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextInput } from "@/components/ui/text-input";
import { choosePasswordAction, setUpAction } from "@/features/people/actions";
import { NewPasswordField } from "@/features/people/components/new-password-field";
import { initialFormState, issueAt } from "@/lib/form-state";

/** The form of the set-up link: who the first administrator is. `link` is the secret of the address. */
export function SetUpForm({ link }: { link: string }) {
  const [state, submit] = useActionState(setUpAction, initialFormState<never>());
  const text = (name: string): string => {
    const value = state.values[name];
    return typeof value === "string" ? value : "";
  };
  return (
    <form key={state.attempt} action={submit} className="grid gap-4" noValidate={state.attempt > 0}>
      <ErrorSummary issues={state.issues} message={state.issues.length === 0 ? state.message : null} />
      <input type="hidden" name="link" value={link} />
      <Field
        name="name"
        label="Name"
        required
        error={issueAt(state, "name")}
        hint="As colleagues will see it in the history."
      >
        {(binding) => <TextInput {...binding} autoComplete="name" defaultValue={text("name")} />}
      </Field>
      <Field name="email" label="E-mail" required error={issueAt(state, "email")}>
        {(binding) => <TextInput {...binding} type="email" autoComplete="username" defaultValue={text("email")} />}
      </Field>
      <NewPasswordField label="Password" error={issueAt(state, "password")} />
      <div>
        <SubmitButton pendingLabel="Making the account…">Make the first account</SubmitButton>
      </div>
    </form>
  );
}

/** The form of an invitation or reset link: only the password is asked for. */
export function ChoosePasswordForm({ link, email }: { link: string; email: string }) {
  const [state, submit] = useActionState(choosePasswordAction, initialFormState<never>());
  return (
    <form key={state.attempt} action={submit} className="grid gap-4" noValidate={state.attempt > 0}>
      <ErrorSummary issues={state.issues} message={state.issues.length === 0 ? state.message : null} />
      <input type="hidden" name="link" value={link} />
      {/* Without a name it is not sent: it tells a password manager whose password this is. */}
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <NewPasswordField label="Password" error={issueAt(state, "password")} />
      <div>
        <SubmitButton>Save the password and sign in</SubmitButton>
      </div>
    </form>
  );
}
