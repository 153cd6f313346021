import { firstAtLeast, readText, sliceOf, type ReadText } from "@/features/sources/rules/folding";
import type { Place } from "@/features/sources/rules/quotes";

/**
 * Where a quotation stands and what it says: a TextQuoteSelector and a TextPositionSelector of the W3C Web Annotation Data
 * Model, with the paragraph and page that a reader looks for. Positions count Unicode code points from 0, paragraphs and pages
 * from 1; the page is null in a text without form feeds.
 */
export type Selectors = {
  exact: string;
  prefix: string;
  suffix: string;
  start: number;
  end: number;
  paragraph: number;
  page: number | null;
};

/** Characters of context that are kept on either side. */
const CONTEXT = 64;

/** A paragraph of a text: what stands between blank lines; where there is none, each line. */
export type Paragraph = Place & { number: number; page: number | null };

export type Layout = { paragraphs: Paragraph[]; paragraphEnds: number[]; pageStarts: number[] };

function isLineEnd(character: string): boolean {
  return character === "\n" || character === "\r" || character === "\u2028" || character === "\u2029";
}

function isBlank(character: string): boolean {
  // Most characters of most texts are settled by the first comparison.
  return (character <= " " || character > "~") && /\s/.test(character);
}

/** The runs of a text between gaps of white space that have at least `lines` line ends. */
function runsOf(characters: readonly string[], lines: number): Place[] {
  const runs: Place[] = [];
  let start = -1;
  let end = 0;
  let ends = 0;
  for (const [at, character] of characters.entries()) {
    if (isBlank(character)) {
      const second = character === "\n" && characters[at - 1] === "\r";
      if (isLineEnd(character) && !second) ends += 1;
      continue;
    }
    if (start >= 0 && ends >= lines) {
      runs.push({ start, end });
      start = -1;
    }
    if (start < 0) start = at;
    end = at + 1;
    ends = 0;
  }
  if (start >= 0) runs.push({ start, end });
  return runs;
}

/** How a text is divided into paragraphs and pages. */
export function layoutOf(body: string): Layout {
  const characters = Array.from(body);
  const byBlankLines = runsOf(characters, 2);
  const runs = byBlankLines.length > 1 ? byBlankLines : runsOf(characters, 1);
  const pageStarts = characters.flatMap((character, at) => (character === "\f" ? [at + 1] : []));
  const paragraphs = runs.map((run, index) => ({ ...run, number: index + 1, page: pageAt(pageStarts, run.start) }));
  return { paragraphs, paragraphEnds: paragraphs.map(({ end }) => end), pageStarts };
}

function pageAt(pageStarts: number[], position: number): number | null {
  return pageStarts.length === 0 ? null : firstAtLeast(pageStarts, position + 1) + 1;
}

function paragraphAt({ paragraphEnds }: Layout, position: number): number {
  return Math.min(firstAtLeast(paragraphEnds, position + 1) + 1, Math.max(paragraphEnds.length, 1));
}

/** The selectors of what stands between two positions of a text. */
export function selectorsOf(
  body: string | ReadText,
  start: number,
  end: number,
  layout: Layout = layoutOf(typeof body === "string" ? body : body.body),
): Selectors {
  const text = typeof body === "string" ? readText(body) : body;
  return {
    exact: sliceOf(text, start, end),
    prefix: sliceOf(text, Math.max(start - CONTEXT, 0), start),
    suffix: sliceOf(text, end, Math.min(end + CONTEXT, text.length)),
    start,
    end,
    paragraph: paragraphAt(layout, start),
    page: pageAt(layout.pageStarts, start),
  };
}
