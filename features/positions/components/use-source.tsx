"use client";

import { useCallback, useEffect, useMemo, useState } from "react";
import type { QuoteState } from "@/features/positions/components/coding-row";
import type { CodedIssue } from "@/features/positions/components/issue-card";
import { SourceText, type Selected } from "@/features/positions/components/source-text";
import { rowsOf, type RowValues } from "@/features/positions/formats/coding";
import type { FormValues } from "@/lib/form";

/** What the form needs of the source beside it. */
export type Pane = {
  /** Null before the page is alive, and where there is no text. */
  source: SourceText | null;
  /** Whether the browser marks quotations by itself. */
  marks: boolean;
  /** Where the words of a coding stand, in words; null where nothing is quoted or known. */
  quoteOf: (row: RowValues) => QuoteState | null;
  /** The words that were selected last, also when the focus has gone elsewhere. */
  held: () => Selected | null;
  /** Forgets them, once they are used. */
  release: () => void;
};

type Attach = (element: HTMLElement | null) => void;
type Shown = { values: FormValues; active: string; issues: readonly CodedIssue[] };

/**
 * Reads the source that stands beside the form, marks in it what the form quotes, and keeps what is selected. The first of the
 * two is the ref of the element that the source stands in.
 */
export function useSource(text: string | null, { values, active, issues }: Shown): [Attach, Pane] {
  const [source, setSource] = useState<SourceText | null>(null);
  const [last, setLast] = useState<{ source: SourceText; selected: Selected } | null>(null);
  const held = last !== null && last.source === source ? last.selected : null;
  const marks = source !== null && "highlights" in CSS;

  // Attached anew when another text is shown.
  const attach = useCallback(
    (element: HTMLElement | null) => setSource(element && text !== null ? new SourceText(element) : null),
    [text],
  );

  useEffect(() => {
    if (!source) return;
    const keep = () => {
      const selected = source.selected();
      if (selected) setLast({ source, selected });
    };
    document.addEventListener("selectionchange", keep);
    return () => document.removeEventListener("selectionchange", keep);
  }, [source]);

  useEffect(() => {
    if (!source || !marks) return;
    const rangesOf = (codes: readonly string[]): Range[] =>
      codes.flatMap((code) => rowsOf(values, code)).flatMap((row) => source.rangesOf(stretchesOf(source, row) ?? []));
    const others = issues.map(({ code }) => code).filter((code) => code !== active);
    CSS.highlights.set("quoted", new Highlight(...rangesOf(others)));
    CSS.highlights.set("quoted-here", new Highlight(...rangesOf([active])));
    CSS.highlights.set("held", new Highlight(...(held?.ranges ?? [])));
    return () => CSS.highlights.clear();
  }, [source, marks, values, active, issues, held]);

  const pane = useMemo(
    (): Pane => ({
      source,
      marks,
      quoteOf: (row) => quoteState(source, row),
      held: () => source?.selected() ?? held,
      release: () => {
        setLast(null);
        document.getSelection()?.removeAllRanges();
      },
    }),
    [source, marks, held],
  );
  return [attach, pane];
}

/** Words from another text of the statement cannot be looked for in this one. */
function isElsewhere(source: SourceText, { quote, quoted, text }: RowValues): boolean {
  return text !== undefined && text !== source.id && quote === quoted;
}

function stretchesOf(source: SourceText, row: RowValues) {
  if (!row.quote || isElsewhere(source, row)) return null;
  const start = row.quote === row.quoted && row.start !== undefined ? Number(row.start) : undefined;
  return source.find(row.quote, start);
}

function quoteState(source: SourceText | null, row: RowValues): QuoteState | null {
  if (!source || !row.quote) return null;
  if (isElsewhere(source, row)) return { found: true, words: "From another text of this statement" };
  const stretches = stretchesOf(source, row);
  return stretches
    ? { found: true, words: `Paragraph ${source.paragraphOf(stretches)} · found verbatim in the source` }
    : { found: false, words: "Not in this text. A quotation is verbatim: select the words and press q." };
}
