// Ends the process in order: what was opened last is closed first.
import fs from "node:fs";
import { startOf } from "./lock.mjs";
import { say } from "./steps";

type Closing = {
  /** Closes in order and resolves when closed. `gently`: a supervisor asked, whose balancer first has to notice. */
  close: (gently: boolean) => Promise<void> | void;
  /** Closes without waiting, for a second signal. */
  abandon?: () => void;
};

const open: Closing[] = [];
let stopping: Promise<void> | null = null;
let since = 0;

/** Registers something to close when the process is asked to end. */
export function closeAtStop(closing: Closing): void {
  open.push(closing);
}

/** Closes everything that was registered, last first. One that fails does not keep the rest open. */
export function stop(gently = false): Promise<void> {
  since = Date.now();
  return (stopping ??= (async () => {
    for (const { close } of open.toReversed()) {
      try {
        await close(gently);
      } catch (error) {
        process.stderr.write(`While stopping: ${error instanceof Error ? error.message : String(error)}\n`);
      }
    }
  })());
}

function onSignal(signal?: NodeJS.Signals): void {
  if (stopping) {
    // npm passes a Ctrl-C on to a process that the terminal has told already: that is one signal, not two.
    if (Date.now() - since < 1000) return;
    for (const { abandon } of open) abandon?.();
    process.exit(130);
  }
  say("Stopping; once more ends at once");
  void stop(signal === "SIGTERM").then(() => process.exit(0));
}

/** The processes above this one up to npm, which may have put a shell between: each with the time of its start. */
function npmAbove(): { pid: number; start: string | null }[] {
  const shell = process.platform === "linux" ? Number(/^PPid:\s*(\d+)/m.exec(statusOf(process.ppid))?.[1]) : 0;
  return [process.ppid, shell].filter((pid) => pid > 1).map((pid) => ({ pid, start: startOf(pid) }));
}

function statusOf(pid: number): string {
  try {
    return fs.readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    return "";
  }
}

/**
 * From now on SIGINT, SIGTERM and SIGHUP stop in order with exit code 0, and a second one ends at once. So does the end of npm,
 * where npm started us: npm passes a signal only to its shell, and one that is killed passes none.
 */
export function stopOnSignals(): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const above = npmAbove();
  const gone = () =>
    process.ppid !== parent || (process.platform === "linux" && above.some(({ pid, start }) => startOf(pid) !== start));
  setInterval(() => {
    if (!stopping && gone()) onSignal("SIGTERM");
  }, 250).unref();
}
