import fs from "node:fs";
import { Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { FileProblem, LONGEST_CELL } from "@/lib/formats/table-limits";

/** One row of a file that has a cell: its place in the file, from 1, and its cells as texts. */
export type FileRow = { row: number; cells: string[] };

type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/** Bytes that Windows-1252 leaves undefined: a file that has them is in some other encoding. */
const UNDEFINED_1252 = /[\x81\x8d\x8f\x90\x9d]/;

function markOf(start: Buffer): Encoding | null {
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return "utf-8";
  if (start[0] === 0xff && start[1] === 0xfe) return "utf-16le";
  if (start[0] === 0xfe && start[1] === 0xff) return "utf-16be";
  return null;
}

async function isValid(file: string, encoding: Encoding): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const chunk of fs.createReadStream(file)) decoder.decode(chunk as Buffer, { stream: true });
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}

/** Looks at all bytes of a file that has no byte order mark and is no UTF-8. */
async function refuseBinary(file: string): Promise<void> {
  for await (const chunk of fs.createReadStream(file)) {
    const bytes = chunk as Buffer;
    if (bytes.includes(0)) {
      throw new FileProblem(
        "The file is no text: it has NUL characters. If it is UTF-16, save it with a byte order mark; best is CSV in UTF-8.",
      );
    }
    if (UNDEFINED_1252.test(bytes.toString("latin1"))) {
      throw new FileProblem("The file is neither UTF-8 nor Windows-1252. Save it as CSV in UTF-8.");
    }
  }
}

/** The encoding of a text file, and what to say about it. */
async function encodingOf(file: string, start: Buffer): Promise<{ encoding: Encoding; notes: string[] }> {
  const marked = markOf(start);
  if (await isValid(file, marked ?? "utf-8")) return { encoding: marked ?? "utf-8", notes: [] };
  if (marked) {
    const name = marked === "utf-8" ? "UTF-8" : "UTF-16";
    throw new FileProblem(
      `The file says that it is ${name}, but not all of it is: it may be cut, or hold half of a surrogate pair. Save it again as CSV in UTF-8.`,
    );
  }
  await refuseBinary(file);
  const note =
    "The file is not UTF-8 and was read as Windows-1252, as Excel writes it in Western Europe. Look at names with accents, such as Côte d’Ivoire, before you import it.";
  return { encoding: "windows-1252", notes: [note] };
}

async function* decoded(file: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of fs.createReadStream(file)) yield decoder.decode(chunk as Buffer, { stream: true });
  yield decoder.decode();
}

const DELIMITERS = [",", ";", "\t"] as const;

/** The character between cells: the one that stands most often outside of quotation marks in the first line with a text. */
function delimiterOf(text: string): { delimiter: string; skip: number } {
  const said = /^sep=([,;\t])\r?\n/.exec(text);
  if (said) return { delimiter: said[1] ?? ",", skip: 1 };
  const bare = text.replace(/"(?:[^"]|"")*"?/g, "");
  const line = bare.split(/[\r\n]+/).find((one) => one.trim() !== "") ?? "";
  const counts = DELIMITERS.map((delimiter) => line.split(delimiter).length - 1);
  return { delimiter: DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ",", skip: 0 };
}

const QUOTES: Partial<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: "a text begins with a quotation mark that is never closed",
  CSV_INVALID_CLOSING_QUOTE:
    "a quotation mark stands in the middle of a text; inside of quotation marks it must be doubled",
  INVALID_OPENING_QUOTE:
    "a quotation mark stands in the middle of a text; put the whole text in quotation marks and double those inside",
  CSV_MAX_RECORD_SIZE: "the row is too long, or a quotation mark before it was never closed",
};

/** A text that our own files keep from being run as a formula has an apostrophe in front, which is not part of it. */
function withoutGuard(cell: string): string {
  return /^'(?:\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|[\t\r])/.test(cell) ? cell.slice(1) : cell;
}

/**
 * The rows of a text file with commas, semicolons or tabs, as RFC 4180 quotes them; UTF-8, UTF-16 with its mark, or
 * Windows-1252 with a note. Rows without any text are left out, but counted.
 * @throws FileProblem
 */
export async function readCsv(file: string, start: Buffer): Promise<{ notes: string[]; rows: AsyncIterable<FileRow> }> {
  const { encoding, notes } = await encodingOf(file, start);
  async function* rows(): AsyncGenerator<FileRow> {
    let head = "";
    for await (const text of decoded(file, encoding)) {
      head += text;
      if (head.length > 64 * 1024) break;
    }
    const { delimiter, skip } = delimiterOf(head);
    const parser = Readable.from(decoded(file, encoding)).pipe(
      parse({ delimiter, relax_column_count: true, max_record_size: 20 * LONGEST_CELL, from_line: skip + 1 }),
    );
    let row = skip;
    try {
      for await (const record of parser as AsyncIterable<string[]>) {
        row += 1;
        if (record.some((cell) => cell.trim() !== "")) yield { row, cells: record.map(withoutGuard) };
      }
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      throw new FileProblem(`Row ${row + 1}: ${QUOTES[error.code] ?? "the row is no CSV"}.`);
    }
  }
  return { notes, rows: rows() };
}
