"use client";

import { useActionState, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from "react";
import { FormDraftContext } from "@/components/ui/form-draft";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { discardDraftAction } from "@/features/drafts/actions";
import { LeaveGuard } from "@/components/ui/leave-guard";
import { SavedLine } from "@/features/drafts/components/saved-line";
import { goOnPath } from "@/features/drafts/rules";
import { SessionEnds } from "@/features/drafts/components/session-ends";
import type { DraftDto } from "@/features/drafts/schema";
import { DraftKeeper } from "@/lib/draft-keeper";
import { formatInstant } from "@/lib/format";
import { draftValue } from "@/lib/form-step";
import { initialFormState } from "@/lib/form-state";

export type AutosaveProps = {
  /** Which form, and of what: "statement.new:unga-r2p-2017". */
  form: string;
  /** The page that holds it, without what it was asked for. */
  path: string;
  /** What the list of drafts calls it: "New statement, 2017 dialogue". */
  title: string;
  /** Whose draft it is: text that could not be sent is never handed to the next person in this browser. */
  owner: string;
  /** The draft on the server when the page was opened. */
  draft: DraftDto | null;
  /** Whether the form below was filled from it. */
  resumed: boolean;
  /** When the session ends, whatever is typed: who types then is told before. */
  sessionEnds: string | null;
  /** The version of the record that the form starts from; null for a new record. */
  version?: number | null;
  /** The form: a `KeyedForm`. */
  children: ReactNode;
};

/**
 * Keeps what is typed into the form inside on the server, says so, offers what was kept when the page is opened again, and
 * asks before one leaves. Whoever saves the form deletes the draft in the same transaction. Passwords are never kept.
 */
export function Autosave(props: AutosaveProps) {
  // Another form, or the same one filled from the draft, begins anew; a page that is merely shown again goes on.
  return <Keeper key={`${props.form} ${props.resumed}`} {...props} />;
}

function Keeper({ form, path, title, owner, draft, resumed, sessionEnds, version = null, children }: AutosaveProps) {
  // What was there when the form was opened: later the page is told of the draft that it keeps itself.
  const [found] = useState(draft);
  const [basedOn] = useState(resumed ? (draft?.basedOn ?? null) : version);
  const offered = resumed ? null : found;
  const [keeper] = useState(
    () => new DraftKeeper({ form, path, title, owner, basedOn, seen: resumed ? (draft?.savedAt ?? null) : null }),
  );
  const status = useSyncExternalStore(keeper.subscribe, keeper.current, keeper.current);
  const sent = resumed && found ? draftValue(found) : "";
  const context = useMemo(() => ({ sent, watch: keeper.watch }), [sent, keeper]);
  // Read back from the server, as after any other accident.
  useEffect(() => {
    void keeper.sendUnsent().then((kept) => kept && window.location.assign(goOnPath(path)));
  }, [keeper, path]);
  return (
    <div className="grid gap-5">
      {offered && <Offer draft={offered} path={path} version={version} />}
      {resumed && found && (
        <Notice tone="info">
          This is your draft of {formatInstant(new Date(found.savedAt))}.{" "}
          {version !== null && found.basedOn !== null && found.basedOn !== version && CHANGED}
          <Discard form={form} back={path} label="Discard it" />
        </Notice>
      )}
      <FormDraftContext value={context}>{children}</FormDraftContext>
      {sessionEnds !== null && <SessionEnds at={sessionEnds} />}
      <SavedLine status={status} decideFirst={offered !== null} />
      <LeaveGuard stake={keeper.stake} drafts />
    </div>
  );
}

const CHANGED = "The record was changed after you began: when you save, you see both versions. ";

function Offer({ draft, path, version }: { draft: DraftDto; path: string; version: number | null }) {
  return (
    <Notice tone="warn" title={`You have an unsaved draft of ${formatInstant(new Date(draft.savedAt))}.`}>
      {version !== null && draft.basedOn !== null && draft.basedOn !== version && <p>{CHANGED}</p>}
      <div className="mt-2 flex flex-wrap gap-3">
        <ButtonLink variant="primary" href={goOnPath(path)}>
          Go on with it
        </ButtonLink>
        <Discard form={draft.form} back={path} label="Discard it" />
      </div>
    </Notice>
  );
}

/** Throws a draft away and goes back to a page. Works without JavaScript. */
export function Discard({
  form,
  back,
  label,
  describe,
}: {
  form: string;
  back: string;
  label: string;
  describe?: string;
}) {
  const [state, submit] = useActionState(discardDraftAction, initialFormState<void>());
  return (
    <form action={submit} className="inline-flex items-center gap-2">
      <input type="hidden" name="form" value={form} />
      <input type="hidden" name="back" value={back} />
      <SubmitButton variant="quiet" pendingLabel="Discarding…" aria-label={describe}>
        {label}
      </SubmitButton>
      {state.message && <span className="text-sm text-danger">{state.message}</span>}
    </form>
  );
}
