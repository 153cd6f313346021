import { readText, type ReadText } from "@/features/sources/rules/folding";
import { findQuote } from "@/features/sources/rules/quotes";

/** A paragraph of a stored text: where it starts in the text, in Unicode code points, and its words. */
export type SourceParagraph = { start: number; text: string };

/** What stands between paragraphs that are read as one text. */
const GAP = "\n\n";

/** Paragraphs read as one text, in which words can be found again. */
export type ReadSource = {
  paragraphs: readonly SourceParagraph[];
  starts: number[];
  read: ReadText;
};

/** A stretch of one paragraph, in UTF-16 units, as a browser counts. */
export type Stretch = { paragraph: number; from: number; until: number };

export function readSource(paragraphs: ReadSource["paragraphs"]): ReadSource {
  const starts: number[] = [];
  let at = 0;
  for (const { text } of paragraphs) {
    starts.push(at);
    at += Array.from(text).length + GAP.length;
  }
  return { paragraphs, starts, read: readText(paragraphs.map(({ text }) => text).join(GAP)) };
}

/**
 * Where words stand in a source, by the rule that stores quotations: one stretch per paragraph that they touch; null when they
 * are not in it verbatim. `start` is about where they start in the stored text, when the same words stand more than once.
 */
export function stretchesOf({ paragraphs, starts, read }: ReadSource, quote: string, start?: number): Stretch[] | null {
  if (quote.trim() === "") return null;
  const hint = start === undefined ? {} : { start: joinedPlace({ paragraphs, starts }, start) };
  const { place } = findQuote(read, quote, hint);
  if (!place) return null;
  return paragraphs.flatMap(({ text }, paragraph) => {
    const characters = Array.from(text);
    const first = starts[paragraph] ?? 0;
    const from = Math.max(place.start - first, 0);
    const until = Math.min(place.end - first, characters.length);
    if (from >= until) return [];
    const units = (count: number): number => characters.slice(0, count).join("").length;
    return [{ paragraph, from: units(from), until: units(until) }];
  });
}

/** A place of the stored text, as a place of the paragraphs read as one. */
function joinedPlace({ paragraphs, starts }: Pick<ReadSource, "paragraphs" | "starts">, start: number): number {
  const paragraph = Math.max(
    paragraphs.findLastIndex((one) => one.start <= start),
    0,
  );
  return (starts[paragraph] ?? 0) + Math.max(start - (paragraphs[paragraph]?.start ?? 0), 0);
}

const WORD = /[\p{L}\p{Nd}\p{M}]/u;

/** A stretch of words grown to whole words, without white space around it: only these can be quoted. In UTF-16 units. */
export function wholeWords(text: string, from: number, until: number): { from: number; until: number } {
  const isInside = (at: number): boolean => WORD.test(text.charAt(at - 1)) && WORD.test(text.charAt(at));
  const piece = text.slice(from, until);
  let first = from + (piece.length - piece.trimStart().length);
  let last = from + piece.trimEnd().length;
  if (first >= last) return { from, until: from };
  while (first > 0 && isInside(first)) first -= 1;
  while (last < text.length && isInside(last)) last += 1;
  return { from: first, until: last };
}

/** After these a full stop does not end a sentence. */
const ABBREVIATION =
  /(?:^|[\s(“"])(?:Mr|Mrs|Ms|Dr|Prof|Messrs|St|No|Nos|Art|Arts|para|paras|Gen|Amb|H\.E|U\.N|i\.e|e\.g|cf|vs)\.\s*$/;

/** The sentences of a paragraph, without the white space around them, in UTF-16 units. `language` is a BCP 47 tag. */
export function sentencesOf(text: string, language: string): { from: number; until: number }[] {
  // A browser that knows no sentences takes whole paragraphs.
  if (!("Segmenter" in Intl)) return [{ from: 0, until: text.length }];
  const sentences: { from: number; until: number }[] = [];
  let open = 0;
  for (const { index, segment } of new Intl.Segmenter(language, { granularity: "sentence" }).segment(text)) {
    const end = index + segment.length;
    if (ABBREVIATION.test(segment) && end < text.length) continue;
    const whole = text.slice(open, end);
    const from = open + (whole.length - whole.trimStart().length);
    const until = open + whole.trimEnd().length;
    if (from < until) sentences.push({ from, until });
    open = end;
  }
  return sentences;
}
