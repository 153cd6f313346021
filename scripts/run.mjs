// Runs a TypeScript script of this project, with dependencies and the database client made sure of:
//   node scripts/run.mjs scripts/admin.ts user list
import { spawn } from "node:child_process";
import { prepareSources, scriptArguments } from "./install.mjs";
import { Refusal } from "./refusal.mjs";

const [script, ...args] = process.argv.slice(2);
try {
  if (!script) throw new Refusal("Name a script to run: node scripts/run.mjs scripts/NAME.ts [arguments].");
  // Standard output belongs to the script: `admin token create` prints the token alone.
  await prepareSources((line) => process.stderr.write(`${line}\n`));
  const child = spawn(process.execPath, scriptArguments(script, args), { stdio: "inherit" });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]))
    process.on(signal, () => child.kill(signal));
  child.once("exit", (code, signal) => {
    process.exitCode = code ?? (signal ? 1 : 0);
  });
} catch (error) {
  console.error(error instanceof Refusal ? error.message : error);
  process.exitCode = 1;
}
