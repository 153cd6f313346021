import { clsx } from "clsx";
import { directionOf } from "@/features/sources/formats/form";
import type { TextDto } from "@/features/sources/queries/texts";
import { markedParagraphs, type MarkedParagraph, type Piece } from "@/features/sources/rules/marks";

type ReadingTextProps = {
  text: TextDto;
  /** The quotation that a link leads to. */
  shown?: string | undefined;
};

/** A text of more paragraphs is laid out as it comes into view. */
const LONG = 200;

/** A text to be read: numbered paragraphs, its pages, and what was quoted from it marked. */
export function ReadingText({ text, shown }: ReadingTextProps) {
  const marks = text.quotations.flatMap(({ id, start, end }) =>
    start === null || end === null ? [] : [{ id, start, end }],
  );
  const paragraphs = markedParagraphs(text.text, marks);
  return (
    <article
      id="reading"
      lang={text.language}
      dir={directionOf(text.language)}
      data-text={text.id}
      aria-label="Text"
      className="max-w-read font-text text-read"
    >
      {paragraphs.map((paragraph) => (
        <Paragraph key={paragraph.number} paragraph={paragraph} shown={shown} isLong={paragraphs.length > LONG} />
      ))}
    </article>
  );
}

type ParagraphProps = { paragraph: MarkedParagraph; shown: string | undefined; isLong: boolean };

function Paragraph({ paragraph, shown, isLong }: ParagraphProps) {
  const { number, page, newPage, pieces, start } = paragraph;
  return (
    <div className={clsx("relative ps-10", isLong && "long-text")}>
      {newPage && (
        <p dir="ltr" className="mt-6 mb-2 border-t border-line pt-1 font-ui text-xs text-ink-3">
          Page {page}
        </p>
      )}
      <a
        href={`#paragraph-${number}`}
        aria-label={`Paragraph ${number}`}
        className="absolute start-0 w-7 pt-1 text-end font-ui text-xs text-ink-3 no-underline"
      >
        {number}
      </a>
      <p id={`paragraph-${number}`} data-paragraph={number} data-start={start} className="mb-3">
        {pieces.map((piece, index) => (
          <PieceOfText key={index} piece={piece} shown={shown} />
        ))}
      </p>
    </div>
  );
}

/** Characters that a page would show as none or take for another: each as one space, so that places stay where they are. */
function printable(text: string): string {
  return text.replaceAll(/[\f\r]/g, " ");
}

function PieceOfText({ piece: { text, marks, begins }, shown }: { piece: Piece; shown: string | undefined }) {
  if (marks.length === 0) return printable(text);
  const isShown = shown !== undefined && marks.includes(shown);
  return (
    <>
      {begins.map((id) => (
        <span key={id} id={`quotation-${id}`} />
      ))}
      <mark className={clsx(isShown && "mark-shown")} {...(isShown ? { "data-shown": "" } : {})}>
        {printable(text)}
      </mark>
    </>
  );
}
