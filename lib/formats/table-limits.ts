/** What a table in a file may be at most. Everything here is said to the person who sent more. */
export const MOST_BYTES = 25 * 1024 * 1024;
export const MOST_COLUMNS = 100;
export const MOST_ROWS = 250_000;
export const LONGEST_CELL = 100_000;
/** Bytes of all parts of a workbook when they are inflated. */
export const MOST_INFLATED = 400 * 1024 * 1024;

/** Why a file cannot be read, as a sentence for the person who sent it. */
export class FileProblem extends Error {}

/** "A" for 0, "Z" for 25, "AA" for 26: a column as a spreadsheet names it. */
export function columnLetter(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnLetter(Math.floor(index / 26) - 1) + last;
}
