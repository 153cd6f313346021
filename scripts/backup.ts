// npm run backup -- FILE: the whole database in one file, as of one moment, while the product runs.
import { createHash } from "node:crypto";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { pathToFileURL } from "node:url";
import { createGzip, type Gzip } from "node:zlib";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { auditHead } from "./audit-chain";
import { copyIn, END, FORMAT, jsonLine, type Manifest, type TableEntry } from "./backup-format";
import { connectDatabase } from "./database";
import { migrationsOf, withClient } from "./db";
import { Refusal } from "./refusal.mjs";
import { printFailure } from "./steps";
import { columnNames, sequenceValues, tablesInOrder } from "./tables";

async function write(gzip: Gzip, chunk: string | Buffer): Promise<void> {
  if (!gzip.write(chunk)) await once(gzip, "drain");
}

async function copyTable(client: pg.Client, name: string, gzip: Gzip): Promise<TableEntry> {
  const columns = await columnNames(client, name);
  await write(gzip, `${copyIn(name, columns)};\n`);
  const list = columns.map(pg.escapeIdentifier).join(", ");
  const copy = client.query(copyTo(`COPY public.${pg.escapeIdentifier(name)} (${list}) TO STDOUT`));
  const hash = createHash("sha256");
  for await (const chunk of copy as AsyncIterable<Buffer>) {
    hash.update(chunk);
    await write(gzip, chunk);
  }
  await write(gzip, END);
  // The stream ends with the rows. How many there were comes behind them, and before the answer to anything else.
  await client.query("SELECT");
  return { name, columns, rows: copy.rowCount, sha256: hash.digest("hex") };
}

/** Copies everything that one snapshot of the database shows. */
async function copyAll(client: pg.Client, gzip: Gzip): Promise<Manifest> {
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  const takenAt = new Date().toISOString();
  await write(gzip, jsonLine({ ...FORMAT, takenAt }));
  const tables: TableEntry[] = [];
  for (const name of await tablesInOrder(client)) tables.push(await copyTable(client, name, gzip));
  const manifest: Manifest = {
    takenAt,
    migrations: await migrationsOf(client),
    tables,
    sequences: await sequenceValues(client),
    auditHead: await auditHead(client),
  };
  await write(gzip, jsonLine(manifest));
  await client.query("COMMIT");
  return manifest;
}

/**
 * Writes a backup of the database to a file that only its owner can read. The file appears when it is whole and on disk; an
 * older one of that name stays until then. Needs the owner's address.
 */
export async function backup(ownerUrl: string, file: string): Promise<Manifest> {
  const folder = path.dirname(path.resolve(file));
  if (!fs.existsSync(folder)) throw new Refusal(`There is no folder ${folder}.`);
  const partial = `${path.resolve(file)}.partial`;
  try {
    const out = fs.createWriteStream(partial, { mode: 0o600, flush: true });
    const gzip = createGzip({ level: 6 });
    const written = pipeline(gzip, out);
    const copied = withClient(ownerUrl, async (client) => {
      const manifest = await copyAll(client, gzip);
      gzip.end();
      return manifest;
    });
    copied.catch((error: Error) => gzip.destroy(error));
    const [manifest] = await Promise.all([copied, written]);
    fs.renameSync(partial, path.resolve(file));
    return manifest;
  } catch (error) {
    fs.rmSync(partial, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    if (code && ["EACCES", "EROFS", "ENOSPC", "EISDIR"].includes(code))
      throw new Refusal(`${file} cannot be written (${code}).`);
    throw error;
  }
}

/** What a backup or a restore prints: what an operator compares. */
export function summaryOf({ tables, auditHead, takenAt }: Manifest): string {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const head = auditHead ? `audit head ${auditHead.position} ${auditHead.hash}` : "no audit events";
  return `${rows} rows in ${tables.length} tables as of ${takenAt}; ${head}`;
}

async function main([file]: string[]): Promise<void> {
  if (!file) throw new Refusal("Name the file to write: npm run backup -- FILE");
  const database = await connectDatabase();
  try {
    const manifest = await backup(database.ownerUrl, file);
    console.log(`${file}: ${summaryOf(manifest)}`);
  } finally {
    await database.close();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    printFailure(error);
    process.exitCode = 1;
  });
}
