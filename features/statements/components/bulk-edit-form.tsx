"use client";

import { useActionState, useRef, useState, type KeyboardEvent, type MouseEvent } from "react";
import { ButtonLink } from "@/components/ui/button";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { TextArea } from "@/components/ui/text-area";
import { TextInput } from "@/components/ui/text-input";
import { bulkEditAction, type BulkPreview } from "@/features/statements/actions";
import type { ParticipantDto } from "@/features/statements/queries/participants";
import { BULK_CHANGES, ROLE_NAMES, STATEMENT_ROLES, type BulkChange } from "@/features/statements/schema";
import { initialFormState, issueAt } from "@/lib/form-state";
import { formatDay, plural, type Day } from "@/lib/format";

type BulkEditFormProps = {
  dialogue: { slug: string; meetings: { number: number; date: Day; label: string }[] };
  participants: readonly ParticipantDto[];
  groups: readonly { ref: string; name: string }[];
};

const CHANGES = Object.entries(BULK_CHANGES).map(([value, label]) => ({ value, label }));
const ROLES = STATEMENT_ROLES.map((value) => ({ value, label: ROLE_NAMES[value] }));

/** Ticks statements and changes one thing of all of them, after a preview. Works without JavaScript. */
export function BulkEditForm({ dialogue, participants, groups }: BulkEditFormProps) {
  const [state, submit] = useActionState(bulkEditAction, initialFormState<BulkPreview>());
  const text = (name: string): string | undefined => {
    const value = state.values[name];
    return typeof value === "string" ? value : undefined;
  };
  const error = (name: string): string | undefined => issueAt(state, name);
  const [change, setChange] = useState<BulkChange>((text("change") as BulkChange | undefined) ?? "role");
  const ticked = Array.isArray(state.values["rows"]) ? state.values["rows"] : [];
  const preview = state.status === "done" ? state.result : null;
  const back = `/dialogues/${dialogue.slug}`;

  return (
    <form key={state.attempt} action={submit} className="mt-4 grid gap-5" noValidate>
      <input type="hidden" name="dialogue" value={dialogue.slug} />
      {state.status === "error" && (
        <div>
          <ErrorSummary issues={[]} message={state.message} />
          {state.issues.length > 0 && (
            <ul className="list-disc ps-5 text-sm">
              {state.issues.map(({ path, message }) => (
                <li key={`${path.join(".")} ${message}`}>{message}</li>
              ))}
            </ul>
          )}
        </div>
      )}
      {preview && <Preview preview={preview} />}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="change" label="Change" error={error("change")}>
          {(binding) => (
            <Select
              {...binding}
              options={CHANGES}
              value={change}
              onChange={(event) => setChange(event.target.value as BulkChange)}
            />
          )}
        </Field>
        <NewValue change={change} dialogue={dialogue} groups={groups} text={text} error={error} />
      </div>
      <Rows participants={participants} ticked={ticked.filter((one) => typeof one === "string")} />
      <div className="flex flex-wrap items-center gap-3">
        {/* The first of the buttons is what Enter presses: a look, never a change. */}
        <SubmitButton variant={preview ? "default" : "primary"} pendingLabel="Looking…">
          Preview what changes
        </SubmitButton>
        <ButtonLink variant="quiet" href={back}>
          Cancel
        </ButtonLink>
      </div>
    </form>
  );
}

type NewValueProps = Pick<BulkEditFormProps, "dialogue" | "groups"> & {
  change: BulkChange;
  text: (name: string) => string | undefined;
  error: (name: string) => string | undefined;
};

/** The field that says what it is changed to. */
function NewValue({ change, dialogue, groups, text, error }: NewValueProps) {
  if (change === "role") {
    return (
      <Field name="role" label="To" error={error("role")}>
        {(binding) => <Select {...binding} options={ROLES} defaultValue={text("role") ?? "statement"} />}
      </Field>
    );
  }
  if (change === "meeting") {
    return (
      <Field name="meeting" label="To" error={error("meeting")} hint="Memberships are read on its day.">
        {(binding) => (
          <Select
            {...binding}
            placeholder="Day not known"
            defaultValue={text("meeting") ?? ""}
            options={dialogue.meetings.map(({ number, date, label }) => ({
              value: String(number),
              label: `${formatDay(date)} · ${label}`,
            }))}
          />
        )}
      </Field>
    );
  }
  if (change === "addGroup" || change === "removeGroup") {
    return (
      <Field name="group" label="Group" error={error("group")}>
        {(binding) => (
          <Select
            {...binding}
            placeholder="Choose a group"
            defaultValue={text("group") ?? ""}
            options={groups.map(({ ref, name }) => ({ value: ref, label: name }))}
          />
        )}
      </Field>
    );
  }
  if (change === "note") {
    return (
      <Field name="note" label="To" error={error("note")} hint="Blank clears it.">
        {(binding) => <TextArea {...binding} rows={2} defaultValue={text("note")} />}
      </Field>
    );
  }
  const hint = change === "language" ? 'A code such as "en", "fr" or "ar". Blank clears it.' : "Blank clears it.";
  return (
    <Field name={change} label="To" error={error(change)} hint={hint}>
      {(binding) => <TextInput {...binding} defaultValue={text(change)} />}
    </Field>
  );
}

/** What would change, row by row; the button that does it, when everything can be done. */
function Preview({ preview: { what, rows, unchanged } }: { preview: BulkPreview }) {
  const problems = rows.filter(({ problem }) => problem !== null).length;
  const same = unchanged > 0 ? ` ${plural(unchanged, "statement says", "statements say")} so already.` : "";
  if (rows.length === 0) return <Notice tone="info">Nothing would change.{same}</Notice>;
  return (
    <section aria-label="Preview" className="grid gap-3">
      <h2>
        {plural(rows.length, "statement", "statements")} · {what}
      </h2>
      {same !== "" && <p className="text-sm text-ink-2">{same.trim()}</p>}
      <Table label="What changes">
        <thead>
          <tr>
            <HeaderCell numeric>#</HeaderCell>
            <HeaderCell>Speaker</HeaderCell>
            <HeaderCell>Now</HeaderCell>
            <HeaderCell>Then</HeaderCell>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, order, name, from, to, problem }) => (
            <tr key={id}>
              <Cell numeric>{order}</Cell>
              <RowHeader>{name}</RowHeader>
              <Cell className="whitespace-normal">
                {from === "" ? <span className="text-ink-3">nothing</span> : from}
              </Cell>
              <Cell className="whitespace-normal">
                {problem === null ? (
                  to === "" ? (
                    <span className="text-ink-3">nothing</span>
                  ) : (
                    to
                  )
                ) : (
                  <span className="text-danger">Not possible: {problem}</span>
                )}
              </Cell>
            </tr>
          ))}
        </tbody>
      </Table>
      {problems > 0 ? (
        <Notice tone="warn">
          {plural(problems, "statement", "statements")} cannot be changed so, and nothing is done by halves. Untick{" "}
          {problems === 1 ? "it" : "them"} below and look again.
        </Notice>
      ) : (
        <div>
          <SubmitButton name="confirmed" value="yes" pendingLabel="Changing…" autoFocus>
            Change {plural(rows.length, "statement", "statements")}
          </SubmitButton>
        </div>
      )}
    </section>
  );
}

/** The statements to tick. Space ticks, with Shift all from the one ticked last; up and down go from box to box. */
function Rows({ participants, ticked }: { participants: readonly ParticipantDto[]; ticked: readonly string[] }) {
  const body = useRef<HTMLTableSectionElement>(null);
  const last = useRef<number | null>(null);
  const boxes = () => [...(body.current?.querySelectorAll<HTMLInputElement>("input[type=checkbox]") ?? [])];
  const tick = (event: MouseEvent<HTMLInputElement>) => {
    const all = boxes();
    const at = all.indexOf(event.currentTarget);
    if (event.shiftKey && last.current !== null) {
      const [low, high] = [Math.min(at, last.current), Math.max(at, last.current)];
      for (const box of all.slice(low, high + 1)) box.checked = event.currentTarget.checked;
    }
    last.current = at;
  };
  const move = (event: KeyboardEvent<HTMLInputElement>) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const all = boxes();
    const next = all[all.indexOf(event.currentTarget) + step];
    if (step === 0 || !next) return;
    event.preventDefault();
    next.focus();
  };
  const tickAll = (event: MouseEvent<HTMLInputElement>) => {
    for (const box of boxes()) box.checked = event.currentTarget.checked;
  };
  return (
    <Table label="Statements to change">
      <thead>
        <tr>
          <HeaderCell>
            <input type="checkbox" className="tick" aria-label="Tick all" onClick={tickAll} />
          </HeaderCell>
          <HeaderCell numeric>#</HeaderCell>
          <HeaderCell>Speaker</HeaderCell>
          <HeaderCell>On behalf of</HeaderCell>
          <HeaderCell>Role</HeaderCell>
          <HeaderCell>Meeting</HeaderCell>
          <HeaderCell>Language</HeaderCell>
        </tr>
      </thead>
      <tbody ref={body}>
        {participants.map(({ id, version, order, name, onBehalfOf, role, meeting, language }) => (
          <tr key={id}>
            <Cell>
              <input
                type="checkbox"
                className="tick"
                name="rows[]"
                value={`${id} ${version}`}
                aria-label={`${name}, number ${order}`}
                defaultChecked={ticked.includes(`${id} ${version}`)}
                onClick={tick}
                onKeyDown={move}
              />
            </Cell>
            <Cell numeric>{order}</Cell>
            <RowHeader>{name}</RowHeader>
            <Cell className="whitespace-normal">{onBehalfOf}</Cell>
            <Cell>{ROLE_NAMES[role]}</Cell>
            <Cell>{meeting ?? <span className="text-ink-3">–</span>}</Cell>
            <Cell>{language?.toUpperCase() ?? <span className="text-ink-3">–</span>}</Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
