"use client";

import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SubmitButton } from "@/components/ui/submit-button";
import { restoreTextAction } from "@/features/sources/actions";
import { initialFormState } from "@/lib/form-state";

type RestoreTextFormProps = { dialogue: string; statement: string; text: string; version: number; earlier: number };

/** Puts back the body that a text had; what stands now stays among the earlier versions. */
export function RestoreTextForm({ dialogue, statement, text, version, earlier }: RestoreTextFormProps) {
  const [state, submit] = useActionState(restoreTextAction, initialFormState<void>());
  const message =
    state.status === "stale" ? "Somebody changed this text after you opened it. Load the page again." : state.message;
  return (
    <form action={submit}>
      {(state.status === "error" || state.status === "stale") && (
        <ErrorSummary issues={state.issues} message={message} />
      )}
      <input type="hidden" name="dialogue" value={dialogue} />
      <input type="hidden" name="statement" value={statement} />
      <input type="hidden" name="id" value={text} />
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name="earlier" value={earlier} />
      <SubmitButton variant="default" pendingLabel="Restoring…">
        Go back to version {earlier}
      </SubmitButton>
    </form>
  );
}
