// npm run restore -- FILE [--replace]: the database as it was when the backup was taken, all or nothing.
import { pipeline } from "node:stream/promises";
import { pathToFileURL } from "node:url";
import pg from "pg";
import * as copyStreams from "pg-copy-streams";
import { auditFaults, auditHead } from "./audit-chain";
import { summaryOf } from "./backup";
import { copyIn, readBackup, verifyBackup, type Manifest } from "./backup-format";
import { bringUpToDate, reachDatabase } from "./database";
import { applyMigrations, inTransaction, knownMigrations, migrationsOf, withClient } from "./db";
import { Refusal } from "./refusal.mjs";
import { printFailure } from "./steps";
import { columnNames, emptyTables, sequenceValues, tablesInOrder, withoutHistoryTriggers } from "./tables";

type Options = {
  /** Give up what the database holds now. */
  replace: boolean;
  /** The database is ours alone, so that a backup of an older version may have its tables made anew. */
  embedded: boolean;
};

const sameMigrations = (one: Manifest["migrations"], other: Manifest["migrations"]) =>
  one.length === other.length && one.every(({ checksum }, index) => checksum === other[index]?.checksum);

async function holdsData(client: pg.Client): Promise<boolean> {
  for (const table of await tablesInOrder(client)) {
    const { rowCount } = await client.query(`select from public.${pg.escapeIdentifier(table)} limit 1`);
    if (rowCount) return true;
  }
  return false;
}

/** Makes the tables those of the backup: the same already, or made anew by the migrations that the backup names. */
async function matchTables(client: pg.Client, { migrations }: Manifest, embedded: boolean): Promise<void> {
  const present = await migrationsOf(client);
  if (sameMigrations(migrations, present)) return;
  const known = knownMigrations();
  const needed = migrations.map((wanted) => known.find(({ checksum }) => checksum === wanted.checksum));
  if (needed.some((migration) => !migration)) {
    throw new Refusal("The backup was taken by a newer version of Rostrum; restore it with that version.");
  }
  if (present.length > 0 && !embedded) {
    throw new Refusal("The backup was taken by an older version of Rostrum; restore it into a new, empty database.");
  }
  if (present.length > 0) await client.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  await applyMigrations(
    client,
    needed.filter((migration) => migration !== undefined),
  );
}

async function copyTables(client: pg.Client, file: string, manifest: Manifest): Promise<void> {
  const expected = await tablesInOrder(client);
  await readBackup(file, async (table, rows) => {
    // Names come from the catalog, never from the file, which anybody may have written.
    const entry = manifest.tables.find(({ name }) => name === table);
    const columns = expected.includes(table) ? await columnNames(client, table) : [];
    if (!entry || columns.join() !== entry.columns.join())
      throw new Refusal(`The backup has a table ${table} that does not fit; nothing was changed.`);
    const copy = client.query(copyStreams.from(copyIn(table, columns)));
    await pipeline(rows, copy);
    if (copy.rowCount !== entry.rows)
      throw new Refusal(
        `The backup has ${entry.rows} rows of ${table}, but ${copy.rowCount} arrived; nothing was changed.`,
      );
  });
  for (const { name } of await sequenceValues(client)) {
    const value = manifest.sequences.find((sequence) => sequence.name === name)?.value;
    if (value)
      await client.query("select setval(to_regclass($1), $2::bigint)", [`public.${pg.escapeIdentifier(name)}`, value]);
  }
}

async function refuseBrokenChain(client: pg.Client, manifest: Manifest): Promise<void> {
  const faults = await auditFaults(client);
  if (faults.length > 0)
    throw new Refusal(`The history in the backup is not whole, so nothing was changed: ${faults[0]}.`);
  const head = await auditHead(client);
  if (head?.hash !== manifest.auditHead?.hash)
    throw new Refusal("The history in the backup ends elsewhere than its manifest says; nothing was changed.");
}

/**
 * Restores a backup in one transaction: on any failure the database stays as it was. Reads the file twice: first all of it to
 * see that it is whole. Migrations and the application's rights are left to the next start.
 * @throws Refusal one sentence: no backup, damaged, of another version, or a database with data and no `replace`
 */
export async function restore(ownerUrl: string, file: string, { replace, embedded }: Options): Promise<Manifest> {
  const manifest = await verifyBackup(file);
  await withClient(ownerUrl, (client) =>
    inTransaction(client, async () => {
      if (!replace && (await holdsData(client))) {
        throw new Refusal("The database is not empty; add --replace to give up what it holds.");
      }
      await matchTables(client, manifest, embedded);
      await withoutHistoryTriggers(client, async () => {
        await emptyTables(client);
        await copyTables(client, file, manifest);
      });
      await refuseBrokenChain(client, manifest);
    }),
  );
  return manifest;
}

async function main(args: string[]): Promise<void> {
  const [file, ...others] = args.filter((arg) => arg !== "--replace");
  if (!file || others.length > 0) throw new Refusal("Name the file to restore: npm run restore -- FILE [--replace]");
  await verifyBackup(file);
  const database = await reachDatabase();
  try {
    const embedded = database.embedded !== null;
    const manifest = await restore(database.ownerUrl, file, { replace: args.includes("--replace"), embedded });
    await bringUpToDate(database);
    console.log(`Restored ${file}: ${summaryOf(manifest)}`);
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
