"use client";

import { useActionState } from "react";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextInput } from "@/components/ui/text-input";
import { restoreStatementAction, withdrawStatementAction } from "@/features/statements/actions";
import { initialFormState, issueAt, type FormState } from "@/lib/form-state";

type ChangeProps = { statement: { id: string; version: number; speakerName: string } };

function Refusal({ state }: { state: FormState }) {
  if (state.status === "stale") {
    return (
      <Notice tone="danger">Somebody changed this statement after you opened it. Load the page again and look.</Notice>
    );
  }
  if (state.status === "error" && state.issues.length === 0) return <Notice tone="danger">{state.message}</Notice>;
  return null;
}

/** Takes a statement out of every figure, with a reason. */
export function WithdrawForm({ statement }: ChangeProps) {
  const [state, submit] = useActionState(withdrawStatementAction, initialFormState<void>());
  return (
    <form action={submit} className="grid max-w-form gap-3">
      <Refusal state={state} />
      <input type="hidden" name="statement" value={statement.id} />
      <input type="hidden" name="version" value={statement.version} />
      <Field
        name="reason"
        label={`Why is ${statement.speakerName}'s statement withdrawn?`}
        hint="It leaves every figure and list, stays in the history and can be restored."
        required
        error={issueAt(state, "reason")}
      >
        {(binding) => <TextInput {...binding} maxLength={500} />}
      </Field>
      <div>
        <SubmitButton variant="danger" pendingLabel="Withdrawing…">
          Withdraw the statement
        </SubmitButton>
      </div>
    </form>
  );
}

/** Puts a withdrawn statement back in its place. */
export function RestoreForm({ statement }: ChangeProps) {
  const [state, submit] = useActionState(restoreStatementAction, initialFormState<void>());
  return (
    <form action={submit} className="grid gap-3">
      <Refusal state={state} />
      <input type="hidden" name="statement" value={statement.id} />
      <input type="hidden" name="version" value={statement.version} />
      <div>
        <SubmitButton pendingLabel="Restoring…">Restore the statement</SubmitButton>
      </div>
    </form>
  );
}
