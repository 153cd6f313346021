"use client";

import { useActionState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { KeyedForm } from "@/components/ui/keyed-form";
import { EnterSaves, SaveLine } from "@/components/ui/save-line";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextArea } from "@/components/ui/text-area";
import { TextInput } from "@/components/ui/text-input";
import { TwoVersions } from "@/components/ui/two-versions";
import { removeViewAction, restoreViewAction, reviseViewAction, shareViewAction } from "@/features/views/actions";
import { viewFormValues, viewVersions } from "@/features/views/formats";
import type { ViewDto } from "@/features/views/schema";
import { initialFormState, issueAt, type FormState } from "@/lib/form-state";

const CHANGED = "You changed this view in another window. Load the page again, then press once more.";

function Refusal({ state: { status, message } }: { state: FormState<void> }) {
  if (status !== "error" && status !== "stale") return null;
  return <ErrorSummary issues={[]} message={status === "stale" ? CHANGED : message} />;
}

type Kept = Pick<ViewDto, "id" | "name" | "version">;

function Which({ view: { id, version } }: { view: Kept }) {
  return (
    <>
      <input type="hidden" name="view" value={id} />
      <input type="hidden" name="version" value={version} />
    </>
  );
}

/** Shares a view with everybody who is signed in, or ends that. */
export function ShareViewForm({ view }: { view: ViewDto }) {
  const [state, submit] = useActionState(shareViewAction, initialFormState<void>());
  return (
    <form action={submit}>
      <Refusal state={state} />
      <Which view={view} />
      <input type="hidden" name="shared" value={view.shared ? "no" : "yes"} />
      <SubmitButton
        variant="quiet"
        aria-label={view.shared ? `Stop sharing ${view.name}` : `Share ${view.name} with everybody`}
      >
        {view.shared ? "Stop sharing" : "Share"}
      </SubmitButton>
    </form>
  );
}

/** Deletes a view; the page that follows offers to put it back. */
export function RemoveViewForm({ view }: { view: Kept }) {
  const [state, submit] = useActionState(removeViewAction, initialFormState<void>());
  return (
    <form action={submit}>
      <Refusal state={state} />
      <Which view={view} />
      <SubmitButton variant="quiet" pendingLabel="Deleting…" aria-label={`Delete ${view.name}`}>
        Delete
      </SubmitButton>
    </form>
  );
}

/** Puts a view back that was just deleted. */
export function RestoreViewForm({ view }: { view: Kept }) {
  const [state, submit] = useActionState(restoreViewAction, initialFormState<void>());
  return (
    <form action={submit}>
      <Refusal state={state} />
      <Which view={view} />
      <SubmitButton variant="default" pendingLabel="Putting it back…">
        Undo: put it back
      </SubmitButton>
    </form>
  );
}

/** Renames a view, changes its note and who sees it. Works without JavaScript. */
export function ViewForm({ view }: { view: ViewDto }) {
  const [state, submit] = useActionState(reviseViewAction, initialFormState<void>(viewFormValues(view)));
  const text = (name: string): string | undefined => {
    const value = state.values[name];
    return typeof value === "string" ? value : undefined;
  };
  const current = state.status === "stale" ? (state.current as ViewDto) : null;
  return (
    <KeyedForm key={state.attempt} action={submit} className="grid gap-5" noValidate={state.attempt > 0}>
      <EnterSaves />
      {state.status === "error" && (
        <ErrorSummary issues={state.issues} message={state.issues.length > 0 ? null : state.message} />
      )}
      {current && <TwoVersions what="view" versions={viewVersions(state.values, current)} />}
      <input type="hidden" name="view" value={view.id} />
      <input type="hidden" name="version" value={current?.version ?? text("version") ?? view.version} />
      <Field name="name" label="Name" required error={issueAt(state, "name")}>
        {(binding) => <TextInput {...binding} defaultValue={text("name")} maxLength={120} autoFocus />}
      </Field>
      <Field name="note" label="Note" error={issueAt(state, "note")} hint="What it is for, for whoever opens it.">
        {(binding) => <TextArea {...binding} defaultValue={text("note")} maxLength={2000} />}
      </Field>
      <Checkbox
        name="shared"
        value="yes"
        label="Share it"
        hint="Everybody who is signed in sees it."
        defaultChecked={text("shared") === "yes"}
      />
      <SaveLine label="Save changes" stale={current !== null} cancelHref="/views" />
    </KeyedForm>
  );
}
