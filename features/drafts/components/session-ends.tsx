"use client";

import { useEffect, useState } from "react";
import { Notice } from "@/components/ui/notice";
import { formatInstant } from "@/lib/format";

/** So long before the end of a session whoever has a form open is told: enough to finish a text. */
const BEFORE = 20 * 60_000;

/** Warns in time that the session will end, where somebody types. */
export function SessionEnds({ at }: { at: string }) {
  const [near, setNear] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setNear(true), Math.max(0, new Date(at).getTime() - BEFORE - Date.now()));
    return () => window.clearTimeout(timer);
  }, [at]);
  if (!near) return null;
  return (
    <Notice tone="warn" className="no-print" title={`You are signed out at ${formatInstant(new Date(at))}.`}>
      <p>
        Save before, or{" "}
        <a className="link" href="/sign-in" target="_blank" rel="noreferrer">
          sign in again in another tab
        </a>{" "}
        after it. What you typed is kept either way.
      </p>
    </Notice>
  );
}
