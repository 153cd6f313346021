// npm run bench [-- NAME] [--json FILE]: what the product takes beside the least that the same work needs, in one run on a
// product and a database of its own. Read the ratios; times differ from machine to machine.
import fs from "node:fs";
import { parseArgs } from "node:util";
import { countingBench } from "../tests/bench/counting";
import type { Result } from "../tests/bench/measure";
import { openBench, type Bench } from "../tests/bench/product";
import { exportBench, makeDialogue, pageBench } from "../tests/bench/reading";
import { writeBench } from "../tests/bench/writing";

const BENCHES: Record<string, (bench: Bench) => Promise<Result>> = {
  counting: ({ pool }) => countingBench(pool),
  page: pageBench,
  export: exportBench,
  write: (bench) => writeBench(bench, 1),
  writes: (bench) => writeBench(bench, 16),
};

function table(results: Result[]): string {
  const lines = results.map(({ name, oursMs, floorMs, ratio, ours, floor }) =>
    [
      name.padEnd(30),
      oursMs.toFixed(2).padStart(9),
      floorMs.toFixed(2).padStart(9),
      ratio.toFixed(2).padStart(7),
      `  ${ours} / ${floor}`,
    ].join(" "),
  );
  const head = [
    "benchmark".padEnd(30),
    "ours ms".padStart(9),
    "floor ms".padStart(9),
    "ratio".padStart(7),
    "  ours / floor",
  ].join(" ");
  return [head, ...lines].join("\n");
}

const { values, positionals } = parseArgs({ options: { json: { type: "string" } }, allowPositionals: true });
const unknown = positionals.find((name) => !(name in BENCHES));
if (unknown !== undefined) {
  console.error(`There is no benchmark "${unknown}"; there are ${Object.keys(BENCHES).join(", ")}.`);
  process.exit(2);
}

const bench = await openBench();
const results: Result[] = [];
try {
  await makeDialogue(bench);
  for (const [name, run] of Object.entries(BENCHES)) {
    if (positionals.length === 0 || positionals.includes(name)) results.push(await run(bench));
  }
} finally {
  await bench.close();
}
const report = { at: new Date().toISOString(), node: process.version, results };
console.log(table(results));
if (values.json) fs.writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
else console.log(JSON.stringify(report));
