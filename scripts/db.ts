// The database's shape: migrations, the application's role, and the comparison of both with prisma/schema.
//   node scripts/run.mjs scripts/db.ts migrate | diff NAME | drift | verify
import { createHash, randomUUID } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import pg from "pg";
import { auditFaults, auditHead } from "./audit-chain";
import { ROOT } from "./install.mjs";
import { Refusal } from "./refusal.mjs";

const FOLDER = path.join(ROOT, "prisma/migrations");
/** Prisma's own table, with its columns, so that its command line understands the database too. */
const TABLE = `CREATE TABLE IF NOT EXISTS public._prisma_migrations (
  id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz, migration_name varchar(255) NOT NULL,
  logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`;
/** One migrating process at a time; the number is any constant of our own. */
const MIGRATION_LOCK = 7_281_931_402;
const GRANT_LOCK = 7_281_931_403;

type Migration = { name: string; sql: string; checksum: string };

/** The migrations of this version of the code, oldest first. */
export function knownMigrations(): Migration[] {
  if (!fs.existsSync(FOLDER)) return [];
  return fs
    .readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((name) => {
      const sql = fs.readFileSync(path.join(FOLDER, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    });
}

/** Runs `work` on a connection of its own and closes it. `url` may be any role's address. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5000,
    application_name: "rostrum-scripts",
  });
  // A connection that breaks between two queries fails the next query; without a listener it would end the process.
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The migrations that this database has, oldest first. */
export async function migrationsOf(client: pg.Client): Promise<{ name: string; checksum: string }[]> {
  const { rows: table } = await client.query<{ found: boolean }>(
    "select to_regclass('public._prisma_migrations') is not null as found",
  );
  if (!table[0]?.found) return [];
  const { rows } = await client.query<{ name: string; checksum: string }>(
    `select migration_name as name, checksum from public._prisma_migrations
     where finished_at is not null and rolled_back_at is null order by migration_name collate "C"`,
  );
  return rows;
}

const applied = async (client: pg.Client) =>
  new Map((await migrationsOf(client)).map(({ name, checksum }) => [name, checksum]));

/** Names of migrations that the code has and the database has not. */
export async function pendingMigrations(url: string): Promise<string[]> {
  const there = await withClient(url, applied);
  return knownMigrations()
    .map(({ name }) => name)
    .filter((name) => !there.has(name));
}

/** Names of migrations that the database has and the code does not know: it was used by a newer version. Empty when it was not. */
export async function databaseIsNewer(url: string): Promise<string[]> {
  const known = new Set(knownMigrations().map(({ name }) => name));
  return [...(await withClient(url, applied)).keys()].filter((name) => !known.has(name));
}

/** Runs migrations and lists them as applied, inside the caller's transaction. */
export async function applyMigrations(client: pg.Client, migrations: Migration[]): Promise<void> {
  for (const { name, sql, checksum } of migrations) {
    try {
      // Some logins have a schema of their own before this one.
      await client.query("SET LOCAL search_path = public");
      await client.query(TABLE);
      await client.query(sql);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Refusal(`Migration ${name} failed and was undone: ${reason}`);
    }
    await client.query(
      `INSERT INTO public._prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
  }
}

/** Runs `work` in a transaction of this connection: all of it or nothing. */
export async function inTransaction<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query("BEGIN");
  try {
    const result = await work();
    await client.query("COMMIT");
    return result;
  } catch (error) {
    // A connection that broke has rolled back by itself.
    await client.query("ROLLBACK").catch(() => {});
    throw error;
  }
}

/**
 * Applies the missing migrations, each with its entry in one transaction: a process killed half-way leaves the database as it
 * was before that migration. Waits for another process that is migrating. Returns the names that were applied.
 * @throws Refusal when the database is newer than the code, when an applied migration was edited, or when one fails
 */
export async function migrate(ownerUrl: string): Promise<string[]> {
  return withClient(ownerUrl, async (client) => {
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    const there = await applied(client);
    const known = knownMigrations();
    const newer = [...there.keys()].filter((name) => !known.some((migration) => migration.name === name));
    if (newer.length > 0) {
      throw new Refusal(
        `The database was migrated by a newer version of Rostrum (${newer.join(", ")}); start that version, or restore an older backup.`,
      );
    }
    const edited = known.find(({ name, checksum }) => there.has(name) && there.get(name) !== checksum);
    if (edited)
      throw new Refusal(`Migration ${edited.name} was edited after it was applied; put it back and write a new one.`);
    const missing = known.filter(({ name }) => !there.has(name));
    for (const migration of missing) await inTransaction(client, () => applyMigrations(client, [migration]));
    return missing.map(({ name }) => name);
  });
}

/**
 * Gives the application's role what it may do, and takes the rest: reading and writing rows, but only adding audit events, and
 * nothing on the seals and the list of migrations but reading. Safe to repeat, also at once; repeat it after every migration.
 */
export async function grantAppRole(ownerOrSuperUrl: string, role: string): Promise<void> {
  const name = pg.escapeIdentifier(role);
  await withClient(ownerOrSuperUrl, async (client) => {
    await client.query(`
      BEGIN;
      -- One at a time: Postgres refuses the second of two that change the rights on a table at once ("tuple concurrently updated").
      SELECT pg_advisory_xact_lock(${GRANT_LOCK});
      REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${name};
      GRANT USAGE ON SCHEMA public TO ${name};
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${name};
      GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ${name};
      REVOKE UPDATE, DELETE ON public.audit_event FROM ${name};
      REVOKE INSERT, UPDATE, DELETE ON public.audit_seal, public._prisma_migrations FROM ${name};
      -- For imports and for undoing them: what they compare lies in temporary tables, not in memory.
      DO $do$ BEGIN EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO ${name.replaceAll("'", "''")}', current_database()); END $do$;
      COMMIT`);
  });
}

/** A database made by the migrations alone, in a cluster that exists only for `work`. */
async function withScratchDatabase<T>(work: (ownerUrl: string) => Promise<T>): Promise<T> {
  const { startPostgres } = await import("./postgres");
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "rostrum-scratch-"));
  try {
    const server = await startPostgres({ dataDir, unsafeFast: true });
    try {
      await migrate(server.ownerUrl);
      return await work(server.ownerUrl);
    } finally {
      await server.stop();
    }
  } finally {
    fs.rmSync(dataDir, { recursive: true, force: true });
  }
}

async function sqlToSchema(): Promise<string> {
  const { sqlFromDatabaseToSchema } = await import("./engine");
  return withScratchDatabase(sqlFromDatabaseToSchema);
}

/** Writes the migration from what the migrations give to what prisma/schema says. Returns its file, or null when they agree. */
async function writeMigration(name: string): Promise<string | null> {
  if (!/^[a-z][a-z0-9_]{2,60}$/.test(name))
    throw new Refusal("Name the migration in lower case with underscores: diff add_votes.");
  const sql = await sqlToSchema();
  if (!sql) return null;
  const stamp = new Date().toISOString().replaceAll(/[-:T]/g, "").slice(0, 14);
  const folder = path.join(FOLDER, `${stamp}_${name}`);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "migration.sql"), `${sql}\n`);
  return path.relative(ROOT, path.join(folder, "migration.sql"));
}

function databaseUrl(): string {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Refusal("Set DATABASE_URL to the database; the embedded one is migrated by npm start.");
  return url;
}

async function main([command, name = ""]: string[]): Promise<void> {
  if (command === "migrate") {
    const done = await migrate(databaseUrl());
    console.log(done.length > 0 ? done.join("\n") : "Nothing to migrate.");
  } else if (command === "diff") {
    console.log((await writeMigration(name)) ?? "The schema and the migrations agree.");
  } else if (command === "drift") {
    const sql = await sqlToSchema();
    if (sql) throw new Refusal(`The migrations do not give what prisma/schema says; missing:\n${sql}`);
    console.log("The schema and the migrations agree.");
  } else if (command === "verify") {
    const { faults, head } = await withClient(databaseUrl(), async (client) => ({
      faults: await auditFaults(client),
      head: await auditHead(client),
    }));
    if (faults.length > 0) throw new Refusal(faults.join("\n"));
    console.log(
      head ? `The audit chain is whole: ${head.position} events, head ${head.hash}` : "There are no audit events.",
    );
  } else {
    throw new Refusal("Say what to do: migrate, diff NAME, drift or verify.");
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error instanceof Refusal ? error.message : error);
    process.exitCode = 1;
  });
}
