import { createHash } from "node:crypto";
import { Zip, ZipDeflate } from "fflate";
import type { PackageState, PackageTable } from "@/features/packages/queries/package";
import type { Field } from "@/features/packages/queries/resources";

const ZIP = "application/zip";
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
function descriptor({ takenAt, codebook, auditHead }: PackageState, written: readonly Written[]) {
  return {
    profile: "tabular-data-package",
    name: "rostrum-record",
    title: "The record of who spoke on the responsibility to protect, for whom, and where they stand",
    created: takenAt,
    codebook: codebook === "" ? null : Number(codebook),
    auditHead: auditHead === "" ? null : auditHead,
    description:
      "Withdrawn statements are left out. Days of memberships are both days of membership. A leading apostrophe keeps a spreadsheet from running a text as a formula.",
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

/** The package as one archive, made while it is sent: the tables, then `datapackage.json`, which knows their sizes and hashes. */
async function* packageZip(parts: AsyncIterable<PackageState | PackageTable>): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    ready.push(chunk);
  });
  const written: Written[] = [];
  let state: PackageState = { takenAt: "", codebook: "", auditHead: "" };
  for await (const part of parts) {
    if (!("csv" in part)) {
      state = part;
      continue;
    }
    const { name, title, fields } = part.resource;
    const entry = new ZipDeflate(`${name}.csv`, { level: 6 });
    zip.add(entry);
    const hash = createHash("sha256");
    let bytes = 0;
    for await (const chunk of withLineEnds(part.csv)) {
      hash.update(chunk);
      bytes += chunk.length;
      entry.push(chunk);
      yield* ready.splice(0);
    }
    entry.push(new Uint8Array(), true);
    written.push({ name, title, fields, bytes, hash: hash.digest("hex") });
  }
  const entry = new ZipDeflate("datapackage.json", { level: 6 });
  zip.add(entry);
  entry.push(new TextEncoder().encode(`${JSON.stringify(descriptor(state, written), null, 2)}\n`), true);
  zip.end();
  yield* ready.splice(0);
}

/** The file of the whole record. */
export function packageFile(parts: AsyncIterable<PackageState | PackageTable>) {
  return { name: "rostrum-record.zip", media: ZIP, bytes: packageZip(parts) };
}
