// The data folder of the embedded Postgres: what lies where, who holds it, and what an earlier run left in it.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { startOf, takeLock, type Lock } from "./lock.mjs";
import { Refusal } from "./refusal.mjs";

/** What is remembered of a cluster between runs, for its owner alone. */
export type Kept = { port: number; passwords: { postgres: string; owner: string; app: string } };

/** The files and folders of a data folder. */
export const places = (dataDir: string) => {
  const root = path.resolve(dataDir);
  return {
    root,
    lock: path.join(root, "lock"),
    cluster: path.join(root, "postgres"),
    unfinished: path.join(root, "postgres.unfinished"),
    kept: path.join(root, "postgres.json"),
    log: path.join(root, "postgres.log"),
    tmp: path.join(root, "tmp"),
  };
};

/**
 * Takes the lock on a data folder, so that two starts never touch one cluster.
 * @throws Refusal when another living process holds it
 */
export async function lockDataDir(dataDir: string): Promise<Lock> {
  const { lock, holder } = await takeLock(places(dataDir).lock);
  if (lock) return lock;
  throw new Refusal(
    `Rostrum is already ${holder.state === "starting" ? "starting" : "running"} on the data folder ${path.resolve(dataDir)} (process ${holder.pid}); stop it first, or set DATA_DIR to another folder.`,
  );
}

/** Null when there is no cluster yet, or its passwords were lost. */
export function readKept(file: string): Kept | null {
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, "utf8")) as Kept) : null;
}

/** Remembers, and returns what it was given. */
export function keep(file: string, kept: Kept): Kept {
  // Written beside and renamed: a crash leaves the old passwords or the new ones, never half a file.
  fs.writeFileSync(`${file}.new`, JSON.stringify(kept), { mode: 0o600 });
  fs.renameSync(`${file}.new`, file);
  return kept;
}

/** `wanted` when it is free on this machine, otherwise any free port. 0 is any. */
export function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once("error", (error: NodeJS.ErrnoException) =>
      wanted !== 0 && error.code === "EADDRINUSE" ? resolve(freePort(0)) : reject(error),
    );
    probe.listen(wanted, "127.0.0.1", () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** What the postmaster wrote about itself: its number, the port, and "ready" when it takes connections. */
export function postmaster(cluster: string): { pid: number; port: number; ready: boolean } | null {
  try {
    const lines = fs.readFileSync(path.join(cluster, "postmaster.pid"), "utf8").split("\n");
    return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === "ready" };
  } catch {
    return null;
  }
}

function commandOf(pid: number): string {
  try {
    if (process.platform === "linux") return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    return "";
  }
}

/** The server that an earlier process left running on this very cluster, by the command line that we start it with. */
export function orphanOf(cluster: string): number | null {
  const left = postmaster(cluster);
  if (!left) return null;
  const command = commandOf(left.pid);
  return command.includes("postgres") && command.includes(` -D ${cluster} `) ? left.pid : null;
}

/** A zombie is not alive: in a container whose first process reaps nobody it stays for ever. */
export const alive = (pid: number): boolean => startOf(pid) !== null;

/**
 * After a restart of the machine, or of a container, another program may have the number that the last server had. Postgres
 * would not start then; our own number it takes for an earlier self. The rest of the file stays: by it Postgres finds workers
 * of that server that still run.
 */
export function forgetTakenNumber(cluster: string): void {
  const left = postmaster(cluster);
  if (!left || !alive(left.pid) || commandOf(left.pid).includes("postgres")) return;
  const file = path.join(cluster, "postmaster.pid");
  const [, ...rest] = fs.readFileSync(file, "utf8").split("\n");
  fs.writeFileSync(file, [process.pid, ...rest].join("\n"));
}

/** Makes a folder and those above it. Node's own recursion never ends where the system has no such folder to make, as in /proc. */
function makeFolder(folder: string): void {
  if (fs.existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  fs.mkdirSync(folder, { mode: 0o700 });
}

/** Makes the data folder for us alone. An existing folder keeps its owner and mode: it may be shared on purpose. */
export function makeDataDir(dataDir: string): void {
  const root = path.resolve(dataDir);
  try {
    makeFolder(root);
    fs.accessSync(root, fs.constants.R_OK | fs.constants.W_OK | fs.constants.X_OK);
    const probe = path.join(root, `.probe-${process.pid}`);
    fs.writeFileSync(probe, "");
    fs.rmSync(probe);
  } catch (error) {
    throw new Refusal(
      `DATA_DIR: the folder ${root} cannot be written (${(error as NodeJS.ErrnoException).code ?? "unknown error"}).`,
    );
  }
}
