"use client";

import { useActionState } from "react";
import { Disclosure } from "@/components/ui/disclosure";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextInput } from "@/components/ui/text-input";
import { discardDraftAction, publishDraftAction } from "@/features/codebook/actions";
import { initialFormState, issueAt } from "@/lib/form-state";

const STALE =
  "Somebody else changed the draft after you opened this page. Reload it and look at what would be published now.";

/** Publishes the draft, with a sentence that says what it changes. */
export function PublishForm({ number, version }: { number: number; version: number }) {
  const [state, submit] = useActionState(publishDraftAction, initialFormState<never>());
  const { note } = state.values;
  const refused = state.status === "error" || state.status === "stale";
  return (
    <form key={state.attempt} action={submit} className="grid max-w-form gap-3" noValidate={state.attempt > 0}>
      {refused && (
        <ErrorSummary
          issues={state.issues}
          message={state.status === "stale" ? STALE : state.issues.length > 0 ? null : state.message}
        />
      )}
      <input type="hidden" name="version" value={version} />
      <Field
        name="note"
        label="What this version changes"
        required
        error={issueAt(state, "note")}
        hint="One sentence for the list of versions."
      >
        {(binding) => (
          <TextInput {...binding} defaultValue={typeof note === "string" ? note : undefined} maxLength={500} />
        )}
      </Field>
      <div>
        <SubmitButton pendingLabel="Publishing…">Publish version {number}</SubmitButton>
      </div>
    </form>
  );
}

/** Throws the draft away, after one more press. */
export function DiscardForm({ number, version }: { number: number; version: number }) {
  const [state, submit] = useActionState(discardDraftAction, initialFormState<never>());
  return (
    <Disclosure
      summary="Discard the draft"
      className="mt-4"
      open={state.status === "error" || state.status === "stale"}
    >
      <form action={submit} className="grid gap-3">
        {state.status === "stale" && <ErrorSummary issues={[]} message={STALE} />}
        {state.status === "error" && <ErrorSummary issues={[]} message={state.message} />}
        <input type="hidden" name="version" value={version} />
        <p className="text-ink-2">Every change in it is lost. The published versions stay as they are.</p>
        <div>
          <SubmitButton variant="danger" pendingLabel="Discarding…">
            Discard the draft of version {number}
          </SubmitButton>
        </div>
      </form>
    </Disclosure>
  );
}
