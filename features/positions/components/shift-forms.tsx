"use client";

import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextInput } from "@/components/ui/text-input";
import { decideShiftAction, reopenShiftAction } from "@/features/positions/actions";
import type { ShiftDto } from "@/features/positions/queries/shifts";
import { initialFormState, issueAt, type FormState } from "@/lib/form-state";

type OfShift = {
  shift: Pick<ShiftDto, "actor" | "actorName" | "issueTitle" | "version" | "seen"> & { earlier: string; later: string };
  /** The parameters of the list, to come back to it. */
  back: string;
};

const STALE =
  "Somebody decided on this shift, or coded one of the two statements anew, after you opened this page. Load the page again to see it.";

function Refusal({ state: { status, issues, message } }: { state: FormState<void> }) {
  if (status !== "error" && status !== "stale") return null;
  return <ErrorSummary issues={issues} message={status === "stale" ? STALE : issues.length > 0 ? null : message} />;
}

function Hidden({ shift: { actor, earlier, later, version }, back }: OfShift) {
  return (
    <>
      <input type="hidden" name="actor" value={actor} />
      <input type="hidden" name="earlier" value={earlier} />
      <input type="hidden" name="later" value={later} />
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name="back" value={back} />
    </>
  );
}

/** Confirms or dismisses a proposed shift, with a reason. */
export function DecideShiftForm({ shift, back }: OfShift) {
  const [state, submit] = useActionState(decideShiftAction, initialFormState<void>());
  const { reason } = state.values;
  const about = `the shift of ${shift.actorName} on ${shift.issueTitle}`;
  return (
    <form key={state.attempt} action={submit} className="grid gap-2">
      <Refusal state={state} />
      <Hidden shift={shift} back={back} />
      <input type="hidden" name="seen" value={`${shift.seen.earlier} ${shift.seen.later}`} />
      <Field
        name="reason"
        id={`reason-${shift.actor}-${shift.later}`}
        label="Why it is a shift, or why it is none"
        required
        error={issueAt(state, "reason")}
      >
        {(binding) => (
          <TextInput {...binding} maxLength={500} defaultValue={typeof reason === "string" ? reason : undefined} />
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        <SubmitButton name="verdict" value="confirmed" aria-label={`Confirm ${about}`}>
          Confirm
        </SubmitButton>
        <SubmitButton variant="default" name="verdict" value="dismissed" aria-label={`Dismiss ${about}`}>
          Dismiss
        </SubmitButton>
      </div>
    </form>
  );
}

/** Takes a decision back. */
export function ReopenShiftForm({ shift, back, label }: OfShift & { label: string }) {
  const [state, submit] = useActionState(reopenShiftAction, initialFormState<void>());
  return (
    <form action={submit} className="grid gap-2">
      <Refusal state={state} />
      <Hidden shift={shift} back={back} />
      <div>
        <SubmitButton
          variant="default"
          pendingLabel="Taking back…"
          aria-label={`${label}: the shift of ${shift.actorName} on ${shift.issueTitle}`}
        >
          {label}
        </SubmitButton>
      </div>
    </form>
  );
}
