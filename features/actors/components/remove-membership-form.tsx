"use client";

import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextInput } from "@/components/ui/text-input";
import { TextLink } from "@/components/ui/text-link";
import { removeMembershipAction } from "@/features/actors/actions";
import type { MembershipDto } from "@/features/actors/schema";
import { initialFormState, issueAt } from "@/lib/form-state";

/** Removes a membership that should never have been recorded, with the reason. */
export function RemoveMembershipForm({ membership }: { membership: MembershipDto }) {
  const [state, submit] = useActionState(removeMembershipAction, initialFormState<never>());
  const { reason } = state.values;
  const refused = state.status === "error" || state.status === "stale";
  return (
    <form key={state.attempt} action={submit} className="grid gap-3" noValidate={state.attempt > 0}>
      {refused && <ErrorSummary issues={state.issues} message={state.issues.length > 0 ? null : state.message} />}
      {state.status === "stale" && (
        <p>
          <TextLink href={`/groups/${membership.group.slug}/members/${membership.id}`}>
            Look at it as it is now
          </TextLink>{" "}
          before you remove it.
        </p>
      )}
      <input type="hidden" name="group" value={membership.group.slug} />
      <input type="hidden" name="membership" value={membership.id} />
      <input type="hidden" name="version" value={membership.version} />
      <Field
        name="reason"
        label="Why it was wrong"
        required
        error={issueAt(state, "reason")}
        hint="The record of changes keeps the membership and this sentence."
      >
        {(binding) => (
          <TextInput {...binding} defaultValue={typeof reason === "string" ? reason : undefined} maxLength={500} />
        )}
      </Field>
      <div>
        <SubmitButton variant="danger" pendingLabel="Removing…">
          Remove the membership
        </SubmitButton>
      </div>
    </form>
  );
}
