// The database of this installation, whichever it is: DATABASE_URL, or the embedded one of DATA_DIR.
import fs from "node:fs";
import path from "node:path";
import { randomBytes } from "node:crypto";
import { settings } from "../lib/env";
import { grantAppRole, migrate, pendingMigrations } from "./db";
import { appAddress, checkDatabase } from "./external";
import type { Lock } from "./lock.mjs";
import { makeDataDir, runningPostgres, startPostgres } from "./postgres";
import { Refusal } from "./refusal.mjs";
import { say, step } from "./steps";

export type Database = {
  /** For the product and everything that acts as it: may change rows, owns nothing. */
  appUrl: string;
  /** For migrations, backup and restore. */
  ownerUrl: string;
  close(): Promise<void>;
  abandon(): void;
};

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
 * Connects a command-line script to the database: DATABASE_URL, or the embedded one, running or started for the time being.
 * Sets DATABASE_URL (the application's role) and AUTH_SECRET for the product's own modules: import those afterwards. Migrates.
 * Call `close` at the end. Nothing is printed on standard output.
 */
export async function connectDatabase(): Promise<Database> {
  const { DATABASE_URL: url, DATA_DIR: dataDir, ALLOW_UNSAFE_DB: allowUnsafe } = settings();
  let database: Database;
  const running = url ? null : runningPostgres(dataDir);
  if (url) {
    await checkDatabase(url, allowUnsafe);
    await migrate(url);
    database = { appUrl: (await appAddress(url)).appUrl, ownerUrl: url, close: async () => {}, abandon: ignore };
  } else if (running) {
    if ((await pendingMigrations(running.ownerUrl)).length > 0) {
      throw new Refusal(
        "The running server is of an older version than this command; stop it, start it again, then repeat.",
      );
    }
    database = { appUrl: running.appUrl, ownerUrl: running.ownerUrl, close: async () => {}, abandon: ignore };
  } else {
    const server = await startPostgres({ dataDir });
    await migrate(server.ownerUrl);
    await grantAppRole(server.ownerUrl, "rostrum_app");
    database = {
      appUrl: server.appUrl,
      ownerUrl: server.ownerUrl,
      close: () => server.stop(),
      abandon: () => server.abandon(),
    };
  }
  process.env.AUTH_SECRET = authSecret();
  process.env.DATABASE_URL = database.appUrl;
  return database;
}
