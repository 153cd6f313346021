"use client";

import { useActionState, useEffect, useMemo, useRef, useState } from "react";
import { ButtonLink } from "@/components/ui/button";
import { ComboList } from "@/components/ui/combo-list";
import { Disclosure } from "@/components/ui/disclosure";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { KeptAsDraft } from "@/components/ui/form-draft";
import { Kbd } from "@/components/ui/kbd";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { HeaderCell, Table } from "@/components/ui/table";
import { TextArea } from "@/components/ui/text-area";
import { pasteAction } from "@/features/statements/actions";
import { PasteLine } from "@/features/statements/components/paste-line";
import { goToQuestion, pressedOnList, questionsIn, typedOnList } from "@/features/statements/components/paste-keys";
import { actorOptions } from "@/features/statements/formats/form";
import { firstChoice, sentRows, stateOf } from "@/features/statements/formats/paste";
import type { MatchedLine } from "@/features/statements/queries/match";
import type { ActorChoice } from "@/features/statements/queries/form";
import type { ReadList } from "@/features/statements/queries/paste";
import { formatDay, plural, type Day } from "@/lib/format";
import type { FormValues } from "@/lib/form";
import { initialFormState, issueAt, type FormState } from "@/lib/form-state";

type PasteFormProps = {
  dialogue: { slug: string; meetings: { number: number; date: Day; label: string }[] };
  actors: readonly ActorChoice[];
  /** A draft of this form, to go on with, and its list as it reads now when it was read before. */
  draft?: FormValues | undefined;
  read?: ReadList | null;
};

const ACTORS = "actors";

/** Gives a form the keys of a list, as long as it is there. */
function listen(form: HTMLFormElement): () => void {
  const press = (event: KeyboardEvent) => pressedOnList(form, event);
  form.addEventListener("keydown", press);
  form.addEventListener("input", typedOnList);
  return () => {
    form.removeEventListener("keydown", press);
    form.removeEventListener("input", typedOnList);
  };
}

/** A pasted list: read, looked at, decided where it asks, recorded at once. Works without JavaScript, and without a mouse. */
export function PasteForm({ dialogue, actors, draft, read: readBefore = null }: PasteFormProps) {
  const [state, submit] = useActionState(pasteAction, {
    ...initialFormState<ReadList>(draft),
    result: readBefore,
  });
  const read = state.result;

  return (
    <form
      key={state.attempt}
      ref={(form) => (form ? listen(form) : undefined)}
      action={submit}
      className="grid gap-5"
      noValidate
      data-keyed=""
    >
      <KeptAsDraft />
      <input type="hidden" name="dialogue" value={dialogue.slug} />
      {state.status === "error" && (
        <ErrorSummary issues={state.issues} message={state.issues.length > 0 ? null : state.message} />
      )}
      {read === null ? (
        <Pasted state={state} />
      ) : (
        <>
          {read.issues.length > 0 && <ErrorSummary issues={read.issues} message={null} />}
          {read.message && <Notice tone="warn">{read.message}</Notice>}
          <ReadLines key={state.attempt} read={read} state={state} dialogue={dialogue} actors={actors} />
        </>
      )}
    </form>
  );
}

/** The list as it was copied. */
function Pasted({ state, again = false }: { state: FormState<ReadList>; again?: boolean }) {
  const text = state.values["text"];
  return (
    <div className="grid gap-3">
      <Field
        name="text"
        label="The list"
        error={issueAt(state, "text")}
        hint="As you copied it: a speakers' list, a press release, an e-mail, cells of a spreadsheet. One speaker a line is best."
      >
        {(binding) => (
          <TextArea
            {...binding}
            rows={again ? 6 : 16}
            autoFocus={!again}
            spellCheck={false}
            defaultValue={typeof text === "string" ? text : undefined}
          />
        )}
      </Field>
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton
          name="step"
          value="read"
          variant={again ? "default" : "primary"}
          pendingLabel="Reading…"
          data-read=""
        >
          {again ? "Read again" : "Read the list"}
        </SubmitButton>
        {!again && (
          <span className="no-print text-sm text-ink-3 pointer-coarse:hidden">
            <Kbd>Shift</Kbd> <Kbd>Enter</Kbd> reads it. Nothing is recorded before you have seen it.
          </span>
        )}
      </div>
    </div>
  );
}

type ReadLinesProps = Pick<PasteFormProps, "dialogue" | "actors"> & { read: ReadList; state: FormState<ReadList> };

/** What is left to decide, and how many lines will be recorded, as the form stands. */
type Counts = { open: number; recorded: number };

function countIn(form: HTMLFormElement): Counts {
  const lines = [...form.querySelectorAll("fieldset[data-line]")];
  const left = lines.filter((line) => line.querySelector("input[type=radio][value=leave]:checked"));
  return { open: questionsIn(form).length, recorded: lines.length - left.length };
}

function countOf(lines: readonly MatchedLine[], state: FormState<ReadList>): Counts {
  const sent = sentRows(state.values, lines);
  const choices = lines.map((line, at) => sent[at]?.["choice"] ?? firstChoice(line));
  return {
    open: choices.filter((choice) => choice === undefined).length,
    recorded: choices.filter((choice) => choice !== "leave").length,
  };
}

function ReadLines({ read, state, dialogue, actors }: ReadLinesProps) {
  const { lines, issues } = read;
  const options = useMemo(() => actorOptions(actors), [actors]);
  const [counts, setCounts] = useState(() => countOf(lines, state));
  const head = useRef<HTMLParagraphElement>(null);
  const meeting = state.values["meeting"];
  const sent = sentRows(state.values, lines);
  const states = lines.map(stateOf);
  const count = (...of: string[]): number => states.filter((one) => of.includes(one)).length;

  // Whoever pasted goes on at the first question, or at the button when there is none.
  useEffect(() => {
    const form = head.current?.closest("form");
    if (!form) return;
    setCounts(countIn(form));
    if (issues.length === 0) goToQuestion(form);
    const changed = () => setCounts(countIn(form));
    form.addEventListener("change", changed);
    return () => form.removeEventListener("change", changed);
  }, [issues]);

  return (
    <>
      <Disclosure summary="The list as you pasted it" open={issueAt(state, "text") !== undefined}>
        <Pasted state={state} again />
      </Disclosure>
      <ComboList id={ACTORS} suggestions={options} />
      <div className="grid gap-1">
        <p ref={head} className="font-text text-headline">
          {plural(lines.length, "line names", "lines name")} a speaker: {count("certain")} certain,{" "}
          {count("ask", "twice")} to choose, {count("unknown")} not on record, {count("there")} there already.
        </p>
        <p className="no-print text-sm text-ink-3 pointer-coarse:hidden">
          <Kbd>1</Kbd>–<Kbd>6</Kbd> choose · <Kbd>o</Kbd> somebody else · <Kbd>n</Kbd> new · <Kbd>d</Kbd> leave out ·{" "}
          <Kbd>Enter</Kbd> next question · <Kbd>Shift</Kbd> <Kbd>Enter</Kbd> record
        </p>
      </div>
      <Table label="Lines of the list" density="roomy">
        <thead>
          <tr>
            <HeaderCell numeric>Line</HeaderCell>
            <HeaderCell>As printed</HeaderCell>
            <HeaderCell>Who</HeaderCell>
            <HeaderCell>On behalf of</HeaderCell>
            <HeaderCell>Role</HeaderCell>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, at) => (
            <PasteLine
              key={`${at} ${line.key}`}
              at={at}
              line={line}
              sent={sent[at] ?? {}}
              errorAt={(field) => issues.find(({ path }) => path.join(".") === `rows.${at}.${field}`)?.message}
              options={options}
              list={ACTORS}
            />
          ))}
        </tbody>
      </Table>
      {dialogue.meetings.length > 1 && (
        <Field name="meeting" label="Meeting" hint="All of them spoke there. Blank: the day is not known.">
          {(binding) => (
            <Select
              {...binding}
              className="max-w-80"
              placeholder="Day not known"
              defaultValue={typeof meeting === "string" ? meeting : ""}
              options={dialogue.meetings.map(({ number, date, label }) => ({
                value: String(number),
                label: `${formatDay(date)} · ${label}`,
              }))}
            />
          )}
        </Field>
      )}
      {dialogue.meetings.length === 1 && <input type="hidden" name="meeting" value={dialogue.meetings[0]?.number} />}
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton name="step" value="record" pendingLabel="Recording…" data-save="">
          Record {plural(counts.recorded, "statement", "statements")}
        </SubmitButton>
        <ButtonLink variant="quiet" href={`/dialogues/${dialogue.slug}`}>
          Cancel
        </ButtonLink>
        <output className="text-sm text-ink-2">
          {counts.open > 0 ? `${plural(counts.open, "question is", "questions are")} open.` : "Every line is decided."}
        </output>
      </div>
    </>
  );
}
