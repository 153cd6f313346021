import { createHash } from "node:crypto";
import { Zip, ZipDeflate } from "fflate";
import type { ExportedFile } from "@/lib/formats/file";

export const ZIP = "application/zip";

/** A column of a table, as Frictionless Table Schema types it. */
export type Field = { name: string; type: "string" | "integer" | "date" | "boolean"; description?: string };

/** What a package says of itself; its name is lower-case letters and hyphens. */
export type PackageAbout = { name: string; title: string; description: string } & Record<
  string,
  string | number | null
>;

/** A table on its way out: its CSV with line feeds, in portions. It has to be read to its end before the next one. */
export type PackageTable = { name: string; title: string; fields: Field[]; csv: AsyncIterable<Uint8Array> };

const BOM = new Uint8Array([0xef, 0xbb, 0xbf]);
const [LINE_FEED, CARRIAGE_RETURN, QUOTE] = [10, 13, 34];

/** CSV as RFC 4180 has it: Postgres ends its lines with a line feed alone. Line ends inside quoted texts stay as they are. */
async function* withLineEnds(csv: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield BOM;
  let quoted = false;
  for await (const chunk of csv) {
    const out = new Uint8Array(chunk.length * 2);
    let length = 0;
    for (const byte of chunk) {
      // A doubled quote opens and closes at once.
      if (byte === QUOTE) quoted = !quoted;
      if (byte === LINE_FEED && !quoted) out[length++] = CARRIAGE_RETURN;
      out[length++] = byte;
    }
    yield out.subarray(0, length);
  }
}

type Written = { name: string; title: string; fields: Field[]; bytes: number; hash: string };

/** The descriptor of a Frictionless Data Package (v1): what each file holds, and how to tell that it is whole. */
function descriptor(about: PackageAbout, written: readonly Written[]) {
  return {
    profile: "tabular-data-package",
    ...about,
    resources: written.map(({ name, title, fields, bytes, hash }) => ({
      name,
      title,
      path: `${name}.csv`,
      profile: "tabular-data-resource",
      format: "csv",
      mediatype: "text/csv",
      encoding: "utf-8",
      bytes,
      hash: `sha256:${hash}`,
      dialect: { delimiter: ",", lineTerminator: "\r\n", quoteChar: '"', doubleQuote: true, header: true },
      schema: { fields, missingValues: [""] },
    })),
  };
}

/**
 * A package as one archive, made while it is sent: the tables, then `datapackage.json`, which knows their sizes and hashes.
 * `parts` gives what the package says of itself, and its tables.
 */
async function* packageZip(parts: AsyncIterable<PackageAbout | PackageTable>): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    ready.push(chunk);
  });
  const written: Written[] = [];
  let about: PackageAbout | null = null;
  for await (const part of parts) {
    if (!isTable(part)) {
      about = part;
      continue;
    }
    const { name, title, fields, csv } = part;
    const entry = new ZipDeflate(`${name}.csv`, { level: 6 });
    zip.add(entry);
    const hash = createHash("sha256");
    let bytes = 0;
    for await (const chunk of withLineEnds(csv)) {
      hash.update(chunk);
      bytes += chunk.length;
      entry.push(chunk);
      yield* ready.splice(0);
    }
    entry.push(new Uint8Array(), true);
    written.push({ name, title, fields, bytes, hash: hash.digest("hex") });
  }
  if (!about) throw new Error("A package has to say what it is.");
  const entry = new ZipDeflate("datapackage.json", { level: 6 });
  zip.add(entry);
  entry.push(new TextEncoder().encode(`${JSON.stringify(descriptor(about, written), null, 2)}\n`), true);
  zip.end();
  yield* ready.splice(0);
}

function isTable(part: PackageAbout | PackageTable): part is PackageTable {
  return "csv" in part && typeof part.csv === "object";
}

/** The file of a package. */
export function packageFile(name: string, parts: AsyncIterable<PackageAbout | PackageTable>): ExportedFile {
  return { name, media: ZIP, bytes: packageZip(parts) };
}
