import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { promisify } from "node:util";
import pg from "pg";
import { afterAll, beforeAll, inject } from "vitest";
import { closeDatabase } from "@/lib/database";
import { grantAppRole, migrate, withClient } from "@/scripts/db";
import { addressOf } from "@/tests/support/cluster";

/** What a test file's database starts with: the migrations alone, reference data, or the whole record. */
export type Start = "empty" | "reference" | "record";

/** The database of one test file. Addresses are known from `beforeAll` on. */
export type TestDatabase = {
  /** As the application connects: also in `process.env.DATABASE_URL` while the file runs. */
  readonly appUrl: string;
  /** As migrations connect. */
  readonly ownerUrl: string;
  /** May do everything, also make other databases. */
  readonly adminUrl: string;
  readonly name: string;
  readonly appRole: string;
  /** Runs one statement as the owner: to look at rows, or to break something on purpose. */
  sql<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
};

/** One builder of templates at a time, over all workers. The number is any constant of the tests. */
const BUILDING = 7_281_931_499;

/**
 * A database of its own for the test file that calls this at its top level, copied from a template that is built once in a
 * run. `lib/database` connects to it as the application's role. Dropped after the file's last test.
 */
export function useDatabase(start: Start = "empty"): TestDatabase {
  const cluster = inject("cluster");
  const name = `${cluster.prefix}${randomBytes(6).toString("hex")}`;
  const database: TestDatabase = {
    name,
    appUrl: addressOf(cluster.appUrl, name),
    ownerUrl: addressOf(cluster.ownerUrl, name),
    adminUrl: addressOf(cluster.adminUrl, name),
    appRole: new URL(cluster.appUrl).username,
    sql: async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
      (await withClient(database.ownerUrl, (client) => client.query<Row>(text, values))).rows,
  };

  beforeAll(async () => {
    process.env.DATABASE_URL = database.appUrl;
    process.env.AUTH_SECRET ??= randomBytes(32).toString("hex");
    process.env.LOG_LEVEL ??= "silent";
    await withClient(cluster.adminUrl, async (admin) => {
      // Held until this connection ends.
      await admin.query("select pg_advisory_lock($1)", [BUILDING]);
      await copy(admin, await templateFor(admin, start), name);
    });
  });

  afterAll(async () => {
    await closeDatabase();
    await withClient(cluster.adminUrl, (admin) =>
      admin.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`),
    );
  });

  return database;
}

async function copy(admin: pg.Client, from: string | null, to: string): Promise<void> {
  const owner = pg.escapeIdentifier(new URL(inject("cluster").ownerUrl).username);
  const template = from ? ` TEMPLATE ${pg.escapeIdentifier(from)}` : "";
  await admin.query(`CREATE DATABASE ${pg.escapeIdentifier(to)} OWNER ${owner}${template}`);
}

/** Fills a template from the empty one: the shipped data are loaded into an empty database only. A template that failed half-way is dropped, so that the next file says why, too. */
async function templateFor(admin: pg.Client, start: Start): Promise<string> {
  const { prefix, ownerUrl, appUrl } = inject("cluster");
  const template = `${prefix}${start}`;
  const { rowCount } = await admin.query("select from pg_database where datname = $1", [template]);
  if (rowCount) return template;
  const before = start === "empty" ? null : await templateFor(admin, "empty");
  await copy(admin, before, template);
  try {
    if (start === "empty") {
      await migrate(addressOf(ownerUrl, template));
      await grantAppRole(addressOf(ownerUrl, template), new URL(appUrl).username);
    } else {
      await load(start, addressOf(appUrl, template));
    }
  } catch (error) {
    await admin.query(`DROP DATABASE ${pg.escapeIdentifier(template)} WITH (FORCE)`);
    throw error;
  }
  return template;
}

/** Loads the shipped data as the product does at its first start, in a process of its own. */
async function load(start: Exclude<Start, "empty">, url: string): Promise<void> {
  const env = { ...process.env, DATABASE_URL: url };
  await promisify(execFile)(process.execPath, ["scripts/run.mjs", "scripts/seed.ts", start], { env });
}
