"use client";

import { useActionState } from "react";
import { Disclosure } from "@/components/ui/disclosure";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextArea } from "@/components/ui/text-area";
import { placeQuotationAction, removeQuotationAction } from "@/features/sources/actions";
import type { QuotationDto } from "@/features/sources/queries/quotations";
import { initialFormState, issueAt, type FormState } from "@/lib/form-state";

type FormProps = { quotation: QuotationDto; dialogue: string };

const STALE = "Somebody changed this quotation after you opened it. Load the page again to see it.";

function Refusal({ state: { status, issues, message } }: { state: FormState<void> }) {
  if (status !== "error" && status !== "stale") return null;
  return <ErrorSummary issues={issues} message={status === "stale" ? STALE : issues.length > 0 ? null : message} />;
}

function Which({ quotation, dialogue }: FormProps) {
  return (
    <>
      <input type="hidden" name="dialogue" value={dialogue} />
      <input type="hidden" name="statement" value={quotation.statement} />
      <input type="hidden" name="quotation" value={quotation.id} />
      <input type="hidden" name="version" value={quotation.version} />
    </>
  );
}

/** Gives an orphan its place again: with the words that are most like its own, if there are any, for a start. */
export function PlaceForm({ quotation, dialogue, like }: FormProps & { like: string | null }) {
  const [state, submit] = useActionState(placeQuotationAction, initialFormState<void>());
  const typed = state.values["quote"];
  return (
    <Disclosure key={state.attempt} summary="Place it again" open={state.attempt > 0} className="mt-1 text-sm">
      <form action={submit} className="grid gap-2">
        <Refusal state={state} />
        <Which quotation={quotation} dialogue={dialogue} />
        <Field
          name="quote"
          id={`place-${quotation.id}`}
          label="The words as they stand in the text now"
          hint={
            like === null
              ? "Nothing in the text is much like it."
              : "These are most like it. Look before you take them."
          }
          error={issueAt(state, "quote")}
        >
          {(binding) => (
            <TextArea
              {...binding}
              rows={3}
              dir="auto"
              className="font-text"
              defaultValue={typeof typed === "string" ? typed : (like ?? undefined)}
            />
          )}
        </Field>
        <div>
          <SubmitButton variant="default" pendingLabel="Placing…">
            Place the quotation here
          </SubmitButton>
        </div>
      </form>
    </Disclosure>
  );
}

/** Removes a quotation. What it was stays in the history. */
export function RemoveForm({ quotation, dialogue }: FormProps) {
  const [state, submit] = useActionState(removeQuotationAction, initialFormState<void>());
  return (
    <form action={submit} className="text-sm">
      <Refusal state={state} />
      <Which quotation={quotation} dialogue={dialogue} />
      <SubmitButton variant="quiet" pendingLabel="Removing…">
        Remove
      </SubmitButton>
    </form>
  );
}
