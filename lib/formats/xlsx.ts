import { cellRef, rangeRef, writeXlsx } from "hucre/xlsx";
import { batches, type AboutLine, type Cell, type Column } from "@/lib/formats/file";
import { xmlEscaped, xmlText } from "@/lib/formats/xml";
import { openShell, textOf, withContent } from "@/lib/formats/zip";

export const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** A workbook: a sheet about the file, and a sheet with the table. */
export type Workbook = {
  title: string;
  /** Address in a line that starts with http becomes a link. */
  about: AboutLine[];
  /** Name of the table's sheet, at most 31 characters. */
  sheet: string;
  columns: Column[];
  /** How many rows there are. */
  count: number;
  rows: Iterable<Cell[]>;
};

const LONGEST_CELL = 32_767;
const CUT = " … (cut: a cell holds no more; the CSV has all)";
const TABLE_PART = "xl/worksheets/sheet2.xml";

/**
 * Text as a cell holds it. Excel refuses a file with a longer cell, and reads "_x0041_" as the character with that
 * number: such a text gets its underscore written as one (ECMA-376 part 1, 22.4.2.4, ST_Xstring).
 */
function cellText(text: string): string {
  const kept = text.length > LONGEST_CELL ? text.slice(0, LONGEST_CELL - CUT.length) + CUT : text;
  return xmlText(kept).replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_");
}

function rowXml(cells: Cell[], place: number): string {
  const parts = cells.map((cell, column) => {
    if (cell === null || cell === "") return "";
    const ref = cellRef(place, column);
    if (typeof cell === "number") return `<c r="${ref}"><v>${cell}</v></c>`;
    // Never a formula: that would be another element.
    return `<c r="${ref}" t="inlineStr"><is><t xml:space="preserve">${xmlEscaped(cellText(cell))}</t></is></c>`;
  });
  return `<row r="${place + 1}">${parts.join("")}</row>`;
}

// A font of its own name and size: without them a reader takes any.
const BOLD = { name: "Calibri", size: 11, bold: true } as const;
const LABEL = { font: BOLD, alignment: { vertical: "top" } } as const;
const VALUE = { alignment: { horizontal: "left", vertical: "top", wrapText: true } } as const;
const HEADING = {
  font: BOLD,
  fill: { type: "pattern", pattern: "solid", fgColor: { rgb: "E7ECF3" } },
} as const;

const VALUE_WIDTH = 100;
const LINE_HEIGHT = 15;

/** Room for a text that is wrapped, in points: not every reader finds out by itself. */
function heightOf(value: Cell): number {
  const lines = String(value ?? "").split("\n");
  return LINE_HEIGHT * lines.reduce((sum, line) => sum + Math.max(1, Math.ceil((1.1 * line.length) / VALUE_WIDTH)), 0);
}

/** Printed across, all columns on one page. */
const ACROSS = { orientation: "landscape", fitToPage: true, fitToWidth: 1, fitToHeight: 0 } as const;

/** The whole file but for the rows of the table. */
async function shellOf({ title, about, sheet, columns, count }: Workbook) {
  const isLink = ({ value }: AboutLine): boolean => typeof value === "string" && /^https?:\/\//.test(value);
  const links = about.flatMap((line, row) =>
    isLink(line) ? [[`${row},1`, { hyperlink: { target: String(line.value) } }] as const] : [],
  );
  return openShell(
    await writeXlsx({
      properties: { title: xmlText(title), creator: "Rostrum" },
      stringMode: "inline",
      sheets: [
        {
          name: "About",
          columns: [
            { width: 34, style: LABEL },
            { width: VALUE_WIDTH, style: VALUE },
          ],
          rows: about.map(({ label, value }) => [label, typeof value === "string" ? cellText(value) : value]),
          cells: new Map(links),
          rowDefs: new Map(about.map(({ value }, row) => [row, { height: heightOf(value) }])),
          pageSetup: ACROSS,
        },
        {
          name: sheet,
          columns: columns.map(({ width }) => ({ width, style: HEADING })),
          rows: [columns.map(({ title }) => cellText(title))],
          freezePane: { rows: 1 },
          autoFilter: { range: rangeRef(0, 0, count, columns.length - 1) },
          pageSetup: { ...ACROSS, printTitlesRow: "$1:$1" },
        },
      ],
    }),
  );
}

/**
 * A workbook as Office Open XML. Its shell is made as a whole, the rows of the table while they are read. Texts stay
 * texts, whatever they look like; characters that XML forbids become U+FFFD.
 */
export async function* xlsxFile(workbook: Workbook): AsyncGenerator<Uint8Array> {
  const { columns, count, rows } = workbook;
  const shell = await shellOf(workbook);
  const [head = "", tail = ""] = textOf(shell, TABLE_PART).split(/(?=<\/sheetData>)/);
  const all = rangeRef(0, 0, count, columns.length - 1);

  function* content(): Generator<string> {
    yield head.replace(/<dimension ref="[^"]*"\/>/, `<dimension ref="${all}"/>`);
    let place = 1;
    for (const batch of batches(rows)) {
      const from = place;
      yield batch.map((cells, index) => rowXml(cells, from + index)).join("");
      place += batch.length;
    }
    // Codes of digits are meant as texts: no warning in the corner of each.
    const ignored = `<ignoredErrors><ignoredError sqref="${all}" numberStoredAsText="1"/></ignoredErrors>`;
    yield tail.replace("</worksheet>", `${ignored}</worksheet>`);
  }
  yield* withContent(shell, TABLE_PART, content());
}
