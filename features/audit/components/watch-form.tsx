"use client";

import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SubmitButton } from "@/components/ui/submit-button";
import { stopWatchingAction, watchAction } from "@/features/audit/actions";
import type { WatchKind } from "@/features/audit/schema";
import { initialFormState } from "@/lib/form-state";

type WatchFormProps = {
  kind: WatchKind;
  /** The id of what is watched. */
  subject: string;
  name: string;
  watched: boolean;
  /** The page to come back to. */
  back: string;
  quiet?: boolean;
};

/** The button that begins to watch something, or stops. Works without JavaScript. */
export function WatchForm({ kind, subject, name, watched, back, quiet = false }: WatchFormProps) {
  const [state, submit] = useActionState(watched ? stopWatchingAction : watchAction, initialFormState<void>());
  return (
    <form action={submit}>
      {state.status === "error" && <ErrorSummary issues={state.issues} message={state.message} />}
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name="subject" value={subject} />
      <input type="hidden" name="back" value={back} />
      <SubmitButton
        variant={quiet ? "quiet" : "default"}
        pendingLabel={watched ? "Stopping…" : "Watch…"}
        aria-label={`${watched ? "Stop watching" : "Watch"} ${name}`}
      >
        {watched ? "Stop watching" : "Watch"}
      </SubmitButton>
    </form>
  );
}
