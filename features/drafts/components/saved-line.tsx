"use client";

import { useEffect, useState } from "react";
import type { DraftStatus } from "@/lib/draft-keeper";
import { formatRelative } from "@/lib/format";

const TICK = 4000;

/** "Draft saved 12 s ago". What changes every few seconds is for the eye; a screen reader hears that it was saved, once, or failed. */
export function SavedLine({ status, decideFirst }: { status: DraftStatus; decideFirst: boolean }) {
  const savedAt = status.kind === "saved" ? status.savedAt : status.kind === "typing" ? status.savedAt : null;
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (savedAt === null) return;
    const tick = () => setNow(Date.now());
    tick();
    const timer = window.setInterval(tick, TICK);
    return () => window.clearInterval(timer);
  }, [savedAt]);

  if (status.kind === "failed") {
    const why = decideFirst
      ? "Decide about the draft above first: what you type now is not kept."
      : `Not kept as a draft. ${status.why}`;
    return (
      <p role="alert" className="no-print text-sm text-danger">
        {why}{" "}
        {status.status === 401 && (
          <a className="link" href="/sign-in" target="_blank" rel="noreferrer">
            Sign in again in another tab: your text stays here
          </a>
        )}
      </p>
    );
  }
  return (
    <div className="no-print min-h-5 text-sm text-ink-3">
      <p aria-hidden="true">
        {savedAt === null
          ? status.kind === "typing" && "Keeping a draft…"
          : `Draft saved ${formatRelative(new Date(savedAt), new Date(Math.max(now, savedAt)))}`}
      </p>
      <p aria-live="polite" className="sr-only">
        {savedAt !== null && "Draft saved"}
      </p>
    </div>
  );
}
