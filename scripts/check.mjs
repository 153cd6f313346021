// npm run check: everything that can be said about the sources without running the product. One line per step with its time;
// the output of a step only when it fails.
import { spawn } from "node:child_process";
import { prepareSources, ROOT } from "./install.mjs";
import { Refusal } from "./refusal.mjs";

/** @type {[name: string, ...args: string[]][]} what Node runs for each step */
const STEPS = [
  ["format", "node_modules/oxfmt/bin/oxfmt", "--check", "."],
  ["lint", "node_modules/oxlint/bin/oxlint", "."],
  // Next declares what importing a stylesheet means, and which addresses exist, in files that are not committed.
  ["routes", "node_modules/next/dist/bin/next", "typegen"],
  ["types", "node_modules/typescript/bin/tsc", "--noEmit"],
  ["boundaries", "scripts/run.mjs", "scripts/boundaries.ts"],
  ["dead code", "node_modules/knip/bin/knip.js"],
  ["drift", "scripts/run.mjs", "scripts/db.ts", "drift"],
];

/**
 * @param {string[]} args
 * @returns {Promise<{ passed: boolean, output: string }>}
 */
function node(args) {
  return new Promise((resolve) => {
    const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1" };
    const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
    child.once("error", (error) => resolve({ passed: false, output: String(error) }));
    child.once("close", (code) => resolve({ passed: code === 0, output }));
  });
}

try {
  await prepareSources(console.log);
  const failed = [];
  for (const [name, ...args] of STEPS) {
    const from = Date.now();
    const { passed, output } = await node(args);
    console.log(`${name.padEnd(12)}${passed ? "ok    " : "FAILED"} ${((Date.now() - from) / 1000).toFixed(1)} s`);
    if (passed) continue;
    failed.push(name);
    console.log(output.trimEnd());
  }
  if (failed.length > 0) throw new Refusal(`${failed.length} of ${STEPS.length} checks failed: ${failed.join(", ")}.`);
  console.log(`All ${STEPS.length} checks passed.`);
} catch (error) {
  console.error(error instanceof Refusal ? error.message : error);
  process.exitCode = 1;
}
