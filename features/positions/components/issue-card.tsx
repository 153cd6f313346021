"use client";

import { Disclosure } from "@/components/ui/disclosure";
import { VALUE_NAMES } from "@/features/codebook/schema";
import type { IssueDto } from "@/features/codebook/schema";
import { CodingRow, KindSelect, type QuoteState } from "@/features/positions/components/coding-row";
import { issueField, type RowValues } from "@/features/positions/formats/coding";
import { ADD_ROW, rowCountName } from "@/lib/form-step";

/** What the desk shows of an issue. */
export type CodedIssue = Pick<IssueDto, "code" | "title" | "definition" | "include" | "exclude" | "examples" | "scale">;

type IssueCardProps = {
  issue: CodedIssue;
  /** Whether the keys mean this issue. */
  active: boolean;
  initial: readonly RowValues[];
  rows: readonly RowValues[];
  /** How many rows to show, blank ones included. */
  count: number;
  quoteOf: (row: RowValues) => QuoteState | null;
  errorOf: (name: string) => string | undefined;
};

/** The id of an issue's card. */
export function cardId(code: string): string {
  return `card-${code}`;
}

/** One issue of the codebook with what the statement says on it. */
export function IssueCard({ issue, active, initial, rows, count, quoteOf, errorOf }: IssueCardProps) {
  const { code, title, definition, scale } = issue;
  const field = issueField(code);
  return (
    <section
      id={cardId(code)}
      className="coding-card"
      aria-labelledby={`${cardId(code)}-title`}
      aria-current={active || undefined}
      data-active={active || undefined}
      data-code={code}
      tabIndex={-1}
    >
      <header className="flex items-baseline justify-between gap-3">
        <h3 id={`${cardId(code)}-title`}>{title}</h3>
        <KindSelect name={`${field}.0`} title={title} initial={initial[0] ?? {}} error={errorOf(`${field}.0.kind`)} />
      </header>
      <p className="text-sm text-ink-2">{definition}</p>
      <BelongsHere issue={issue} />
      <div className="coding-rows mt-2 grid gap-4">
        {Array.from({ length: count }, (_, index) => (
          <CodingRow
            key={index}
            name={`${field}.${index}`}
            title={index === 0 ? title : `${title}, coding ${index + 1}`}
            scale={scale}
            further={index > 0}
            initial={initial[index] ?? {}}
            row={rows[index] ?? {}}
            quote={quoteOf(rows[index] ?? {})}
            errorOf={(name) => errorOf(`${field}.${index}.${name}`)}
          />
        ))}
      </div>
      <input type="hidden" name={rowCountName(field)} value={count} />
      {count < 3 &&
        rows.some(({ kind, value }) => (value ?? "none") !== "none" || (kind ?? "position") !== "position") && (
          <button type="submit" name={ADD_ROW} value={field} formNoValidate className="btn mt-2" data-variant="quiet">
            Code another kind here
          </button>
        )}
    </section>
  );
}

function BelongsHere({ issue: { include, exclude, examples, scale } }: { issue: CodedIssue }) {
  return (
    <Disclosure summary="What belongs here" className="mt-1 text-sm">
      <dl className="grid gap-x-3 gap-y-1 pb-1 sm:grid-cols-[max-content_minmax(0,1fr)]">
        {[
          { term: "Include", text: include },
          { term: "Exclude", text: exclude },
          ...scale.map(({ value, meaning }) => ({ term: VALUE_NAMES[value], text: meaning })),
          { term: "Examples", text: examples.join("; ") },
        ].map(
          ({ term, text }) =>
            text && (
              <div key={term} className="contents">
                <dt className="text-ink-3">{term}</dt>
                <dd className="mb-1 sm:mb-0">{text}</dd>
              </div>
            ),
        )}
      </dl>
    </Disclosure>
  );
}
