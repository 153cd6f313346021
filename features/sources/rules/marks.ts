import { readText, sliceOf } from "@/features/sources/rules/folding";
import { layoutOf, type Paragraph } from "@/features/sources/rules/selectors";

/** A quotation's place in a text, in code points. */
export type Mark = { id: string; start: number; end: number };

/** A part of a paragraph that the same quotations cover; `begins` are those whose first words it holds. */
export type Piece = { text: string; marks: string[]; begins: string[] };

export type MarkedParagraph = Pick<Paragraph, "number" | "start" | "page"> & { newPage: boolean; pieces: Piece[] };

function piecesOf(
  paragraph: Paragraph,
  marks: readonly Mark[],
  slice: (start: number, end: number) => string,
): Piece[] {
  const { start, end } = paragraph;
  const within = marks.filter((mark) => mark.start < end && mark.end > start);
  const cuts = new Set([start, end]);
  for (const mark of within) {
    cuts.add(Math.max(mark.start, start));
    cuts.add(Math.min(mark.end, end));
  }
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(1).map((to, index) => {
    const from = places[index] ?? start;
    return {
      text: slice(from, to),
      marks: within.filter((mark) => mark.start < to && mark.end > from).map(({ id }) => id),
      begins: within.filter((mark) => mark.start === from).map(({ id }) => id),
    };
  });
}

/** A text in numbered paragraphs, cut where quotations begin and end; quotations may overlap. */
export function markedParagraphs(body: string, marks: readonly Mark[]): MarkedParagraph[] {
  const text = readText(body);
  const { paragraphs } = layoutOf(body);
  return paragraphs.map((paragraph, index) => {
    const { number, start, page } = paragraph;
    const newPage = page !== null && page !== paragraphs[index - 1]?.page;
    return { number, start, page, newPage, pieces: piecesOf(paragraph, marks, (from, to) => sliceOf(text, from, to)) };
  });
}
