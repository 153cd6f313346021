"use client";

import { useActionState, useRef, useState, type ReactNode } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { Kbd } from "@/components/ui/kbd";
import { KeyHints } from "@/components/ui/key-hints";
import { KeyedForm } from "@/components/ui/keyed-form";
import { Notice } from "@/components/ui/notice";
import { EnterSaves } from "@/components/ui/save-line";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextArea } from "@/components/ui/text-area";
import { TwoVersions } from "@/components/ui/two-versions";
import { submitCodingAction } from "@/features/positions/actions";
import { REASONS } from "@/features/positions/components/coding-row";
import { IssueCard, type CodedIssue } from "@/features/positions/components/issue-card";
import { useDeskKeys } from "@/features/positions/components/desk-keys";
import { useSource } from "@/features/positions/components/use-source";
import { codingValues, rowsOf, strayCodings, versionsOfCoding, issueField } from "@/features/positions/formats/coding";
import type { StatementPositions } from "@/features/positions/queries/statement";
import { NOT_ADDRESSED } from "@/features/positions/schema";
import { formValues, type FormValues } from "@/lib/form";
import { initialFormState, issueAt } from "@/lib/form-state";
import { rowCount } from "@/lib/form-step";
import { plural } from "@/lib/format";

const REASONS_OFTEN_GIVEN = [
  "No text was given out; this is from notes taken in the room.",
  "Known from a summary by others; the words are not stored.",
  "Follows from the statement as a whole, not from single words.",
];

type CodingDeskProps = {
  /** The text to code from, or what is to be done where there is none. */
  source: ReactNode;
  /** Id of the text that is shown. */
  text: string | null;
  issues: readonly CodedIssue[];
  /** Number of the version of the codebook that they are from. */
  codebook: number;
  coding: StatementPositions;
  /** A draft of this form, to go on with. */
  draft: FormValues | undefined;
  /** Whether another statement of the dialogue waits to be coded. */
  hasNext: boolean;
};

/**
 * The coding desk: the source on one side, a card for each issue of the codebook on the other. A plain form without JavaScript;
 * with it every step has a key, and words that are selected in the source become the quotation.
 */
export function CodingDesk({ source, text, issues, codebook, coding, draft, hasNext }: CodingDeskProps) {
  const [state, submit] = useActionState(
    submitCodingAction,
    initialFormState<void>(draft ?? codingValues(coding, issues)),
  );
  const desk = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(issues[0]?.code ?? "");
  const [typed, setTyped] = useState<{ attempt: number; values: FormValues } | null>(null);
  // A refused form is shown anew, from the values that came back.
  const values = typed?.attempt === state.attempt ? typed.values : state.values;
  const [attach, pane] = useSource(text, { values, active, issues });
  const { hints, said } = useDeskKeys({ desk, issues, active, setActive, pane });
  const current = state.status === "stale" ? (state.current as StatementPositions) : null;
  const textOf = (name: string): string | undefined => {
    const value = state.values[name];
    return typeof value === "string" ? value : undefined;
  };
  const read = (form: HTMLFormElement): void =>
    setTyped({ attempt: state.attempt, values: formValues(new FormData(form)) });

  return (
    <>
      <div ref={desk} className="coding-desk" data-live={pane.marks || undefined}>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the keyboard scrolls it, and selects in it */}
        <section ref={attach} className="coding-source" aria-label="Source" tabIndex={0} data-pane="">
          {source}
        </section>
        <KeyedForm
          key={state.attempt}
          action={submit}
          className="coding-form"
          noValidate
          onInput={(event) => read(event.currentTarget)}
          onChange={(event) => read(event.currentTarget)}
        >
          <div className="grid gap-2.5 p-4">
            <EnterSaves />
            {state.status === "error" && (
              <ErrorSummary issues={state.issues} message={state.issues.length > 0 ? null : state.message} />
            )}
            {current && <TwoVersions what="coding" versions={versionsOfCoding(state.values, current, issues)} />}
            <Strays values={state.values} issues={issues} />
            <input type="hidden" name="statement" value={coding.statement} />
            <input type="hidden" name="version" value={current?.version ?? textOf("version") ?? coding.version} />
            <input type="hidden" name="codebook" value={codebook} />
            <datalist id={REASONS} aria-label="Reasons that are often given">
              {REASONS_OFTEN_GIVEN.map((reason) => (
                <option key={reason}>{reason}</option>
              ))}
            </datalist>
            {issues.map((issue) => (
              <IssueCard
                key={issue.code}
                issue={issue}
                active={issue.code === active}
                initial={rowsOf(state.values, issue.code)}
                rows={rowsOf(values, issue.code)}
                count={rowCount(state.values, issueField(issue.code))}
                quoteOf={pane.quoteOf}
                errorOf={(name) => issueAt(state, name)}
              />
            ))}
            <Field name="memo" label="Memo about the statement as a whole" error={issueAt(state, "memo")}>
              {(binding) => <TextArea {...binding} rows={2} defaultValue={textOf("memo")} />}
            </Field>
          </div>
          <footer className="coding-foot grid gap-2 px-4 py-2.5">
            <p className="text-sm text-ink-2">{summaryOf(values, issues)}</p>
            <div className="flex flex-wrap items-center gap-2.5">
              <SubmitButton data-save="" name="after" value={hasNext ? "next" : "stay"} pendingLabel="Submitting…">
                {submitLabel(current !== null, hasNext)}
              </SubmitButton>
              {hasNext && (
                <SubmitButton variant="default" name="after" value="stay" pendingLabel="Submitting…">
                  Submit
                </SubmitButton>
              )}
            </div>
          </footer>
        </KeyedForm>
      </div>
      <div className="no-print flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-ink-3">
        <p className="pointer-coarse:hidden">
          <Kbd>j</Kbd> <Kbd>k</Kbd> next, previous issue · <Kbd>1</Kbd>–<Kbd>5</Kbd> position · <Kbd>0</Kbd> not
          addressed · <Kbd>s</Kbd> select in the source · <Kbd>q</Kbd> quote selection · <Kbd>m</Kbd> mention ·{" "}
          <Kbd>n</Kbd> note · <Kbd>Shift</Kbd> <Kbd>Enter</Kbd> submit
        </p>
        <KeyHints hints={hints} />
      </div>
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
    </>
  );
}

function submitLabel(stale: boolean, hasNext: boolean): string {
  if (stale) return "Submit this version";
  return hasNext ? "Submit, next statement" : "Submit";
}

/** "3 coded · 4 not addressed · 22 undecided, which are submitted as not addressed". */
function summaryOf(values: FormValues, issues: readonly CodedIssue[]): string {
  const says = issues.map(({ code }) => rowsOf(values, code));
  const coded = says.filter((rows) =>
    rows.some(({ kind, value }) => (value && value !== NOT_ADDRESSED) || (kind && kind !== "position")),
  ).length;
  const decided = says.filter((rows) => rows.some(({ value }) => value !== undefined)).length;
  const open = issues.length - Math.max(decided, coded);
  const parts = [`${coded} of ${plural(issues.length, "issue", "issues")} coded`];
  if (open > 0) parts.push(`${open} undecided: submitted as not addressed`);
  return parts.join(" · ");
}

/** What a draft says on issues that the codebook does not have any more: shown, so that it is not lost. */
function Strays({ values, issues }: { values: FormValues; issues: readonly CodedIssue[] }) {
  const strays = strayCodings(values, issues);
  if (strays.length === 0) return null;
  return (
    <Notice tone="warn" title="Your draft speaks of issues that the codebook no longer has. It is not submitted:">
      <dl className="mt-1 grid gap-1">
        {strays.map(({ code, words }) => (
          <div key={code}>
            <dt className="font-medium">{code}</dt>
            <dd className="whitespace-pre-line">{words}</dd>
          </div>
        ))}
      </dl>
    </Notice>
  );
}
