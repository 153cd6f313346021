import { firstAtLeast, mayEndAt, mayStartAt, readText, type ReadText } from "@/features/sources/rules/folding";

/** Where words stand in a text: the first character and the one after the last, in Unicode code points from 0. */
export type Place = { start: number; end: number };

/** What says which of several places is meant: words before and after, or about where it starts. */
export type QuoteHint = { prefix?: string; suffix?: string; start?: number };

export type FoundQuote = {
  /** The place that is meant; null when the words stand nowhere. */
  place: Place | null;
  /** Every place where the words stand, in reading order. */
  places: Place[];
  /** True when the letters stand in the text, but only as a part of longer words or numbers. */
  withinWords: boolean;
  /** In words, when the choice among several places rests on nothing that the caller said. */
  note: string | null;
};

/** How far a search for a longer match may fall back, after Knuth, Morris and Pratt: linear on any text. */
function fallbacksOf(words: string): Int32Array {
  const fallbacks = new Int32Array(words.length);
  let length = 0;
  for (let at = 1; at < words.length; at += 1) {
    while (length > 0 && words.charCodeAt(at) !== words.charCodeAt(length)) length = fallbacks[length - 1] ?? 0;
    if (words.charCodeAt(at) === words.charCodeAt(length)) length += 1;
    fallbacks[at] = length;
  }
  return fallbacks;
}

/** Where `words` start in `text`, overlaps included. Not by `indexOf`, whose worst case is the product of both lengths. */
function startsOf(text: string, words: string): number[] {
  if (words.length === 0 || words.length > text.length) return [];
  const fallbacks = fallbacksOf(words);
  const starts: number[] = [];
  let length = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    while (length > 0 && unit !== words.charCodeAt(length)) length = fallbacks[length - 1] ?? 0;
    if (unit === words.charCodeAt(length)) length += 1;
    if (length === words.length) {
      starts.push(at - length + 1);
      length = fallbacks[length - 1] ?? 0;
    }
  }
  return starts;
}

/** The words of a quotation, folded as a text is, without white space around them. */
export function foldWords(quote: string): string {
  return readText(quote).folded.trim();
}

/** Where folded words stand in a folded text, as whole words; and whether they stand in it at all. */
export function occurrences(text: ReadText, words: string): { starts: number[]; withinWords: boolean } {
  const found = startsOf(text.folded, words);
  const starts = found.filter((at) => mayStartAt(text, at) && mayEndAt(text, at + words.length));
  return { starts, withinWords: found.length > 0 && starts.length === 0 };
}

/** The place in the body of what stands in the folded text from `at` on. */
export function placeOf(text: ReadText, at: number, length: number): Place {
  return { start: text.from[at] ?? 0, end: text.to[at + length - 1] ?? 0 };
}

/** The place in the folded text at which a position of the body stands. */
export function foldedAt(text: ReadText, position: number): number {
  return firstAtLeast(text.from, position);
}

/** How far the folded context of a place reaches, in UTF-16 units: a little more than what is stored of it. */
const CONTEXT = 400;

function hasContext(text: ReadText, at: number, length: number, { prefix, suffix }: QuoteHint): boolean {
  const before = text.folded.slice(Math.max(at - CONTEXT, 0), at).trimEnd();
  const after = text.folded.slice(at + length, at + length + CONTEXT).trimStart();
  const [wantedBefore, wantedAfter] = [foldWords(prefix ?? ""), foldWords(suffix ?? "")];
  return before.endsWith(wantedBefore.slice(-CONTEXT / 2)) && after.startsWith(wantedAfter.slice(0, CONTEXT / 2));
}

function nearest(places: Place[], start: number): Place | null {
  return places.reduce<Place | null>(
    (best, place) => (best && Math.abs(best.start - start) <= Math.abs(place.start - start) ? best : place),
    null,
  );
}

/**
 * Where words stand in a text, verbatim. White space, typographic quotation marks, dashes and ellipses, soft hyphens and other
 * invisible characters, ligatures and composed or decomposed letters may differ; a letter, a digit, its case, an accent or a
 * mark of punctuation may not, and the words are whole words. Takes time in proportion to both lengths.
 */
export function findQuote(body: string | ReadText, quote: string, hint: QuoteHint = {}): FoundQuote {
  const text = typeof body === "string" ? readText(body) : body;
  const words = foldWords(quote);
  const { starts, withinWords } = occurrences(text, words);
  const placed = starts.map((at) => ({ at, ...placeOf(text, at, words.length) }));
  const places = placed.map(({ start, end }) => ({ start, end }));
  const found = (place: Place | null, note: string | null = null): FoundQuote => ({ place, places, withinWords, note });
  if (places.length < 2) return found(places[0] ?? null);

  const fitting = placed
    .filter(({ at }) => hasContext(text, at, words.length, hint))
    .map(({ start, end }) => ({ start, end }));
  const left = fitting.length > 0 ? fitting : places;
  if (hint.start !== undefined) return found(nearest(left, hint.start));
  if (fitting.length === 1) return found(left[0] ?? null);
  return found(left[0] ?? null, `These words stand in ${places.length} places of the text; the first is taken.`);
}
