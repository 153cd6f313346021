// The file of a backup: a gzip-compressed SQL script that psql could run too, between two comment lines of JSON.
//   -- {"format":"rostrum-backup","version":1,…}      first line
//   COPY public."actor" ("id", …) FROM stdin;          for each table, in an order in which no row refers to a later table
//   …rows as COPY writes them…
//   \.
//   -- {"tables":[…],…}                                last line: the manifest, without which the file is not whole
import { createHash } from "node:crypto";
import fs from "node:fs";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import pg from "pg";
import { Refusal } from "./refusal.mjs";

export const FORMAT = { format: "rostrum-backup", version: 1 } as const;

export type TableEntry = { name: string; columns: string[]; rows: number; sha256: string };

/** What a backup holds, and how to know that it is whole. */
export type Manifest = {
  takenAt: string;
  /** Names and checksums of the migrations that made the tables, oldest first. */
  migrations: { name: string; checksum: string }[];
  tables: TableEntry[];
  /** Last value given out by each sequence. */
  sequences: { name: string; value: string | null }[];
  /** The last link of the chain over the audit events; null when there are none. */
  auditHead: { position: number; hash: string } | null;
};

export const jsonLine = (value: unknown) => `-- ${JSON.stringify(value)}\n`;

/** The COPY statement that reads a table's rows; also the line above them in the file. */
export function copyIn(table: string, columns: string[]): string {
  return `COPY public.${pg.escapeIdentifier(table)} (${columns.map(pg.escapeIdentifier).join(", ")}) FROM stdin`;
}

export const END = "\\.\n";

/** What is done with the rows of one table; without a sink they are only read. */
type Sink = (table: string, rows: Readable) => Promise<void>;

const damaged = (file: string) => new Refusal(`${file} is damaged or cut short; nothing was changed.`);

/** The bytes of a stream, asked for by line or up to the end of a table's rows. */
class Script {
  readonly #source: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);
  #ended = false;

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async #more(): Promise<boolean> {
    const { value, done } = await this.#source.next();
    if (done) this.#ended = true;
    else this.#rest = this.#rest.length > 0 ? Buffer.concat([this.#rest, value]) : value;
    return !done;
  }

  /** The next line without its end, or null after the last one. */
  async line(): Promise<string | null> {
    for (;;) {
      const at = this.#rest.indexOf(10);
      if (at >= 0) {
        const line = this.#rest.subarray(0, at).toString("utf8");
        this.#rest = this.#rest.subarray(at + 1);
        return line;
      }
      // A line of SQL or JSON is short; a megabyte without an end is no script of ours.
      if (this.#rest.length > 4_000_000 || !(await this.#more())) return null;
    }
  }

  /** The rows up to the line `\.`, which is taken away. Throws when the stream ends before it. */
  async *rows(): AsyncGenerator<Buffer> {
    let atLineStart = true;
    for (;;) {
      if (atLineStart && this.#rest.subarray(0, 3).toString("latin1") === END) {
        this.#rest = this.#rest.subarray(3);
        return;
      }
      const end = this.#rest.indexOf(`\n${END}`);
      if (end >= 0) {
        yield this.#rest.subarray(0, end + 1);
        this.#rest = this.#rest.subarray(end + 4);
        return;
      }
      // The last bytes may be the beginning of the end.
      const safe = this.#rest.length - 4;
      if (safe > 0) {
        yield this.#rest.subarray(0, safe);
        atLineStart = this.#rest[safe - 1] === 10;
        this.#rest = this.#rest.subarray(safe);
      }
      if (this.#ended || !(await this.#more())) throw new Error("The rows have no end");
    }
  }
}

async function* hashed(rows: AsyncIterable<Buffer>, told: { sha256: string }): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  for await (const chunk of rows) {
    hash.update(chunk);
    yield chunk;
  }
  told.sha256 = hash.digest("hex");
}

/** The JSON of a comment line; null for every other line. */
function parsedLine(line: string | null): unknown {
  return line?.startsWith("-- {") ? JSON.parse(line.slice(3)) : null;
}

async function readScript(file: string, sink: Sink): Promise<Manifest> {
  const source = fs.createReadStream(file);
  const unzipped = createGunzip();
  source.once("error", (error) => unzipped.destroy(error));
  const script = new Script(source.pipe(unzipped));
  const head = parsedLine(await script.line()) as typeof FORMAT | null;
  if (head?.format !== FORMAT.format) throw new Refusal(`${file} is no backup of Rostrum.`);
  if (head.version !== FORMAT.version) throw new Refusal(`${file} was written by a newer version of Rostrum.`);
  const sums = new Map<string, string>();
  for (let line = await script.line(); line !== null; line = await script.line()) {
    const table = /^COPY public\."([a-z_]+)" /.exec(line)?.[1];
    if (table) {
      const told = { sha256: "" };
      await sink(table, Readable.from(hashed(script.rows(), told), { objectMode: false }));
      sums.set(table, told.sha256);
      continue;
    }
    const manifest = parsedLine(line) as Manifest | null;
    if (!manifest) continue;
    const whole =
      manifest.tables.length === sums.size && manifest.tables.every(({ name, sha256 }) => sums.get(name) === sha256);
    // Reading to the very end is what checks gzip's own sum.
    if (!whole || (await script.line()) !== null) throw damaged(file);
    return manifest;
  }
  throw damaged(file);
}

/**
 * Reads a backup from beginning to end and checks it, handing the rows of each table to `sink` as a stream of bytes for COPY.
 * Never holds more than a piece of a table in memory.
 * @throws Refusal when the file cannot be read, is no backup, or is damaged
 */
export async function readBackup(file: string, sink: Sink): Promise<Manifest> {
  try {
    return await readScript(file, sink);
  } catch (error) {
    if (error instanceof Refusal || error instanceof pg.DatabaseError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new Refusal(`There is no file ${file}.`);
    if (/incorrect header check/.test((error as Error).message)) throw new Refusal(`${file} is no backup of Rostrum.`);
    if (code === "EACCES" || code === "EISDIR") throw new Refusal(`${file} cannot be read (${code}).`);
    throw damaged(file);
  }
}

/** Reads a backup without using it: throws as `readBackup` when it is not whole. */
export function verifyBackup(file: string): Promise<Manifest> {
  return readBackup(file, async (_, rows) => {
    rows.resume();
    await new Promise((resolve, reject) => rows.once("end", resolve).once("error", reject));
  });
}
