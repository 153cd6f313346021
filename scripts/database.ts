// The database of this installation, whichever it is: DATABASE_URL, or the embedded one of DATA_DIR.
import fs from "node:fs";
import path from "node:path";
import { randomBytes } from "node:crypto";
import { settings } from "../lib/env";
import { grantAppRole, migrate, pendingMigrations } from "./db";
import { appAddress, checkDatabase } from "./external";
import type { Lock } from "./lock.mjs";
import { runningPostgres, startPostgres, type PostgresUrls } from "./postgres";
import { makeDataDir } from "./postgres-folder";
import { say, step } from "./steps";

export type Database = {
  /** For the product and everything that acts as it: may change rows, owns nothing. */
  appUrl: string;
  /** For migrations, backup and restore. */
  ownerUrl: string;
  close(): Promise<void>;
  abandon(): void;
};

/** The database before anything was done to it. */
type Reached = Omit<Database, "appUrl"> & { embedded: PostgresUrls | null };

const ignore = () => {};

/** Brings a database up to date and lets the application in. Prints only when there is something to do. */
async function upToDate(ownerUrl: string): Promise<void> {
  const pending = await pendingMigrations(ownerUrl);
  if (pending.length > 0) await step(`Migrating the database (${pending.length})`, () => migrate(ownerUrl));
}

/**
 * Opens the database for a start: embedded (which must not be running) or external, checked, migrated, with the application's
 * role. Everything is printed as steps.
 * @throws Refusal in one sentence
 */
export async function openDatabase(lock: Lock | null): Promise<Database> {
  const { DATABASE_URL: url, DATA_DIR: dataDir, ALLOW_UNSAFE_DB: allowUnsafe } = settings();
  if (url) {
    await checkDatabase(url, allowUnsafe);
    await upToDate(url);
    const { appUrl, warning } = await appAddress(url);
    if (warning) say(warning);
    return { appUrl, ownerUrl: url, close: async () => {}, abandon: ignore };
  }
  const server = await step("Starting the embedded Postgres", (log) =>
    startPostgres({ dataDir, log, ...(lock ? { lock } : {}) }),
  );
  try {
    await checkDatabase(server.ownerUrl, allowUnsafe);
    await upToDate(server.ownerUrl);
    await grantAppRole(server.ownerUrl, "rostrum_app");
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    appUrl: server.appUrl,
    ownerUrl: server.ownerUrl,
    close: () => server.stop(),
    abandon: () => server.abandon(),
  };
}

/** The secret of this installation: AUTH_SECRET, or one made once and kept in DATA_DIR for its owner alone. */
export function authSecret(): string {
  const { AUTH_SECRET: given, DATA_DIR: dataDir } = settings();
  if (given) return given;
  const file = path.join(path.resolve(dataDir), "auth-secret");
  if (!fs.existsSync(file)) {
    makeDataDir(dataDir);
    const made = path.join(path.dirname(file), `auth-secret.${process.pid}`);
    fs.writeFileSync(made, randomBytes(32).toString("hex"), { mode: 0o600 });
    try {
      // link fails when the file is there: of two that start at once, the second takes the first one's secret.
      fs.linkSync(made, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    fs.rmSync(made);
  }
  return fs.readFileSync(file, "utf8").trim();
}

/**
 * Connects a command-line script to the database: DATABASE_URL, or the embedded one, running or started for the time being,
 * and migrates it. Sets DATABASE_URL (as the application's role) and AUTH_SECRET for the product's own modules: import or
 * call those afterwards. Prints nothing. Call `close` at the end.
 * @throws Refusal in one sentence
 */
export async function connectDatabase(): Promise<Database> {
  const database = await reachDatabase();
  try {
    const appUrl = await bringUpToDate(database);
    Object.assign(process.env, { AUTH_SECRET: authSecret(), DATABASE_URL: appUrl });
    return { ...database, appUrl };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Reaches the database as its owner, whatever state it is in. */
export async function reachDatabase(): Promise<Reached> {
  const { DATABASE_URL: url, DATA_DIR: dataDir, ALLOW_UNSAFE_DB: allowUnsafe } = settings();
  if (url) {
    await checkDatabase(url, allowUnsafe);
    return { embedded: null, ownerUrl: url, close: async () => {}, abandon: ignore };
  }
  const running = runningPostgres(dataDir);
  if (running) return { embedded: running, ownerUrl: running.ownerUrl, close: async () => {}, abandon: ignore };
  const server = await startPostgres({ dataDir });
  return { embedded: server, ownerUrl: server.ownerUrl, close: () => server.stop(), abandon: () => server.abandon() };
}

/** Applies missing migrations and gives the application its rights. Returns the application's address. */
export async function bringUpToDate({ embedded, ownerUrl }: Pick<Reached, "embedded" | "ownerUrl">): Promise<string> {
  await migrate(ownerUrl);
  if (!embedded) return (await appAddress(ownerUrl)).appUrl;
  await grantAppRole(ownerUrl, "rostrum_app");
  return embedded.appUrl;
}
