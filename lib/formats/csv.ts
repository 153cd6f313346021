import { stringify } from "csv-stringify/sync";
import { batches, type Cell } from "@/lib/formats/file";

export const CSV = "text/csv";

/** Media type of metadata for tabular data (W3C, CSV on the Web). */
export const CSV_METADATA = "application/csvm+json";

/** What such metadata says of how our files are written. */
export const CSV_WRITTEN = {
  "rdfs:comment": "A cell that a spreadsheet would run as a formula has an apostrophe in front.",
  dialect: {
    encoding: "utf-8",
    header: true,
    delimiter: ",",
    quoteChar: '"',
    doubleQuote: true,
    lineTerminators: ["\r\n"],
  },
} as const;

/** A spreadsheet may drop white space in front, so " =1+1" is a formula, too; the library looks at the first character only. */
const HIDDEN_FORMULA = /^\s+[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/;

const OPTIONS = {
  record_delimiter: "\r\n",
  // A text that a spreadsheet would run gets an apostrophe in front: = + - @ tab CR, and the full-width signs.
  escape_formulas: true,
  cast: { string: (text: string) => (HIDDEN_FORMULA.test(text) ? `'${text}` : text) },
} as const;

/**
 * A table as RFC 4180 describes it: a header row, commas, CRLF; UTF-8 with a byte order mark, without which Excel takes the
 * text for another encoding. Nothing but the rows is in it. Texts are as they are, but for the apostrophe in front of
 * what would run as a formula.
 */
export async function* csvFile(titles: string[], rows: Iterable<Cell[]>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(stringify([titles], { ...OPTIONS, bom: true }));
  for (const batch of batches(rows)) yield encoder.encode(stringify(batch, OPTIONS));
}
