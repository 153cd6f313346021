// npm test: all tests of one run, and one last line that sums them up.
//   npm test [-- [unit|integration|e2e]... [arguments for the runner]]
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { prepareSources, ROOT } from "./install.mjs";
import { Refusal } from "./refusal.mjs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Sum */

const KINDS = ["unit", "integration", "e2e"];
/** Vitest's projects (vitest.config.ts) of each kind. */
const PROJECTS = { unit: ["unit"], integration: ["integration", "measuring", "faults"] };

/** @param {string[]} args */
function parse(args) {
  const at = args.findIndex((arg) => !KINDS.includes(arg));
  const named = at < 0 ? args : args.slice(0, at);
  return { kinds: named.length > 0 ? named : KINDS, rest: at < 0 ? [] : args.slice(at) };
}

/**
 * Runs a test runner with its output as it comes; it writes its report to `file`.
 * @param {string[]} args
 * @param {string} file
 * @returns {Promise<{ code: number | null, report: any }>} the report is null when the runner ended before it wrote one
 */
function run(args, file) {
  const env = {
    ...process.env,
    NEXT_TELEMETRY_DISABLED: "1",
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
    // A process manager's production setting must not reach React and Vitest.
    NODE_ENV: "test",
  };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ["ignore", "inherit", "inherit"] });
    child.once("error", reject);
    child.once("close", (code) => {
      resolve({ code, report: fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : null });
    });
  });
}

/**
 * A runner that failed without a failed test (a file that does not load, a browser that does not start) counts as one failure.
 * @param {Sum} sum
 * @param {number | null} code
 * @returns {Sum}
 */
const orBroken = (sum, code) => (code !== 0 && sum.failed === 0 ? { ...sum, failed: 1 } : sum);

/** @param {string[]} projects @param {string[]} rest @param {string} folder */
async function vitest(projects, rest, folder) {
  const file = path.join(folder, "vitest.json");
  const names = projects.flatMap((name) => ["--project", name]);
  const output = ["--reporter=dot", "--reporter=json", `--outputFile.json=${file}`];
  const args = ["node_modules/vitest/vitest.mjs", "run", ...names, ...output, "--passWithNoTests", ...rest];
  const { code, report } = await run(args, file);
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, numTodoTests = 0 } = report ?? {};
  return orBroken({ passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests }, code);
}

/** @param {string[]} rest @param {string} folder */
async function playwright(rest, folder) {
  const args = ["node_modules/@playwright/test/cli.js", "test", "--reporter=dot,json", "--pass-with-no-tests", ...rest];
  const { code, report } = await run(args, path.join(folder, "playwright.json"));
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = report?.stats ?? {};
  return orBroken({ passed: expected, failed: unexpected + flaky, skipped }, code);
}

/** @returns {Promise<Sum>} */
async function main() {
  const { kinds, rest } = parse(process.argv.slice(2));
  await prepareSources(console.log);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "rostrum-report-"));
  try {
    const projects = kinds.flatMap((kind) => PROJECTS[kind] ?? []);
    const sums = [];
    if (projects.length > 0) sums.push(await vitest(projects, rest, folder));
    if (kinds.includes("e2e")) sums.push(await playwright(rest, folder));
    return sums.reduce((a, b) => ({
      passed: a.passed + b.passed,
      failed: a.failed + b.failed,
      skipped: a.skipped + b.skipped,
    }));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

const { passed, failed, skipped } = await main().catch((error) => {
  console.error(error instanceof Refusal ? error.message : error);
  return { passed: 0, failed: 1, skipped: 0 };
});
// Nothing ran: a mistyped filter must not look like success.
if (failed > 0 || passed === 0) process.exitCode = 1;
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
