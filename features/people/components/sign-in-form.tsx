"use client";

import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextInput } from "@/components/ui/text-input";
import { signInAction } from "@/features/people/actions";
import { initialFormState, issueAt } from "@/lib/form-state";

/** `next` is where to go afterwards; `refusal` what an earlier try outside of this form came to. */
export function SignInForm({ next, refusal }: { next: string; refusal: string | null }) {
  const [state, submit] = useActionState(signInAction, initialFormState<never>());
  const typed = state.values["email"];
  const answer = state.issues.length === 0 ? state.message : null;
  return (
    <form key={state.attempt} action={submit} className="grid gap-4" noValidate={state.attempt > 0}>
      <ErrorSummary issues={state.issues} message={state.attempt === 0 ? refusal : answer} />
      <input type="hidden" name="next" value={next} />
      <Field name="email" label="E-mail" error={issueAt(state, "email")}>
        {(binding) => (
          <TextInput
            {...binding}
            type="email"
            required
            autoComplete="username"
            defaultValue={typeof typed === "string" ? typed : ""}
          />
        )}
      </Field>
      <Field name="password" label="Password" error={issueAt(state, "password")}>
        {(binding) => <TextInput {...binding} type="password" required autoComplete="current-password" />}
      </Field>
      <div>
        <SubmitButton pendingLabel="Signing in…">Sign in</SubmitButton>
      </div>
    </form>
  );
}
