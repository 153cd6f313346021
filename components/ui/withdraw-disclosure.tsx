"use client";

import { useActionState, type ReactNode } from "react";
import { Disclosure } from "@/components/ui/disclosure";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextInput } from "@/components/ui/text-input";
import { initialFormState, issueAt, type FormState } from "@/lib/form-state";

type WithdrawDisclosureProps = {
  action: (previous: FormState<void>, form: FormData) => Promise<FormState<void>>;
  /** What is withdrawn, with its article: "this text". */
  what: string;
  /** What becomes of it, and how it comes back. */
  hint: string;
  /** The version that was looked at. */
  version: number;
  /** Hidden fields that say which record it is. */
  children: ReactNode;
};

/** Withdraws a record with a reason; what stands in the way is listed. Works without JavaScript. */
export function WithdrawDisclosure({ action, what, hint, version, children }: WithdrawDisclosureProps) {
  const [state, submit] = useActionState(action, initialFormState<void>());
  const { reason } = state.values;
  const refusal = state.status === "error" || state.status === "stale" ? state : null;
  const listed = refusal?.issues.filter(({ path }) => path.length === 0) ?? [];
  const inFields = refusal?.issues.filter(({ path }) => path.length > 0) ?? [];
  const stale = `Somebody changed ${what} after you opened it. Load the page again to see it, then withdraw it.`;
  return (
    <Disclosure key={state.attempt} summary={`Withdraw ${what}`} open={state.attempt > 0} className="no-print">
      <form action={submit} className="grid max-w-form gap-3">
        {refusal && (
          <div>
            <ErrorSummary
              issues={inFields}
              message={refusal.status === "stale" ? stale : inFields.length > 0 ? null : refusal.message}
            />
            {listed.length > 0 && (
              <ul className="list-disc ps-5 text-sm">
                {listed.map(({ message }) => (
                  <li key={message}>{message}</li>
                ))}
              </ul>
            )}
          </div>
        )}
        {children}
        <input type="hidden" name="version" value={version} />
        <Field name="reason" label={`Why is ${what} withdrawn?`} hint={hint} required error={issueAt(state, "reason")}>
          {(binding) => (
            <TextInput {...binding} maxLength={500} defaultValue={typeof reason === "string" ? reason : undefined} />
          )}
        </Field>
        <div>
          <SubmitButton variant="danger" pendingLabel="Withdrawing…">
            Withdraw {what}
          </SubmitButton>
        </div>
      </form>
    </Disclosure>
  );
}
