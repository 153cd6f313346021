import { diffLines, diffWordsWithSpace } from "diff";

/** A run of text that both versions have, or one of them. `left` counts characters that are not shown. */
export type Change = { kind: "same" | "added" | "removed"; text: string; left: number };

/** Milliseconds for a comparison by words; longer ones are made by lines. */
const TIME = 2000;
/** Longer runs that did not change are shown by their ends. */
const SHOWN = 160;

type Part = { value: string; added?: boolean; removed?: boolean };

function changeOf({ value, added, removed }: Part): Change {
  if (added || removed) return { kind: added ? "added" : "removed", text: value, left: 0 };
  return { kind: "same", text: value, left: 0 };
}

/** A long run of what did not change as its beginning, a count, and its end. */
function shortened(change: Change, index: number, all: Change[]): Change[] {
  const { kind, text } = change;
  if (kind !== "same" || text.length <= 3 * SHOWN) return [change];
  const start = index === 0 ? "" : text.slice(0, SHOWN);
  const end = index === all.length - 1 ? "" : text.slice(-SHOWN);
  const left = text.length - start.length - end.length;
  return [
    { kind, text: start.toWellFormed(), left: 0 },
    { kind, text: "", left },
    { kind, text: end.toWellFormed(), left: 0 },
  ].filter((one) => one.text !== "" || one.left > 0);
}

/** What one version of a text has that another has not, word by word; in the words of the language where it needs no spaces. */
export function compareTexts(before: string, after: string, language: string): Change[] {
  const intlSegmenter = /^(?:zh|ja|th|lo|km|my)\b/.test(language)
    ? new Intl.Segmenter(language, { granularity: "word" })
    : undefined;
  const byWords = diffWordsWithSpace(before, after, { timeout: TIME, ...(intlSegmenter ? { intlSegmenter } : {}) });
  const parts: Part[] = byWords ??
    diffLines(before, after, { timeout: 2 * TIME }) ?? [
      { value: before, removed: true },
      { value: after, added: true },
    ];
  return parts.map(changeOf).flatMap(shortened);
}
