"use client";

import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SubmitButton } from "@/components/ui/submit-button";
import { mergeActorAction } from "@/features/actors/actions";
import { initialFormState } from "@/lib/form-state";

type MergeFormProps = { actor: string; version: number; into: string; name: string };

/** Confirms a merge that was looked at. */
export function MergeForm({ actor, version, into, name }: MergeFormProps) {
  const [state, submit] = useActionState(mergeActorAction, initialFormState());
  return (
    <form action={submit}>
      {state.status === "error" && <ErrorSummary issues={state.issues} message={state.message} />}
      <input type="hidden" name="actor" value={actor} />
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name="into" value={into} />
      <SubmitButton pendingLabel="Merging…">Merge into {name}</SubmitButton>
    </form>
  );
}
