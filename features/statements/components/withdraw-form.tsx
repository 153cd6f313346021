"use client";

import { useActionState } from "react";
import { Disclosure } from "@/components/ui/disclosure";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextInput } from "@/components/ui/text-input";
import { restoreStatementAction, withdrawStatementAction } from "@/features/statements/actions";
import type { StatementDto } from "@/features/statements/queries/statement";
import { initialFormState, issueAt, type FormState } from "@/lib/form-state";

type ChangeProps = { statement: Pick<StatementDto, "id" | "dialogue" | "version" | "speakerName"> };

/** The version that the next press changes: after a refusal the one that stands now, which the reader was told of. */
function versionOf({ statement }: ChangeProps, state: FormState<void>): number {
  return state.status === "stale" ? (state.current as StatementDto).version : statement.version;
}

const STALE = "Somebody changed this statement after you opened it. Load the page again to see it, or press again.";

/** What keeps the statement from being changed. It takes the focus. */
function Refusal({ state: { status, issues, message } }: { state: FormState<void> }) {
  if (status !== "error" && status !== "stale") return null;
  return <ErrorSummary issues={issues} message={status === "stale" ? STALE : issues.length > 0 ? null : message} />;
}

/** Takes a statement out of every figure, with a reason. */
export function WithdrawForm({ statement }: ChangeProps) {
  const [state, submit] = useActionState(withdrawStatementAction, initialFormState<void>());
  const { reason } = state.values;
  return (
    <Disclosure
      key={state.attempt}
      summary="Withdraw this statement"
      open={state.attempt > 0}
      className="no-print mt-8"
    >
      <form action={submit} className="grid max-w-form gap-3">
        <Refusal state={state} />
        <input type="hidden" name="statement" value={statement.id} />
        <input type="hidden" name="version" value={versionOf({ statement }, state)} />
        <Field
          name="reason"
          label={`Why is ${statement.speakerName}'s statement withdrawn?`}
          hint="It leaves every figure and list, stays in the history and can be restored."
          required
          error={issueAt(state, "reason")}
        >
          {(binding) => (
            <TextInput {...binding} maxLength={500} defaultValue={typeof reason === "string" ? reason : undefined} />
          )}
        </Field>
        <div>
          <SubmitButton variant="danger" pendingLabel="Withdrawing…">
            Withdraw the statement
          </SubmitButton>
        </div>
      </form>
    </Disclosure>
  );
}

/** Puts a withdrawn statement back in its place; just after it was withdrawn that is called undoing. */
export function RestoreForm({ statement, undo }: ChangeProps & { undo: boolean }) {
  const [state, submit] = useActionState(restoreStatementAction, initialFormState<void>());
  return (
    <form action={submit} className="grid gap-3">
      <Refusal state={state} />
      <input type="hidden" name="statement" value={statement.id} />
      <input type="hidden" name="version" value={versionOf({ statement }, state)} />
      <div>
        <SubmitButton variant="default" pendingLabel="Restoring…">
          {undo ? "Undo: restore the statement" : "Restore the statement"}
        </SubmitButton>
      </div>
    </form>
  );
}
