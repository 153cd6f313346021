"use client";

import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SubmitButton } from "@/components/ui/submit-button";
import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { endSessionAction, signOutEverywhereAction } from "@/features/people/actions";
import type { OwnSession } from "@/features/people/queries";
import { formatInstant, formatRelative } from "@/lib/format";
import { initialFormState } from "@/lib/form-state";

/** The browsers that are signed in as this person, each with a way to end it. `now` in ISO 8601: server and browser print the same. */
export function SessionList({ sessions, now }: { sessions: readonly OwnSession[]; now: string }) {
  const [state, end] = useActionState(endSessionAction, initialFormState<void>());
  const [everywhere, endAll] = useActionState(signOutEverywhereAction, initialFormState<never>());
  const refusal = everywhere.message ?? state.message;
  return (
    <div className="grid gap-3">
      <ErrorSummary issues={[]} message={refusal} />
      <Table label="Sessions">
        <thead>
          <tr>
            <HeaderCell>Device</HeaderCell>
            <HeaderCell>Address</HeaderCell>
            <HeaderCell>Signed in</HeaderCell>
            <HeaderCell>Last seen</HeaderCell>
            <HeaderCell>
              <span className="sr-only">End it</span>
            </HeaderCell>
          </tr>
        </thead>
        <tbody>
          {sessions.map((session) => (
            <tr key={session.id}>
              <RowHeader>
                {session.device}
                {session.current && " (this one)"}
              </RowHeader>
              <Cell muted={!session.address}>{session.address ?? "unknown"}</Cell>
              <Cell>{formatInstant(new Date(session.startedAt))}</Cell>
              <Cell>{formatRelative(new Date(session.lastSeenAt), new Date(now))}</Cell>
              <Cell>
                {!session.current && (
                  <form action={end}>
                    <input type="hidden" name="id" value={session.id} />
                    <SubmitButton
                      variant="quiet"
                      pendingLabel="Ending…"
                      aria-label={`End the session of ${session.device}`}
                    >
                      End
                    </SubmitButton>
                  </form>
                )}
              </Cell>
            </tr>
          ))}
        </tbody>
      </Table>
      <form action={endAll}>
        <SubmitButton variant="danger" pendingLabel="Signing out…">
          Sign out everywhere
        </SubmitButton>
      </form>
    </div>
  );
}
