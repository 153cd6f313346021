// A lock on a folder that dies with the process that holds it. Plain Node: needed before dependencies are installed.
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { execFileSync } from "node:child_process";

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * When a process started, in a form that a later process with the same number does not share. Null: there is no such process.
 * @param {number} pid
 * @returns {string | null}
 */
export function startOf(pid) {
  if (process.platform === "linux") {
    try {
      // Field 22 (ticks since boot); the command name in parentheses may hold spaces, so count from behind it.
      const fields = fs
        .readFileSync(`/proc/${pid}/stat`, "utf8")
        .replace(/^.*\)\s/s, "")
        .split(" ");
      return fields[0] === "Z" ? null : (fields[19] ?? null);
    } catch {
      return null;
    }
  }
  try {
    process.kill(pid, 0);
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim() || null;
  } catch {
    return null;
  }
}

/** @typedef {{ pid: number, state: string }} Holder a process that holds or wants the lock; `state` is what it last said */
/** @typedef {{ say: (state: string) => void, release: () => void }} Lock */

/** @param {string} folder @param {string} own @returns {Holder[]} claims of other living processes; dead ones are cleared away */
function others(folder, own) {
  const found = [];
  for (const name of fs.readdirSync(folder)) {
    if (name === own) continue;
    const [pid = "", start = ""] = name.split("_");
    const file = path.join(folder, name);
    if (startOf(Number(pid)) !== start) {
      // Safe to remove: a claim's name belongs to one process for ever.
      fs.rmSync(file, { force: true });
      continue;
    }
    try {
      // Empty for a moment while it is being written.
      found.push({ pid: Number(pid), state: fs.readFileSync(file, "utf8") || "trying" });
    } catch {
      // Given up between the listing and the reading.
    }
  }
  return found;
}

/**
 * Who holds the lock now, or null.
 * @param {string} folder
 * @returns {Holder | null}
 */
export function holderOf(folder) {
  return fs.existsSync(folder) ? (others(folder, "").find(({ state }) => state !== "trying") ?? null) : null;
}

/**
 * Takes the lock, or gives up. Each contender first writes a claim of its own and only then looks for others, so of two that
 * start at once at least one sees the other; both may then step back, wait a random while and try again.
 * A holder whose state is "stopping" is waited for.
 * @param {string} folder where claims are written; made when missing
 * @param {{ wait?: number }} [options] milliseconds to wait for a holder that is not stopping
 * @returns {Promise<{ lock: Lock, holder: null } | { lock: null, holder: Holder }>} the lock, or the process that holds it
 */
export async function takeLock(folder, { wait = 0 } = {}) {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const own = `${process.pid}_${startOf(process.pid)}_${randomBytes(4).toString("hex")}`;
  const file = path.join(folder, own);
  const from = Date.now();
  for (;;) {
    fs.writeFileSync(file, "trying", { mode: 0o600 });
    const rivals = others(folder, own);
    if (rivals.length === 0) break;
    fs.rmSync(file, { force: true });
    const holder = rivals.find(({ state }) => state !== "trying");
    const patience = holder?.state === "stopping" ? 25_000 : holder ? wait : 10_000;
    const rival = holder ?? rivals[0];
    if (rival && Date.now() - from >= patience) return { lock: null, holder: rival };
    await sleep(50 + Math.random() * 100);
  }
  fs.writeFileSync(file, "starting", { mode: 0o600 });
  const release = () => fs.rmSync(file, { force: true });
  process.once("exit", release);
  const lock = {
    say: (/** @type {string} */ state) => fs.writeFileSync(file, state, { mode: 0o600 }),
    release: () => {
      process.removeListener("exit", release);
      release();
    },
  };
  return { lock, holder: null };
}
