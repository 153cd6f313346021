import { spawn, type ChildProcess } from "node:child_process";
import { appendFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ACCOUNTS } from "./accounts";

/** A running product, as `npm start` runs it. */
export type Product = {
  url: string;
  pid: number;
  /** Settings that reach the same installation: for `npm run` commands beside it. */
  env: Record<string, string>;
  /** All that it has printed so far. */
  output(): string;
  /** Ends it as Ctrl-C does, or by another signal; resolves with the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** Ends it as a power cut does. */
  kill(): Promise<void>;
};

export type ProductSettings = { DATA_DIR: string; PORT: string } & Record<string, string>;

/** A start may build (once for all) and load the record. */
const PATIENCE = 600_000;

const ended = (child: ChildProcess): Promise<number | null> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve(child.exitCode)
    : new Promise((resolve) => child.once("exit", resolve));

function environment(settings: Record<string, string>): NodeJS.ProcessEnv {
  const { NODE_ENV: _mode, DATABASE_URL: _database, APP_URL: _url, FORCE_COLOR: _color, ...rest } = process.env;
  return { ...rest, ...settings } as NodeJS.ProcessEnv;
}

/**
 * Starts the product with these settings (see the README) and waits until it is ready. Without DATABASE_URL among them it brings
 * its own Postgres below DATA_DIR, which the caller removes afterwards. With `logFile` all that it prints is there, too.
 * Throws with its output when it ends before it is ready.
 */
export async function startProduct(settings: ProductSettings, logFile?: string): Promise<Product> {
  const child = spawn(process.execPath, ["scripts/start.mjs"], {
    env: environment(settings),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  const hear = (chunk: Buffer) => {
    printed += String(chunk);
    if (logFile) appendFileSync(logFile, chunk);
  };
  for (const stream of [child.stdout, child.stderr]) stream.on("data", hear);
  const end = () => void child.kill("SIGKILL");
  process.once("exit", end);
  child.once("exit", () => process.removeListener("exit", end));

  const until = Date.now() + PATIENCE;
  while (!printed.includes("Rostrum is ready at")) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`The product did not start:\n${printed}`);
    if (Date.now() > until) {
      child.kill("SIGKILL");
      throw new Error(`The product was not ready after ${PATIENCE / 1000} s:\n${printed}`);
    }
    await sleep(50);
  }

  return {
    url: /Rostrum is ready at (\S+)/.exec(printed)?.[1] ?? "",
    pid: child.pid ?? 0,
    env: settings,
    output: () => printed,
    stop: async (signal = "SIGINT") => {
      child.kill(signal);
      // A product that hangs at its end must not hang the tests.
      const late = setTimeout(end, 30_000);
      const code = await ended(child);
      clearTimeout(late);
      return code;
    },
    kill: async () => {
      child.kill("SIGKILL");
      await ended(child);
    },
  };
}

/** Runs `npm run admin` on the installation of these settings; resolves with its standard output, throws with its complaint. */
export async function admin(env: Record<string, string>, args: string[], input = ""): Promise<string> {
  const child = spawn(process.execPath, ["scripts/run.mjs", "scripts/admin.ts", ...args], {
    env: environment(env),
    stdio: ["pipe", "pipe", "pipe"],
  });
  let answer = "";
  let remarks = "";
  child.stdout.on("data", (chunk) => (answer += String(chunk)));
  child.stderr.on("data", (chunk) => (remarks += String(chunk)));
  child.stdin.end(input);
  const code = await ended(child);
  if (code !== 0) throw new Error(`admin ${args.join(" ")}: ${remarks}`);
  return answer.trim();
}

/** Adds the accounts of every role but the first administrator's, which the start makes from ADMIN_EMAIL. */
export async function addAccounts(env: Record<string, string>): Promise<void> {
  for (const role of ["viewer", "analyst", "reviewer"] as const) {
    const { email, name, password } = ACCOUNTS[role];
    await admin(
      env,
      ["user", "create", "--email", email, "--name", name, "--role", role, "--password-stdin"],
      password,
    );
  }
}

/** A folder of its own for a product's data, and how to remove it. */
export async function dataFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "rostrum-data-"));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
