"use client";

import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { TextInput } from "@/components/ui/text-input";
import { createTokenAction, endTokenAction } from "@/features/people/actions";
import { SecretShownOnce } from "@/features/people/components/secret-shown-once";
import type { OwnToken } from "@/features/people/queries";
import type { TokenScope } from "@/features/people/schema";
import { formatDay, formatRelative } from "@/lib/format";
import { initialFormState, issueAt } from "@/lib/form-state";

const SCOPE_NAMES: Record<TokenScope, string> = { read: "Read only", write: "Read and write" };
const SCOPES = Object.entries(SCOPE_NAMES).map(([value, label]) => ({ value, label }));

/** The API tokens of this person that still work, each with a way to end it. `now` in ISO 8601. */
export function TokenList({ tokens, now }: { tokens: readonly OwnToken[]; now: string }) {
  const [state, end] = useActionState(endTokenAction, initialFormState<void>());
  if (tokens.length === 0) return <p className="text-ink-2">You have no API tokens.</p>;
  return (
    <div className="grid gap-3">
      <ErrorSummary issues={[]} message={state.message} />
      <Table label="API tokens">
        <thead>
          <tr>
            <HeaderCell>Label</HeaderCell>
            <HeaderCell>May</HeaderCell>
            <HeaderCell>Made</HeaderCell>
            <HeaderCell>Last used</HeaderCell>
            <HeaderCell>Works until</HeaderCell>
            <HeaderCell>
              <span className="sr-only">End it</span>
            </HeaderCell>
          </tr>
        </thead>
        <tbody>
          {tokens.map((token) => (
            <tr key={token.id}>
              <RowHeader>{token.label}</RowHeader>
              <Cell>{SCOPE_NAMES[token.scope]}</Cell>
              <Cell>{formatDay(token.createdAt.slice(0, 10))}</Cell>
              <Cell muted={!token.lastUsedAt}>
                {token.lastUsedAt ? formatRelative(new Date(token.lastUsedAt), new Date(now)) : "never"}
              </Cell>
              <Cell>{formatDay(token.expiresAt.slice(0, 10))}</Cell>
              <Cell>
                <form action={end}>
                  <input type="hidden" name="id" value={token.id} />
                  <SubmitButton variant="quiet" pendingLabel="Ending…" aria-label={`End the token ${token.label}`}>
                    End
                  </SubmitButton>
                </form>
              </Cell>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

/**
 * Makes an API token. It acts with the role of its person; a read-only one cannot change anything. `days` it lasts unless
 * told, `longest` at most; from the server, because the schema that knows them would bring zod into the browser.
 */
export function NewTokenForm({ days, longest }: { days: number; longest: number }) {
  const [state, submit] = useActionState(createTokenAction, initialFormState<{ token: string; label: string }>());
  const text = (name: string): string => {
    const value = state.status === "done" ? "" : state.values[name];
    return typeof value === "string" ? value : "";
  };
  return (
    <div className="grid gap-4">
      {state.result && (
        <SecretShownOnce
          title={`The token “${state.result.label}” is ready.`}
          secret={state.result.token}
          copyLabel="Copy the token"
        >
          Keep it like a password. It is shown only now.
        </SecretShownOnce>
      )}
      <form key={state.attempt} action={submit} className="grid gap-4" noValidate={state.attempt > 0}>
        <ErrorSummary issues={state.issues} message={state.issues.length === 0 ? state.message : null} />
        <Field
          name="label"
          label="Label"
          required
          error={issueAt(state, "label")}
          hint="What it is for, so that you know it again."
        >
          {(binding) => <TextInput {...binding} autoComplete="off" defaultValue={text("label")} />}
        </Field>
        <Field name="scope" label="It may" required error={issueAt(state, "scope")}>
          {(binding) => <Select {...binding} options={SCOPES} defaultValue={text("scope") || "read"} />}
        </Field>
        <Field name="days" label="Days until it ends" required error={issueAt(state, "days")}>
          {(binding) => (
            <TextInput {...binding} type="number" min={1} max={longest} step={1} defaultValue={text("days") || days} />
          )}
        </Field>
        <div>
          <SubmitButton variant="default" pendingLabel="Making a token…">
            Make a token
          </SubmitButton>
        </div>
      </form>
    </div>
  );
}
