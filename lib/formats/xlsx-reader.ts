import fs from "node:fs";
import { streamXlsxRows, type CellValue } from "hucre/xlsx";
import type { FileRow } from "@/lib/formats/csv-reader";
import { FileProblem, MOST_INFLATED } from "@/lib/formats/table-limits";
import { eachPiece, zipDirectory, type ZipPart } from "@/lib/formats/zip-directory";

const MEGABYTE = 1024 * 1024;
const MOST_STRINGS = 100 * MEGABYTE;

async function textOfPart(file: string, part: ZipPart | undefined): Promise<string> {
  const pieces: Buffer[] = [];
  if (part && part.size < 4 * MEGABYTE) await eachPiece(file, part, (piece) => pieces.push(piece));
  return Buffer.concat(pieces).toString("utf8");
}

function unescaped(text: string): string {
  return text.replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => {
    const letters: Record<string, string> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&" };
    return letters[entity] ?? entity;
  });
}

/** The visible sheets of a workbook with the parts that hold them. Our own exports have a sheet about the file in front. */
async function sheetsOf(file: string, parts: ZipPart[]): Promise<{ name: string; part: string }[]> {
  const named = (name: string) => parts.find((part) => part.name === name);
  const workbook = await textOfPart(file, named("xl/workbook.xml"));
  const relations = await textOfPart(file, named("xl/_rels/workbook.xml.rels"));
  const targets = new Map(
    [...relations.matchAll(/<Relationship\b[^>]*>/g)].map(([tag]) => [
      /\bId="([^"]*)"/.exec(tag)?.[1] ?? "",
      (/\bTarget="([^"]*)"/.exec(tag)?.[1] ?? "").replace(/^\/?(?:xl\/)?/, "xl/"),
    ]),
  );
  return [...workbook.matchAll(/<(?:\w+:)?sheet\b[^>]*>/g)].flatMap(([tag]) => {
    if (/\bstate="(?:hidden|veryHidden)"/.test(tag)) return [];
    const name = unescaped(/\bname="([^"]*)"/.exec(tag)?.[1] ?? "");
    return [{ name, part: targets.get(/\br:id="([^"]*)"/.exec(tag)?.[1] ?? "") ?? "" }];
  });
}

type Oddities = { formulas: number; first: string | null; merged: string | null };

/** Counts formulas and finds merged cells in the XML of a sheet, piece by piece. */
function lookForOddities(): { see: (piece: Buffer) => void; finish: () => Oddities } {
  const found: Oddities = { formulas: 0, first: null, merged: null };
  let rest = "";
  const see = (piece: Buffer): void => {
    const text = rest + piece.toString("latin1");
    // A tag may lie across two pieces: what follows the last cell is looked at again.
    const end = Math.max(text.lastIndexOf("<c "), text.lastIndexOf("<mergeCell "));
    const whole = end < 0 || text.length - end > 4096 ? text : text.slice(0, end);
    rest = whole === text ? "" : text.slice(end);
    look(whole);
  };
  function look(whole: string): void {
    for (const [, ref] of whole.matchAll(/<c r="([A-Z]+\d+)"[^>]*>\s*<f[\s>/]/g)) {
      found.formulas += 1;
      found.first ??= ref ?? null;
    }
    found.merged ??= /<mergeCell ref="([A-Z0-9:]+)"/.exec(whole)?.[1] ?? null;
  }
  const finish = (): Oddities => {
    look(rest);
    return found;
  };
  return { see, finish };
}

function refuseBomb(parts: ZipPart[]): void {
  if (parts.some(({ encrypted }) => encrypted)) {
    throw new FileProblem("The workbook is protected by a password. Save it without one.");
  }
  const total = parts.reduce((sum, { size }) => sum + size, 0);
  if (total > MOST_INFLATED) {
    throw new FileProblem(
      `The workbook would take ${Math.round(total / MEGABYTE)} MB of memory when it is opened; at most ${MOST_INFLATED / MEGABYTE} MB are accepted. Save the table as CSV.`,
    );
  }
  if ((parts.find(({ name }) => name === "xl/sharedStrings.xml")?.size ?? 0) > MOST_STRINGS) {
    throw new FileProblem("The workbook has too much text to be opened as a whole. Save the table as CSV.");
  }
}

/** A cell as text: days as YYYY-MM-DD, as the record writes them. */
function textOf(value: CellValue | undefined): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) {
    const text = Number.isNaN(value.getTime()) ? "" : value.toISOString();
    return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text;
  }
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/**
 * The rows of the first visible sheet of a workbook; of one that Rostrum made, the sheet after the one about the file. Its
 * inflated size is counted before anything of it is kept.
 * @throws FileProblem
 */
export async function readXlsxRows(file: string): Promise<{ notes: string[]; rows: AsyncIterable<FileRow> }> {
  const parts = await zipDirectory(file);
  const names = new Set(parts.map(({ name }) => name));
  if (!names.has("xl/workbook.xml")) {
    const what = names.has("xl/workbook.bin") ? "a binary workbook (XLSB)" : "an archive, but not a workbook";
    throw new FileProblem(`The file is ${what}. Save the table as XLSX or CSV.`);
  }
  refuseBomb(parts);
  const sheets = await sheetsOf(file, parts);
  const chosen = sheets.find(({ name }) => name !== "About") ?? sheets[0];
  if (!chosen) throw new FileProblem("The workbook has no visible sheet.");
  const { see, finish } = lookForOddities();
  for (const part of parts) await eachPiece(file, part, part.name === chosen.part ? see : () => {});
  const found = finish();
  const notes: string[] = [];
  if (sheets.length > 1) notes.push(`The workbook has ${sheets.length} sheets. “${chosen.name}” was read.`);
  if (found.formulas > 0) {
    const cells = found.formulas === 1 ? "1 cell holds a formula" : `${found.formulas} cells hold formulas`;
    notes.push(`${cells}, the first is ${found.first}. Their values as last saved were taken.`);
  }
  if (found.merged) {
    notes.push(
      `Cells are merged, first ${found.merged}. Only the first cell of a merged range has its text; the others are empty.`,
    );
  }
  async function* rows(): AsyncGenerator<FileRow> {
    for await (const { index, values } of streamXlsxRows(fs.readFileSync(file), { sheet: chosen?.name ?? 0 })) {
      const cells = values.map(textOf);
      if (cells.some((cell) => cell.trim() !== "")) yield { row: index + 1, cells };
    }
  }
  return { notes, rows: rows() };
}
