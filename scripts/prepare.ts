// Everything between dependencies and a running server.
import { spawn } from "node:child_process";
import { hkdfSync } from "node:crypto";
import readline from "node:readline";
import { settings, type Settings } from "../lib/env";
import { build } from "./build";
import { authSecret, openDatabase, type Database } from "./database";
import { knownMigrations, withClient } from "./db";
import { checkDatabase } from "./external";
import { startDigestTimer } from "./digest-timer";
import { ROOT, scriptArguments } from "./install.mjs";
import { lockDataDir, makeDataDir } from "./postgres-folder";
import { Refusal } from "./refusal.mjs";
import { refuseBusyPort, serve } from "./serve";
import { say, step } from "./steps";
import { closeAtStop, stop, stopOnSignals } from "./stop";

/** Runs a script of the project in a process of its own, with this environment; its lines go to `onLine`. */
function runScript(script: string, args: string[], onLine: (line: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, scriptArguments(script, args), {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const end = () => void child.kill();
    process.once("exit", end);
    readline.createInterface({ input: child.stdout }).on("line", onLine);
    child.once("error", reject);
    child.once("close", (code) => {
      process.removeListener("exit", end);
      if (code === 0) resolve();
      else reject(new Refusal(`${script} failed.`));
    });
  });
}

async function holds(url: string, tables: string[]): Promise<boolean> {
  const found = tables.map((table) => `exists (select from public."${table}")`).join(" or ");
  const { rows } = await withClient(url, (client) => client.query<{ found: boolean }>(`select ${found} as found`));
  return rows[0]?.found ?? false;
}

/**
 * Loads what SEED names into a database that nobody has used yet. The script loads all or nothing, and waits for another
 * process that is loading.
 */
async function seedWhenEmpty({ ownerUrl }: Database, what: Settings["SEED"]): Promise<void> {
  if (what === "none") return;
  if (await holds(ownerUrl, ["actor", "dialogue", "user"])) {
    // Filled by a version that had no codebook yet.
    if (await holds(ownerUrl, ["codebook_version"])) return;
    return step("Loading the codebook", (progress) => runScript("scripts/seed.ts", ["codebook"], progress));
  }
  const name = what === "record" ? "Loading the record" : "Loading reference data";
  await step(name, (progress) => runScript("scripts/seed.ts", [what], progress));
}

/** Makes the first administrator, or a link that makes one, while there is no account. Returns the line to print, if any. */
async function firstAccount({ ownerUrl }: Database): Promise<string | null> {
  if (await holds(ownerUrl, ["user"])) return null;
  const lines: string[] = [];
  await runScript("scripts/first-account.ts", [], (line) => lines.push(line));
  return lines.length > 0 ? lines.join("\n") : null;
}

/** What Next and next-auth read from the environment, beside our own names. */
function setEnvironment({ APP_URL: appUrl }: Settings, secret: string): void {
  const key = Buffer.from(hkdfSync("sha256", secret, "", "rostrum server actions", 32)).toString("base64");
  Object.assign(process.env, {
    APP_URL: appUrl,
    AUTH_SECRET: secret,
    NEXTAUTH_URL: appUrl,
    NEXTAUTH_SECRET: secret,
    // From the secret, so that it outlives builds and restarts: an open tab can still send what was typed.
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: key,
  });
}

async function bringUp(dev: boolean): Promise<void> {
  const config = settings();
  const { HOST: host, PORT: port, APP_URL: appUrl, DATA_DIR: dataDir } = config;
  if (!config.DATABASE_URL) makeDataDir(dataDir);
  const lock = config.DATABASE_URL ? null : await lockDataDir(dataDir);
  // What would stop the start in the end should stop it now, not after the build.
  await refuseBusyPort(host, port);
  if (config.DATABASE_URL) await checkDatabase(config.DATABASE_URL, config.ALLOW_UNSAFE_DB);
  setEnvironment(config, authSecret());
  if (!dev) await build();
  const database = await openDatabase(lock);
  closeAtStop({ close: () => database.close(), abandon: () => database.abandon() });
  process.env.DATABASE_URL = database.appUrl;
  await seedWhenEmpty(database, config.SEED);
  const account = await firstAccount(database);
  const served = await step("Starting the server", () =>
    serve({
      host,
      port,
      appUrl,
      dev,
      trustProxy: config.TRUST_PROXY,
      migrations: knownMigrations().map(({ name }) => name),
    }),
  );
  closeAtStop({ close: (gently) => served.stop(gently ? 2000 : 0) });
  if (config.SMTP_URL) {
    const digests = startDigestTimer(database.appUrl, config.DIGEST_HOUR);
    closeAtStop({ close: () => digests.stop() });
  }
  closeAtStop({ close: () => lock?.say("stopping") });
  lock?.say("serving");
  say(`Rostrum is ready at ${appUrl}`);
  if (account) say(account);
}

/** Starts the product in this process; it then runs until a signal. A start that fails closes what it had opened. */
export async function start({ dev }: { dev: boolean }): Promise<void> {
  stopOnSignals();
  try {
    await bringUp(dev);
  } catch (error) {
    await stop();
    throw error;
  }
}
