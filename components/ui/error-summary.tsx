"use client";

import { useEffect, useRef } from "react";
import { fieldId } from "@/components/ui/field";
import type { Issue } from "@/lib/errors";

type ErrorSummaryProps = {
  issues: readonly Issue[];
  /** What is wrong as a whole; alone when no field is to blame. */
  message?: string | null;
};

/**
 * All that keeps a form from being saved, with links to the fields. It takes the focus when it appears, so that nobody
 * searches for what happened; without JavaScript it stands at the top of the form.
 */
export function ErrorSummary({ issues, message }: ErrorSummaryProps) {
  const summary = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (issues.length > 0 || message) summary.current?.focus();
  }, [issues, message]);

  if (issues.length === 0 && !message) return null;
  return (
    <div ref={summary} tabIndex={-1} role="alert" className="notice mb-4" data-tone="danger">
      <p className="font-semibold">{titleOf(issues, message)}</p>
      {/* So far apart that each link can be pressed. */}
      {issues.length > 0 && (
        <ul className="mt-0.5 grid gap-1">
          {issues.map((issue) => (
            <IssueLine key={`${issue.path.join(".")} ${issue.message}`} issue={issue} />
          ))}
        </ul>
      )}
    </div>
  );
}

function IssueLine({ issue }: { issue: Issue }) {
  if (issue.path.length === 0) return <li>{issue.message}</li>;
  return (
    <li>
      {/* A plain link to a place on this page: the browser moves the focus to the control. */}
      <a className="link" href={`#${encodeURIComponent(fieldId(issue.path.join(".")))}`}>
        {issue.message}
      </a>
    </li>
  );
}

/** A message that only repeats an issue is left out: the issue is a link, the title is none. */
function titleOf(issues: readonly Issue[], message: string | null | undefined): string {
  if (message && !issues.some((issue) => issue.message === message)) return message;
  return issues.length === 1 ? "One field needs a change." : `${issues.length} fields need a change.`;
}
