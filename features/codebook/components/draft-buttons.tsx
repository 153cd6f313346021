"use client";

import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SubmitButton } from "@/components/ui/submit-button";
import { moveIssueAction, openDraftAction, restoreIssueAction, retireIssueAction } from "@/features/codebook/actions";
import { initialFormState } from "@/lib/form-state";

const STALE = "Somebody else changed the draft after you opened this page. Look at it as it is now, then try again.";

/** What keeps a small form from being done. */
function Refusal({ state }: { state: ReturnType<typeof initialFormState<never>> }) {
  if (state.status === "stale") return <ErrorSummary issues={[]} message={STALE} />;
  if (state.status !== "error") return null;
  return <ErrorSummary issues={[]} message={state.message} />;
}

/** Opens a draft of the next version. */
export function OpenDraftForm() {
  const [state, submit] = useActionState(openDraftAction, initialFormState<never>());
  return (
    <form action={submit}>
      <Refusal state={state} />
      <SubmitButton name="open" value="next" pendingLabel="Opening…">
        Draft a new version
      </SubmitButton>
    </form>
  );
}

type OfIssue = { issue: string; title: string; version: number };

/** Moves an issue of the draft up or down. */
export function MoveForm({ issue, title, version, first, last }: OfIssue & { first: boolean; last: boolean }) {
  const [state, submit] = useActionState(moveIssueAction, initialFormState<never>());
  return (
    <form action={submit} className="flex gap-1">
      <input type="hidden" name="issue" value={issue} />
      <input type="hidden" name="version" value={version} />
      <Refusal state={state} />
      {!first && (
        <SubmitButton variant="quiet" name="by" value="up" aria-label={`Move ${title} up`} pendingLabel="…">
          ↑
        </SubmitButton>
      )}
      {!last && (
        <SubmitButton variant="quiet" name="by" value="down" aria-label={`Move ${title} down`} pendingLabel="…">
          ↓
        </SubmitButton>
      )}
    </form>
  );
}

/** Leaves an issue out of the next version. It can be put back until the draft is published. */
export function RetireForm({ issue, title, version }: OfIssue) {
  const [state, submit] = useActionState(retireIssueAction, initialFormState<never>());
  return (
    <form action={submit}>
      <input type="hidden" name="issue" value={issue} />
      <input type="hidden" name="version" value={version} />
      <Refusal state={state} />
      <SubmitButton variant="danger" pendingLabel="Leaving out…">
        Leave “{title}” out
      </SubmitButton>
    </form>
  );
}

/** Puts an issue back as the published version has it. */
export function RestoreForm({ issue, title, version }: OfIssue) {
  const [state, submit] = useActionState(restoreIssueAction, initialFormState<never>());
  return (
    <form action={submit}>
      <input type="hidden" name="issue" value={issue} />
      <input type="hidden" name="version" value={version} />
      <Refusal state={state} />
      <SubmitButton variant="quiet" pendingLabel="Putting back…" aria-label={`Put ${title} back`}>
        Put back
      </SubmitButton>
    </form>
  );
}
