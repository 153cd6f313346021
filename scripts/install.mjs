// Dependencies and the generated database client, brought up to date when they are not. Plain Node.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { takeLock } from "./lock.mjs";
import { Refusal } from "./refusal.mjs";

/** The project's folder. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/** @param {string} file */
const readJson = (file) => JSON.parse(fs.readFileSync(path.join(ROOT, file), "utf8"));

/** Whether what is installed is what package-lock.json says, by versions: times mean nothing in an archive or a clone. */
function dependenciesAreCurrent() {
  if (!fs.existsSync(path.join(ROOT, "node_modules/.package-lock.json"))) return false;
  const wanted = readJson("package-lock.json").packages;
  const installed = readJson("node_modules/.package-lock.json").packages;
  return Object.entries(wanted).every(([name, { version, optional, devOptional, link }]) => {
    // Optional packages of other systems are never installed.
    if (name === "" || link || (!installed[name] && (optional || devOptional))) return true;
    return installed[name]?.version === version;
  });
}

/**
 * What Node is called with to run a TypeScript script of ours. The condition lets files that say `import "server-only"` run
 * outside of Next.
 * @param {string} script relative to the project
 * @param {string[]} args
 */
export function scriptArguments(script, args) {
  const loader = pathToFileURL(path.join(ROOT, "node_modules/tsx/dist/loader.mjs")).href;
  return ["--conditions=react-server", "--import", loader, path.resolve(ROOT, script), ...args];
}

/**
 * Runs a program to its end. Its output is shown only when it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, what: string }} options `what` names the step in the sentence of a failure
 * @returns {Promise<void>}
 */
export function runQuietly(command, args, { env = process.env, what }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
    const end = () => void child.kill();
    process.once("exit", end);
    let output = "";
    const collect = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk).slice(-20_000);
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.once("error", (error) => reject(new Refusal(`${what} failed: ${error.message}.`)));
    child.once("close", (code) => {
      process.removeListener("exit", end);
      if (code === 0) return resolve();
      process.stderr.write(output);
      reject(new Refusal(`${what} failed; its output is above.`));
    });
  });
}

/**
 * A hash over the contents of files, folders taken whole.
 * @param {string[]} roots relative to the project; missing ones are left out
 * @returns {string}
 */
export function hashOf(roots) {
  const hash = createHash("sha256");
  const add = (/** @type {string} */ name) => {
    const full = path.join(ROOT, name);
    const stat = fs.statSync(full, { throwIfNoEntry: false });
    if (!stat) return;
    if (stat.isDirectory()) {
      for (const entry of fs.readdirSync(full).sort()) add(path.join(name, entry));
    } else {
      hash.update(`${name}\0${stat.size}\0`).update(fs.readFileSync(full));
    }
  };
  for (const root of roots) add(root);
  return hash.digest("hex");
}

const CLIENT_STAMP = "generated/prisma.hash";

/** @typedef {(line: string) => void} Log */

async function installDependencies(/** @type {Log} */ log) {
  log("Installing dependencies (about a minute at the first time)");
  const npm = process.env.npm_execpath;
  const args = ["ci", "--include=dev", "--no-audit", "--no-fund"];
  await runQuietly(npm ? process.execPath : "npm", npm ? [npm, ...args] : args, { what: "npm ci" });
}

/** What the client is generated from, as one value. */
const clientSources = () => hashOf(["prisma/schema", "prisma.config.ts", "node_modules/prisma/package.json"]);

function clientIsCurrent() {
  const stamp = path.join(ROOT, CLIENT_STAMP);
  if (!fs.existsSync(path.join(ROOT, "generated/prisma/client.ts")) || !fs.existsSync(stamp)) return false;
  return fs.readFileSync(stamp, "utf8") === clientSources();
}

async function generateClient(/** @type {Log} */ log) {
  log("Generating the database client");
  await runQuietly(process.execPath, ["node_modules/prisma/build/index.js", "generate"], { what: "prisma generate" });
  fs.writeFileSync(path.join(ROOT, CLIENT_STAMP), clientSources());
}

/**
 * Runs work that writes into the project's folder, one process at a time; a second one waits for the first and then finds it done.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function alone(work) {
  const { lock, holder } = await takeLock(path.join(ROOT, "generated/lock"), { wait: 900_000 });
  if (!lock)
    throw new Refusal(`Process ${holder.pid} has been building in ${ROOT} for 15 minutes; end it and start again.`);
  try {
    return await work();
  } finally {
    lock.release();
  }
}

/**
 * Makes sure of dependencies and of the generated database client. Does nothing, in a few milliseconds, when both are current.
 * @param {Log} log one line per step that is really done
 */
export async function prepareSources(log) {
  // Without the lock first: a command must not wait for a build beside it.
  if (dependenciesAreCurrent() && clientIsCurrent()) return;
  await alone(async () => {
    if (!dependenciesAreCurrent()) await installDependencies(log);
    if (!clientIsCurrent()) await generateClient(log);
  });
}
