import fs from "node:fs/promises";
import { readCsv, type FileRow } from "@/lib/formats/csv-reader";
import { columnLetter, FileProblem, LONGEST_CELL, MOST_COLUMNS, MOST_ROWS } from "@/lib/formats/table-limits";
import { readXlsxRows } from "@/lib/formats/xlsx-reader";
import { unstorable } from "@/lib/input";

/** A table in a file: its headers are known, its rows are read while they are asked for. */
export type TableFile = {
  /** Media type of what the file is, whatever it is called. */
  media: string;
  headers: string[];
  /** What is odd about the file as a whole, as sentences. Complete when all rows were read. */
  notes: string[];
  /** As many cells as headers in each row. */
  rows: AsyncIterable<FileRow>;
};

const XLSX_MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const KNOWN: [start: string, message: string][] = [
  [
    "d0cf11e0",
    "The file is an old Excel workbook (XLS), or one with a password. Save it as XLSX without a password, or as CSV.",
  ],
  ["25504446", "The file is a PDF. Only tables in CSV or XLSX can be read."],
  ["1f8b", "The file is compressed (gzip). Send the table itself."],
  ["7b5c727466", "The file is a text document (RTF). Only tables in CSV or XLSX can be read."],
];

/** What the file is, by its first bytes: a name proves nothing. */
async function open(file: string, name: string): Promise<Omit<TableFile, "headers">> {
  const handle = await fs.open(file);
  const start = Buffer.alloc(8);
  const { bytesRead } = await handle.read(start, 0, 8, 0);
  await handle.close();
  if (bytesRead === 0) throw new FileProblem("The file is empty.");
  const hex = start.toString("hex");
  const known = KNOWN.find(([mark]) => hex.startsWith(mark));
  if (known) throw new FileProblem(known[1]);
  const workbook = hex.startsWith("504b0304");
  const read = workbook ? await readXlsxRows(file) : await readCsv(file, start.subarray(0, bytesRead));
  const said = /\.(csv|tsv|txt|xlsx)$/i.exec(name)?.[1]?.toLowerCase();
  if (workbook && said && said !== "xlsx")
    read.notes.unshift(`The file is called .${said}, but it is a workbook (XLSX).`);
  if (!workbook && said === "xlsx") read.notes.unshift("The file is called .xlsx, but it is text and was read as CSV.");
  return { ...read, media: workbook ? XLSX_MEDIA : "text/csv" };
}

function headersOf({ row, cells }: FileRow): string[] {
  const headers = cells.map((cell) => cell.replace(/\s+/g, " ").trim());
  while (headers.at(-1) === "") headers.pop();
  if (headers.length > MOST_COLUMNS) {
    throw new FileProblem(
      `The file has ${headers.length} columns; at most ${MOST_COLUMNS} can be read. Remove those that are not needed.`,
    );
  }
  for (const [index, header] of headers.entries()) {
    const wrong = unstorable(header) ?? (header.length > 200 ? "The text is longer than 200 characters." : null);
    if (wrong) throw new FileProblem(`Row ${row}, column ${columnLetter(index)}: ${wrong}`);
    const first = headers.findIndex((other) => other.toLowerCase() === header.toLowerCase());
    if (header !== "" && first < index) {
      throw new FileProblem(
        `Columns ${columnLetter(first)} and ${columnLetter(index)} have the same header, “${header}”. Give each its own.`,
      );
    }
  }
  if (headers.every((header) => /^[\d.,\s-]*$/.test(header))) {
    throw new FileProblem("The file has no header: its first row must say what the columns are, for example Speaker.");
  }
  return headers;
}

function checkedCells({ row, cells }: FileRow, headers: string[]): string[] {
  const beyond = cells.findIndex((cell, index) => index >= headers.length && cell.trim() !== "");
  if (beyond >= 0) {
    throw new FileProblem(
      `Row ${row} has a text in column ${columnLetter(beyond)}, which has no header. A comma or semicolon inside a text needs quotation marks around the text.`,
    );
  }
  return headers.map((header, index) => {
    const cell = cells[index] ?? "";
    const wrong =
      unstorable(cell) ?? (cell.length > LONGEST_CELL ? `The text is longer than ${LONGEST_CELL} characters.` : null);
    if (wrong) throw new FileProblem(`Row ${row}, column ${columnLetter(index)} (${header}): ${wrong}`);
    if (header === "" && cell.trim() !== "") {
      throw new FileProblem(`Row ${row} has a text in column ${columnLetter(index)}, which has no header.`);
    }
    return cell;
  });
}

/**
 * Opens a CSV file or workbook that somebody sent; `name` is what they call it. Reads up to the header.
 * @throws FileProblem in one sentence, here and while the rows are read
 */
export async function openTable(file: string, name: string): Promise<TableFile> {
  const { media, notes, rows } = await open(file, name);
  const iterator = rows[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done) throw new FileProblem("The file is empty: it has no row with a text.");
  const headers = headersOf(first.value);

  async function* checked(): AsyncGenerator<FileRow> {
    let count = 0;
    let short = 0;
    let firstShort = 0;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
      const one = next.value;
      count += 1;
      if (count > MOST_ROWS) {
        throw new FileProblem(`The file has more than ${MOST_ROWS.toLocaleString("en")} rows. Import it in parts.`);
      }
      // A workbook leaves out empty cells at the end of a row; a CSV that does was often made by hand.
      if (media === "text/csv" && one.cells.length < headers.length) {
        short += 1;
        if (short === 1) firstShort = one.row;
      }
      yield { row: one.row, cells: checkedCells(one, headers) };
    }
    if (count === 0) throw new FileProblem("The file has a header, but no rows.");
    if (short > 0) {
      const rows = short === 1 ? "1 row has" : `${short} rows have`;
      notes.push(`${rows} fewer cells than the header, first row ${firstShort}. What is missing was taken as empty.`);
    }
  }
  return { media, headers, notes, rows: checked() };
}
