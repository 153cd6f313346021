import "server-only";
import { spawn, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { DomainError, invalid } from "@/lib/errors";
import { log } from "@/lib/log";

export type ChildLimits = {
  /** Megabytes of memory, buffers included. */
  memory: number;
  seconds: number;
  /** Most bytes of its answer. */
  output: number;
};

/** What is enough for a file of 25 MB. */
const LIMITS: ChildLimits = { memory: 768, seconds: 20, output: 32 * 1024 * 1024 };
/** So many files are read at once; each takes a processor and its memory. */
const MOST_AT_ONCE = 2;
const WATCH_EVERY = 100;

let running = 0;

type Ending = { output: string } | { stopped: "memory" | "time" | "output" | "crash" };

function residentBytes(pid: number): number {
  try {
    return Number(fs.readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]) * 4096;
  } catch {
    // It ended, or this system does not tell: then the limit of the heap alone holds.
    return 0;
  }
}

/**
 * What Node itself keeps from the child where it can: files but the parsers' own, such as what the system tells of this process
 * and its environment, other processes, threads and native code. `no-network.mjs` keeps the network from it.
 */
function permissions(...own: string[]): string[] {
  const flag = ["--permission", "--experimental-permission"].find((one) =>
    process.allowedNodeEnvironmentFlags.has(one),
  );
  if (flag === undefined) return [];
  const readable = [...own, path.join(process.cwd(), "node_modules")].flatMap((one) => [one, fs.realpathSync(one)]);
  return [flag, ...[...new Set(readable)].map((one) => `--allow-fs-read=${one}${path.sep}`), "--no-warnings"];
}

function start(module: string, options: unknown, { memory }: ChildLimits): ChildProcess {
  const folder = path.join(process.cwd(), "lib", "parsing");
  // Half for the heap: what is inflated or decoded lies outside of it.
  const heap = Math.floor(memory / 2);
  const args = [
    `--max-old-space-size=${heap}`,
    ...permissions(folder, path.dirname(path.join(folder, module))),
    path.join(folder, "child.mjs"),
    path.join(folder, module),
  ];
  return spawn(process.execPath, [...args, JSON.stringify(options)], {
    // Nothing of ours: no address of the database, no secret, no options for Node.
    env: { NODE_ENV: "production" },
    cwd: process.cwd(),
    stdio: ["pipe", "pipe", "ignore"],
  });
}

function ended(child: ChildProcess, input: Uint8Array, limits: ChildLimits): Promise<Ending> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let stopped: "memory" | "time" | "output" | null = null;
    const stop = (why: "memory" | "time" | "output"): void => {
      stopped ??= why;
      child.kill("SIGKILL");
    };
    const clock = setTimeout(() => stop("time"), limits.seconds * 1000);
    const watch = setInterval(() => {
      if (residentBytes(child.pid ?? 0) > limits.memory * 1024 * 1024) stop("memory");
    }, WATCH_EVERY);
    const done = (ending: Ending): void => {
      clearTimeout(clock);
      clearInterval(watch);
      resolve(ending);
    };
    child.stdout?.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > limits.output) stop("output");
      else chunks.push(chunk);
    });
    // A child that was stopped does not read on; that is no error of ours.
    child.stdin?.on("error", () => undefined);
    child.once("error", () => done({ stopped: "crash" }));
    child.once("close", (code, signal) => {
      if (stopped !== null) return done({ stopped });
      // The heap's limit ends a process by SIGABRT, or with 134 where a shell would say so.
      if (signal === "SIGABRT" || code === 134) return done({ stopped: "memory" });
      done(code === 0 ? { output: Buffer.concat(chunks).toString("utf8") } : { stopped: "crash" });
    });
    child.stdin?.end(input);
  });
}

const WHY = {
  memory: "Reading this file would take more memory than a document of its size should need.",
  time: "Reading this file takes longer than a document of its size should need.",
  output: "This file holds more than can be taken at once.",
  crash: "This file cannot be read. It may be damaged.",
} as const;

/**
 * Has a module of this folder read a file in a process of its own, with limits on time and memory, without any secret and without
 * the network, and gives back the JSON that it makes of it. The module exports `parse(bytes, options)` and throws `Refused` with a sentence.
 * The caller knows what the module answers, and says so by `T`.
 * @throws DomainError INVALID at `field` when the file is refused or would need more; TOO_MANY when others are being read
 */
export async function runInChild<T>(
  module: `${string}.mjs`,
  input: Uint8Array,
  {
    options = {},
    field = "file",
    limits = {},
  }: { options?: unknown; field?: string; limits?: Partial<ChildLimits> } = {},
): Promise<T> {
  if (running >= MOST_AT_ONCE) {
    throw new DomainError({
      code: "TOO_MANY",
      message: "Other files are being read. Try again in a moment.",
      retryAfter: 5,
    });
  }
  running += 1;
  try {
    const all = { ...LIMITS, ...limits };
    const ending = await ended(start(module, options, all), input, all);
    if ("stopped" in ending) {
      log.warn({ event: "parsing.stopped", module, why: ending.stopped, size: input.byteLength });
      throw invalid(field, WHY[ending.stopped]);
    }
    const answer = JSON.parse(ending.output) as { result: T } | { refused: string | null; name: string };
    if ("result" in answer) return answer.result;
    if (answer.refused === null)
      log.warn({ event: "parsing.failed", module, error: answer.name, size: input.byteLength });
    throw invalid(field, answer.refused ?? WHY.crash);
  } finally {
    running -= 1;
  }
}
