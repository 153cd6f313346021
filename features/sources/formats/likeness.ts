import search from "approx-string-match";
import { foldWords } from "@/features/sources/rules/quotes";
import { layoutOf } from "@/features/sources/rules/selectors";
import { readText, sliceOf } from "@/features/sources/rules/folding";

/** Most characters of an orphan that are looked for, and of the paragraph in which they are. */
const LONGEST = 400;
const LONGEST_PARAGRAPH = 4000;
/** So many of a hundred words have to be the same. */
const ENOUGH = 0.5;

function wordsOf(text: string): Set<string> {
  return new Set(
    foldWords(text)
      .toLowerCase()
      .match(/[\p{L}\p{N}\p{M}]+/gu),
  );
}

/** How many of the words stand in the text. */
function share(words: Set<string>, text: string): number {
  const there = wordsOf(text);
  return words.size === 0 ? 0 : [...words].filter((word) => there.has(word)).length / words.size;
}

/** Words from one place to another of a paragraph, whole ones. */
function wholeWords(paragraph: string, start: number, end: number): string {
  const isWord = (character: string | undefined): boolean =>
    character !== undefined && /[\p{L}\p{N}\p{M}]/u.test(character);
  let from = start;
  let to = end;
  while (from > 0 && isWord(paragraph[from - 1]) && isWord(paragraph[from])) from -= 1;
  while (to < paragraph.length && isWord(paragraph[to - 1]) && isWord(paragraph[to])) to += 1;
  return paragraph.slice(from, to).trim();
}

/**
 * The words of a text that are most like those of an orphan, for a person to look at; null when none are much like them.
 * Never used to move a quotation.
 */
export function mostLike(body: string, exact: string): string | null {
  const words = wordsOf(exact);
  const text = readText(body);
  let best = { share: 0, paragraph: "" };
  for (const { start, end } of layoutOf(body).paragraphs) {
    const paragraph = sliceOf(text, start, end);
    const found = share(words, paragraph);
    if (found > best.share) best = { share: found, paragraph };
  }
  if (best.share < ENOUGH || best.paragraph.length > LONGEST_PARAGRAPH || exact.length > LONGEST) return null;
  const matches = search(best.paragraph, exact, Math.ceil(exact.length / 3));
  const [closest] = matches.toSorted((a, b) => a.errors - b.errors || b.end - b.start - (a.end - a.start));
  return closest ? wholeWords(best.paragraph, closest.start, closest.end) : null;
}
