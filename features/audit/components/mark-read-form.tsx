"use client";

import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SubmitButton } from "@/components/ui/submit-button";
import { markReadAction } from "@/features/audit/actions";
import { initialFormState } from "@/lib/form-state";

/** Marks all news up to `upTo`, the newest when the page was opened, as read. */
export function MarkReadForm({ upTo, back }: { upTo: string; back: string }) {
  const [state, submit] = useActionState(markReadAction, initialFormState<void>());
  return (
    <form action={submit}>
      {state.status === "error" && <ErrorSummary issues={state.issues} message={state.message} />}
      <input type="hidden" name="upTo" value={upTo} />
      <input type="hidden" name="back" value={back} />
      <SubmitButton variant="default" pendingLabel="Marking…">
        Mark all as read
      </SubmitButton>
    </form>
  );
}
