// npm start: from a fresh copy of the sources to a running product. Plain Node until the dependencies are there.
import { prepareSources, ROOT } from "./install.mjs";
import { Refusal } from "./refusal.mjs";

const OLDEST = [20, 19, 0];
/** Releases without known holes, by line; older lines than these have none. */
const SAFE = [
  [22, 23, 4],
  [24, 22, 1],
  [26, 12, 1],
];

/** @param {number[]} version @param {number[]} floor */
function isBelow(version, floor) {
  const at = floor.findIndex((part, index) => version[index] !== part);
  return at >= 0 && (version[at] ?? 0) < (floor[at] ?? 0);
}

function checkNode() {
  const version = process.versions.node.split(".").map(Number);
  if (isBelow(version, OLDEST))
    throw new Refusal(`Node ${OLDEST.join(".")} or later is needed; this is ${process.versions.node}.`);
  const line = SAFE.find(([major]) => major === version[0]);
  const newest = SAFE.at(-1) ?? [];
  if (line ? isBelow(version, line) : isBelow(version, newest)) {
    console.log(
      `Warning: Node ${process.versions.node} lacks security fixes; in production use 22.23.4, 24.22.1, 26.12.1 or later.`,
    );
  }
}

const early = () => process.exit(130);
const SIGNALS = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

async function main() {
  const dev = process.argv.includes("--dev");
  checkNode();
  process.chdir(ROOT);
  for (const signal of SIGNALS) process.on(signal, early);
  // Whoever reads along may leave (`npm start | head`); that is no reason to end.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  await prepareSources(console.log);
  // React and Next decide by this when they are first imported.
  Object.assign(process.env, { NODE_ENV: dev ? "development" : "production", NEXT_TELEMETRY_DISABLED: "1" });
  const { register } = await import("tsx/esm/api");
  const unregister = register();
  const { start } = await import("./prepare.ts");
  const { printFailure } = await import("./steps.ts");
  // From here on everything is loaded: Next's own files are not for the TypeScript loader, nor its stacks for source maps.
  await unregister();
  process.setSourceMapsEnabled(false);
  for (const signal of SIGNALS) process.off(signal, early);
  await start({ dev }).catch((error) => {
    printFailure(error);
    process.exit(1);
  });
}

main().catch((error) => {
  process.stderr.write(`${error instanceof Refusal ? error.message : error instanceof Error ? error.stack : error}\n`);
  process.exit(1);
});
