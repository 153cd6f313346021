import { randomUUID } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditFaults, auditHead } from "@/scripts/audit-chain";
import { backup } from "@/scripts/backup";
import type { Manifest } from "@/scripts/backup-format";
import { applyMigrations, inTransaction, knownMigrations, migrate, withClient } from "@/scripts/db";
import { restore } from "@/scripts/restore";
import { tablesInOrder } from "@/scripts/tables";
import { addressOf } from "@/tests/support/cluster";
import { useDatabase } from "@/tests/support/database";
import { tcpProxy } from "@/tests/support/tcp-proxy";

const source = useDatabase("record");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "rostrum-backup-"));
const file = path.join(folder, "record.gz");
const made: string[] = [];
let manifest: Manifest;

/** An empty database beside the others, without tables. Returns its owner's address. */
async function emptyDatabase(): Promise<string> {
  const name = `${source.name}_${made.length}`;
  const owner = pg.escapeIdentifier(new URL(source.ownerUrl).username);
  await withClient(source.adminUrl, (admin) =>
    admin.query(`CREATE DATABASE ${pg.escapeIdentifier(name)} OWNER ${owner}`),
  );
  made.push(name);
  return addressOf(source.ownerUrl, name);
}

/** Everything that the tables hold, as one hash per table. */
function contents(url: string): Promise<Record<string, string>> {
  return withClient(url, async (client) => {
    const found: Record<string, string> = {};
    for (const table of await tablesInOrder(client)) {
      const { rows } = await client.query<{ sum: string }>(
        `select md5(coalesce(string_agg(t::text, e'\n' order by t::text), '')) as sum from public."${table}" t`,
      );
      found[table] = rows[0]?.sum ?? "";
    }
    return found;
  });
}

const recordEvent = (client: pg.ClientBase) =>
  client.query(
    "insert into audit_event (type, subject_type, subject_id, user_name) values ('dialogue.revised', 'dialogue', $1, 'Analyst One')",
    [randomUUID()],
  );

const plain = { replace: false, embedded: true };

beforeAll(async () => {
  // What a text format could spoil: escapes, line ends, the end mark of COPY itself, nulls beside empty texts, two scripts.
  await source.sql("insert into throttle (key) values ($1), ($2), ($3), ($4)", [
    "\\.",
    "a\n\\.\nb\r\n\t\\N",
    "",
    "العربية 中文 e\u0301",
  ]);
  manifest = await backup(source.ownerUrl, file);
});

afterAll(async () => {
  fs.rmSync(folder, { recursive: true, force: true });
  for (const name of made) {
    await withClient(source.adminUrl, (admin) =>
      admin.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`),
    );
  }
});

describe("a backup", () => {
  test("comes back byte for byte in an empty database, with its history whole", async () => {
    const target = await emptyDatabase();
    await restore(target, file, plain);
    expect(await contents(target)).toEqual(await contents(source.ownerUrl));
    expect(await withClient(target, auditFaults)).toEqual([]);
    expect(await withClient(target, auditHead)).toEqual(manifest.auditHead);
    expect(await migrate(target)).toEqual([]);
  });

  test("goes on where it was: numbers follow, and the chain grows", async () => {
    const target = await emptyDatabase();
    await restore(target, file, plain);
    await withClient(target, recordEvent);
    expect(await withClient(target, auditFaults)).toEqual([]);
    expect((await withClient(target, auditHead))?.position).toBe((manifest.auditHead?.position ?? 0) + 1);
    await expect(withClient(target, (client) => client.query("delete from audit_event"))).rejects.toMatchObject({
      code: "42501",
    });
  });

  test("is readable by its owner alone, and holds one moment of a database that is written to", async () => {
    expect(fs.statSync(file).mode & 0o077).toBe(0);
    const during = path.join(folder, "during.gz");
    let writing = true;
    const writer = withClient(source.appUrl, async (client) => {
      while (writing) await recordEvent(client);
    });
    const taken = await backup(source.ownerUrl, during);
    writing = false;
    await writer;
    const events = taken.tables.find(({ name }) => name === "audit_event");
    expect(events?.rows).toBe(taken.auditHead?.position);
    const target = await emptyDatabase();
    await restore(target, during, plain);
    expect(await withClient(target, auditFaults)).toEqual([]);
  });

  test("does not overwrite a database that holds something, unless told to", async () => {
    const target = await emptyDatabase();
    await migrate(target);
    await withClient(target, recordEvent);
    const before = await contents(target);
    await expect(restore(target, file, plain)).rejects.toThrow(
      "The database is not empty; add --replace to give up what it holds.",
    );
    expect(await contents(target)).toEqual(before);
    await restore(target, file, { ...plain, replace: true });
    expect((await contents(target)).statement).toBe((await contents(source.ownerUrl)).statement);
    expect(await withClient(target, auditFaults)).toEqual([]);
  });

  test("of another version is fitted where that is safe and refused where it is not", async () => {
    const [first] = knownMigrations();
    if (!first) throw new Error("There is a first migration");
    const later = { name: "29990101000000_later", checksum: "f".repeat(64), sql: "create table later (id int)" };
    const newer = await emptyDatabase();
    await restore(newer, file, plain);
    await withClient(newer, (client) => inTransaction(client, () => applyMigrations(client, [later])));
    // A database of a newer version, a backup of this one: the tables are made anew, or the database must be a new one.
    await expect(restore(newer, file, { replace: true, embedded: false })).rejects.toThrow(
      /older version of Rostrum; restore it into a new, empty database/,
    );
    await restore(newer, file, { replace: true, embedded: true });
    expect(await contents(newer)).toEqual(
      await contents(source.ownerUrl).then(({ audit_event: _, audit_seal: __, ...rest }) =>
        expect.objectContaining(rest),
      ),
    );
    // The other way round.
    await withClient(newer, (client) => inTransaction(client, () => applyMigrations(client, [later])));
    const fromNewer = path.join(folder, "newer.gz");
    await backup(newer, fromNewer);
    await expect(restore(await emptyDatabase(), fromNewer, plain)).rejects.toThrow(/newer version of Rostrum/);
  });
});

describe("a file that is not a whole backup", () => {
  const whole = () => fs.readFileSync(file);
  const write = (name: string, bytes: Buffer) => {
    const broken = path.join(folder, name);
    fs.writeFileSync(broken, bytes);
    return broken;
  };

  async function refusal(broken: string): Promise<string> {
    const target = await emptyDatabase();
    await migrate(target);
    const before = await contents(target);
    const message = await restore(target, broken, { replace: true, embedded: true }).then(
      () => "restored",
      (error: Error) => error.message.replace(folder, ""),
    );
    expect(await contents(target)).toEqual(before);
    return message;
  }

  test.each([
    ["cut short", (bytes: Buffer) => bytes.subarray(0, bytes.length - 200)],
    ["cut in the middle", (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    [
      "with one bit changed",
      (bytes: Buffer) => Buffer.from(bytes.map((byte, index) => (index === 5000 ? byte ^ 1 : byte))),
    ],
    [
      "with rows changed under the same sums",
      (bytes: Buffer) => gzipSync(gunzipSync(bytes).toString("utf8").replace("Denmark", "Danmark")),
    ],
    [
      "with rows taken out",
      (bytes: Buffer) =>
        gzipSync(
          gunzipSync(bytes)
            .toString("utf8")
            .replace(/(COPY public\."exclusion".*\n)[^\\]*/, "$1"),
        ),
    ],
    [
      "without its manifest",
      (bytes: Buffer) =>
        gzipSync(
          gunzipSync(bytes)
            .toString("utf8")
            .replace(/-- .*\n$/, ""),
        ),
    ],
  ])("%s is refused before anything changes", async (name, damage) => {
    expect(await refusal(write(`${name}.gz`, damage(whole())))).toBe(
      `/${name}.gz is damaged or cut short; nothing was changed.`,
    );
  });

  test("of another kind is refused by name", async () => {
    expect(await refusal(write("text", Buffer.from("hello")))).toBe("/text is no backup of Rostrum.");
    expect(await refusal(write("other.gz", gzipSync("-- {}\n")))).toBe("/other.gz is no backup of Rostrum.");
    expect(await refusal(path.join(folder, "absent"))).toBe("There is no file /absent.");
  });

  test("whose history was rewritten, sums and all, is refused by the chain", async () => {
    const forged = await emptyDatabase();
    await restore(forged, file, plain);
    await withClient(forged, (client) =>
      client.query(
        "begin; alter table audit_event disable trigger user; update audit_event set user_name = 'Analyst Two' where id = 7; commit",
      ),
    );
    const target = path.join(folder, "forged.gz");
    await backup(forged, target);
    expect(await refusal(target)).toBe(
      "The history in the backup is not whole, so nothing was changed: audit event 7 was changed.",
    );
  });

  test("says of every table how many rows it has, when the database says so late", async () => {
    const line = await tcpProxy(Number(new URL(source.ownerUrl).port));
    try {
      line.state("late copies");
      const url = new URL(source.ownerUrl);
      url.port = String(line.port);
      const { tables } = await backup(url.href, path.join(folder, "late.gz"));
      for (const { name, rows } of tables) {
        const [counted] = await source.sql<{ rows: number }>(`select count(*)::int as rows from public."${name}"`);
        expect(rows, name).toBe(counted?.rows);
      }
    } finally {
      await line.close();
    }
  });

  test("is not left behind by a backup that fails", async () => {
    await expect(
      backup(addressOf(source.ownerUrl, "no_such_database"), path.join(folder, "failed.gz")),
    ).rejects.toThrow();
    expect(fs.readdirSync(folder).filter((name) => name.startsWith("failed"))).toEqual([]);
  });
});
