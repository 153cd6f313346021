"use client";

import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { undoBatchAction, type Undone } from "@/features/batches/actions";
import { plural } from "@/lib/format";
import { initialFormState } from "@/lib/form-state";

type UndoFormProps = {
  batch: string;
  /** What would be undone, for a screen reader: "Undo: Import of speakers.csv". */
  title: string;
  /** What the button says; "Undo" when absent. */
  label?: string;
};

/** Takes back an act of many changes, or lists what keeps it from being undone. */
export function UndoForm({ batch, title, label = "Undo" }: UndoFormProps) {
  const [state, submit] = useActionState(undoBatchAction, initialFormState<Undone>());
  if (state.status === "done" && state.result) {
    return <Notice tone="ok">Undone: {plural(state.result.records, "record is", "records are")} as before.</Notice>;
  }
  return (
    <form action={submit} className="grid gap-2">
      {state.status === "error" && (
        <div>
          <ErrorSummary issues={[]} message={state.message} />
          {state.issues.length > 0 && (
            <ul className="mb-3 list-disc ps-5 text-sm">
              {state.issues.map(({ message }) => (
                <li key={message}>{message}</li>
              ))}
            </ul>
          )}
        </div>
      )}
      <input type="hidden" name="batch" value={batch} />
      <div>
        <SubmitButton variant="default" pendingLabel="Undoing…" aria-label={`Undo: ${title}`}>
          {label}
        </SubmitButton>
      </div>
    </form>
  );
}
