import {
  AlignmentType,
  BorderStyle,
  Document,
  ExternalHyperlink,
  Footer,
  HeadingLevel,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from "docx";
import { batches, type AboutLine, type Cell, type Column } from "@/lib/formats/file";
import { xmlEscaped, xmlText } from "@/lib/formats/xml";
import { openShell, textOf, withContent } from "@/lib/formats/zip";

export const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/** A document of a title, a sentence, lines about it and one table. */
export type TextDocument = {
  title: string;
  lead: string;
  about: AboutLine[];
  columns: Column[];
  /** How many rows there are; without any, `none` stands in place of the table. */
  count: number;
  none: string;
  rows: Iterable<Cell[]>;
};

const TABLE_PART = "word/document.xml";
const RIGHT_TO_LEFT = /\p{Script=Arabic}|\p{Script=Hebrew}|\p{Script=Syriac}|\p{Script=Thaana}|\p{Script=Nko}/u;

// All in twentieths of a point, as the format measures.
const MARGIN = 850;
const A4 = { width: 11_906, height: 16_838 };
const A3 = { width: 16_838, height: 23_811 };

/** A page on which that many columns can be read: A4 upright, A4 across, A3 across. */
function pageFor(columns: number) {
  const across = columns > 6;
  const size = columns > 12 ? A3 : A4;
  const wide = (across ? size.height : size.width) - 2 * MARGIN;
  return { size: { ...size, orientation: across ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT }, wide };
}

/** The room shared out by the width that each column asks for: none is too narrow for a word of its heading, none takes it all. */
function widthsOf(columns: Column[], wide: number): number[] {
  const asked = columns.map(({ title, width }) => {
    const longest = Math.max(...title.split(" ").map((word) => word.length));
    return Math.max(Math.min(width, 34), 3 + 1.7 * longest);
  });
  const all = asked.reduce((sum, width) => sum + width, 0);
  return asked.map((width) => Math.floor((wide * width) / all));
}

/** Whether the first letter of the text belongs to a script that is written from right to left. */
function isRightToLeft(text: string): boolean {
  return RIGHT_TO_LEFT.test(/\p{L}/u.exec(text)?.[0] ?? "");
}

function runOf(value: Cell): TextRun | ExternalHyperlink {
  const text = xmlText(String(value ?? ""));
  if (!/^https?:\/\//.test(text)) return new TextRun({ text, ...(isRightToLeft(text) ? { rightToLeft: true } : {}) });
  return new ExternalHyperlink({ link: text, children: [new TextRun({ text, style: "Hyperlink" })] });
}

const HAIRLINE = { style: BorderStyle.SINGLE, size: 4, color: "B8C0CC" };
const NO_LINE = { style: BorderStyle.NONE, size: 0, color: "auto" };
const BORDERS = {
  top: HAIRLINE,
  bottom: HAIRLINE,
  left: NO_LINE,
  right: NO_LINE,
  insideHorizontal: HAIRLINE,
  insideVertical: NO_LINE,
};

type Manner = "heading" | "left-to-right" | "right-to-left";

function rowOf(texts: string[], columns: Column[], widths: number[], manner: Manner): TableRow {
  const heading = manner === "heading";
  const [paragraph, run] = manner === "right-to-left" ? [{ bidirectional: true }, { rightToLeft: true }] : [{}, {}];
  return new TableRow({
    ...(heading ? { tableHeader: true } : {}),
    cantSplit: true,
    children: texts.map(
      (text, column) =>
        new TableCell({
          width: { size: widths[column] ?? 0, type: WidthType.DXA },
          ...(heading ? { shading: { fill: "E7ECF3" } } : {}),
          children: [
            new Paragraph({
              style: "Cell",
              ...(columns[column]?.numeric ? { alignment: AlignmentType.END } : {}),
              ...paragraph,
              children: [new TextRun({ text, ...run, ...(heading ? { bold: true } : {}) })],
            }),
          ],
        }),
    ),
  });
}

/** The table with its header row and two rows to copy: one for texts from left to right, one for texts from right to left. */
function tableOf(columns: Column[], wide: number): Table {
  const widths = widthsOf(columns, wide);
  const titles = columns.map(({ title }) => xmlText(title));
  const sample = columns.map(() => "x");
  return new Table({
    width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    borders: BORDERS,
    margins: { top: 30, bottom: 30, left: 60, right: 60 },
    rows: [
      rowOf(titles, columns, widths, "heading"),
      rowOf(sample, columns, widths, "left-to-right"),
      rowOf(sample, columns, widths, "right-to-left"),
    ],
  });
}

async function shellOf({ title, lead, about, columns, count, none }: TextDocument) {
  const { size, wide } = pageFor(columns.length);
  const plainTitle = xmlText(title);
  const footer = new Paragraph({
    alignment: AlignmentType.RIGHT,
    style: "Small",
    children: [
      new TextRun({ children: [`${plainTitle} · Page `, PageNumber.CURRENT, " of ", PageNumber.TOTAL_PAGES] }),
    ],
  });
  const document = new Document({
    title: plainTitle,
    creator: "Rostrum",
    styles: {
      default: {
        document: { run: { font: "Calibri", size: 21, language: { value: "en-GB" } } },
        title: { run: { size: 36, bold: true }, paragraph: { spacing: { after: 120 } } },
      },
      paragraphStyles: [
        { id: "Lead", name: "Lead", basedOn: "Normal", run: { size: 26 }, paragraph: { spacing: { after: 200 } } },
        {
          id: "Small",
          name: "Small",
          basedOn: "Normal",
          run: { size: 17, color: "4A5361" },
          paragraph: { spacing: { after: 30 } },
        },
        { id: "Cell", name: "Cell", basedOn: "Normal", run: { size: 16 } },
      ],
    },
    sections: [
      {
        properties: {
          page: { size, margin: { top: MARGIN, bottom: MARGIN + 400, left: MARGIN, right: MARGIN, footer: 500 } },
        },
        footers: { default: new Footer({ children: [footer] }) },
        children: [
          new Paragraph({ heading: HeadingLevel.TITLE, children: [runOf(plainTitle)] }),
          new Paragraph({ style: "Lead", children: [runOf(lead)] }),
          ...about.map(
            ({ label, value }) =>
              new Paragraph({
                style: "Small",
                children: [new TextRun({ text: `${xmlText(label)}: `, bold: true }), runOf(value)],
              }),
          ),
          new Paragraph({ style: "Small", children: [] }),
          count === 0 ? new Paragraph({ children: [runOf(none)] }) : tableOf(columns, wide),
        ],
      },
    ],
  });
  return openShell(new Uint8Array(await Packer.toArrayBuffer(document)));
}

/** One cell of a row to copy, as the texts around its own. */
type Frame = { before: string; after: string };

function framesOf(row: string): Frame[] {
  return [...row.matchAll(/<w:tc>.*?<\/w:tc>/gs)].map(([cell]) => {
    const [before = "", after = ""] = cell.split(/<w:t(?: [^>]*)?>x<\/w:t>/);
    return { before, after };
  });
}

function contentOf(cell: Cell): string {
  if (cell === null) return "";
  return xmlEscaped(String(cell))
    .split(/(\n|\t)/)
    .map((part) => {
      if (part === "\n") return "<w:br/>";
      if (part === "\t") return "<w:tab/>";
      return part === "" ? "" : `<w:t xml:space="preserve">${part}</w:t>`;
    })
    .join("");
}

/**
 * A document as Office Open XML: upright on A4 with up to six columns, across with up to twelve, on A3 beyond; the header
 * row is repeated and the pages are numbered. Its shell is made as a whole, the rows of the table while they are read.
 * Characters that XML forbids become U+FFFD.
 */
export async function* docxFile(document: TextDocument): AsyncGenerator<Uint8Array> {
  const shell = await shellOf(document);
  const text = textOf(shell, TABLE_PART);
  if (document.count === 0) {
    yield* withContent(shell, TABLE_PART, [text]);
    return;
  }
  // Texts of others are escaped: no other tag of a row can be in it. The table is the last thing before the section's end.
  const end = text.lastIndexOf("</w:tr>") + "</w:tr>".length;
  const second = text.lastIndexOf("<w:tr>");
  const first = text.lastIndexOf("<w:tr>", second - 1);
  const leftToRight = framesOf(text.slice(first, second));
  const rightToLeft = framesOf(text.slice(second, end));
  const open = text.slice(first, text.indexOf("<w:tc>", first));

  function rowXml(cells: Cell[]): string {
    const parts = cells.map((cell, column) => {
      const frames = typeof cell === "string" && isRightToLeft(cell) ? rightToLeft : leftToRight;
      const { before, after } = frames[column] ?? { before: "", after: "" };
      return before + contentOf(cell) + after;
    });
    return `${open}${parts.join("")}</w:tr>`;
  }

  function* content(): Generator<string> {
    yield text.slice(0, first);
    for (const batch of batches(document.rows)) yield batch.map(rowXml).join("");
    yield text.slice(end);
  }
  yield* withContent(shell, TABLE_PART, content());
}
