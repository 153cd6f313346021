"use client";

import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextInput } from "@/components/ui/text-input";
import { changePasswordAction } from "@/features/people/actions";
import { NewPasswordField } from "@/features/people/components/new-password-field";
import { initialFormState, issueAt } from "@/lib/form-state";

/** Changes one's own password. Asks for the current one, so that an open screen is not enough. */
export function ChangePasswordForm() {
  const [state, submit] = useActionState(changePasswordAction, initialFormState<void>());
  return (
    <form key={state.attempt} action={submit} className="grid gap-4" noValidate={state.attempt > 0}>
      {state.status === "done" && (
        <Notice tone="ok" title="Your password is changed.">
          <p>Every other session of yours has ended.</p>
        </Notice>
      )}
      <ErrorSummary issues={state.issues} message={state.issues.length === 0 ? state.message : null} />
      <Field name="current" label="Current password" required error={issueAt(state, "current")}>
        {(binding) => <TextInput {...binding} type="password" autoComplete="current-password" />}
      </Field>
      <NewPasswordField label="New password" error={issueAt(state, "password")} />
      <div>
        <SubmitButton variant="default">Change password</SubmitButton>
      </div>
    </form>
  );
}
