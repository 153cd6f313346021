import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { parse } from "csv-parse/sync";
import mammoth from "mammoth";
import readWorkbook from "read-excel-file/node";

// Exported files are read here by programs that did not write them.

/** All bytes of a file that is made while it is read. */
export async function bytesOf(file: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of file) parts.push(part);
  return Buffer.concat(parts);
}

/** The rows of a CSV, its header row first. */
export function csvRows(file: Buffer): string[][] {
  return parse(file, { bom: true, record_delimiter: "\r\n" });
}

export type Read = string | number | null;

/** The sheets of a workbook by name: rows of texts and numbers, empty cells as null. */
export async function xlsxSheets(file: Buffer): Promise<Record<string, Read[][]>> {
  const sheets = await readWorkbook(file, { trim: false });
  return Object.fromEntries(sheets.map(({ sheet, data }) => [sheet, data as Read[][]]));
}

function textOf(html: string): string {
  const signs: Record<string, string> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"' };
  return html
    .replace(/<br ?\/>/g, "\n")
    .replace(/<[^>]*>/g, "")
    .replace(/&(?:amp|lt|gt|quot);/g, (sign) => signs[sign] ?? sign);
}

/** A document: its paragraphs before the table, and the rows of its only table, the header row first. */
export async function docxContent(file: Buffer): Promise<{ paragraphs: string[]; rows: string[][] }> {
  const { value } = await mammoth.convertToHtml({ buffer: file });
  const [before = "", table = ""] = value.split("<table>");
  const all = (html: string, tag: RegExp): string[] => [...html.matchAll(tag)].map(([, inside]) => inside ?? "");
  return {
    paragraphs: all(before, /<(?:p|h1)>(.*?)<\/(?:p|h1)>/gs).map(textOf),
    rows: all(table, /<tr>(.*?)<\/tr>/gs).map((row) => all(row, /<t[hd]>(.*?)<\/t[hd]>/gs).map(textOf)),
  };
}

const OFFICES = ["/usr/bin/soffice", "/usr/bin/libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice"];

/** LibreOffice, where this machine has one. */
export const office = OFFICES.find((file) => existsSync(file));

/** The file as LibreOffice reads it and writes it in another format; `filter` as its --convert-to takes it. */
export async function throughOffice(file: Buffer, extension: string, filter: string): Promise<Buffer> {
  if (!office) throw new Error("There is no LibreOffice on this machine.");
  const folder = await mkdtemp(path.join(os.tmpdir(), "rostrum-office-"));
  try {
    await writeFile(path.join(folder, `in.${extension}`), file);
    const profile = `-env:UserInstallation=file://${folder}/profile`;
    const args = [
      profile,
      "--headless",
      "--convert-to",
      filter,
      "--outdir",
      `${folder}/out`,
      `${folder}/in.${extension}`,
    ];
    await promisify(execFile)(office, args, { timeout: 90_000 });
    // A chosen sheet is named in the file's name.
    const [made = ""] = await readdir(path.join(folder, "out"));
    return await readFile(path.join(folder, "out", made));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
