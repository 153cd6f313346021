// npm run bench [-- NAME...] [--json FILE]: how fast the product is, beside the same work in plain SQL, in one run.
import fs from "node:fs";
import os from "node:os";
import { parseArgs } from "node:util";
import { counting } from "@/tests/bench/counting";
import { dialoguePage } from "@/tests/bench/dialogue-page";
import { matrix } from "@/tests/bench/matrix";
import { million } from "@/tests/bench/million";
import { imports } from "@/tests/bench/imports";
import type { Measured } from "@/tests/bench/measure";
import { participantsExport } from "@/tests/bench/participants-export";
import { searching } from "@/tests/bench/searching";
import { statementWrites } from "@/tests/bench/statement-writes";
import { openWorld, type World } from "@/tests/bench/world";
import { closeDatabase } from "@/lib/database";
import { Refusal } from "./refusal.mjs";

const BENCHES: Record<string, (world: World) => Promise<Measured[]>> = {
  counting,
  page: dialoguePage,
  export: participantsExport,
  import: imports,
  writes: statementWrites,
  search: searching,
  matrix,
  million,
};

function namesOf(given: string[]): string[] {
  const unknown = given.find((name) => !(name in BENCHES));
  if (unknown) throw new Refusal(`There is no benchmark "${unknown}"; there are ${Object.keys(BENCHES).join(", ")}.`);
  return given.length > 0 ? given : Object.keys(BENCHES);
}

const milliseconds = (value: number) => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;

function table(results: Measured[]): string {
  const rows = results.map((one) => [
    one.what,
    milliseconds(one.ours),
    milliseconds(one.sql),
    one.floor,
    `${one.ratio.toFixed(2)} x`,
    [...one.limits.map(({ says, holds }) => `${says}: ${holds ? "yes" : "NO"}`), ...one.notes].join("; "),
  ]);
  const all = [["", "ours", "SQL", "", "ratio", ""], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) => row.map((cell, column) => (column === 5 ? cell : cell.padEnd(widths[column] ?? 0))).join("  "))
    .map((line) => line.trimEnd())
    .join("\n");
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { json: { type: "string" } }, allowPositionals: true });
  const names = namesOf(positionals);
  const from = Date.now();
  const results: (Measured & { bench: string })[] = [];
  const world = await openWorld((line) => console.error(line));
  try {
    // The modules of the product that are measured in this process read these.
    Object.assign(process.env, {
      DATABASE_URL: world.appUrl,
      AUTH_SECRET: "only for this process, which signs nobody in",
    });
    for (const bench of names) {
      console.error(`Measuring ${bench}`);
      for (const measured of (await BENCHES[bench]?.(world)) ?? []) results.push({ bench, ...measured });
    }
  } finally {
    await closeDatabase();
    await world.close();
  }
  const report = {
    measuredAt: new Date(from).toISOString(),
    seconds: Math.round((Date.now() - from) / 1000),
    machine: { node: process.version, cpus: os.cpus().length, model: os.cpus()[0]?.model ?? "", load: os.loadavg()[0] },
    results,
  };
  console.log(table(results));
  if (values.json) fs.writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
  else console.log(JSON.stringify(report));
}

main().catch((error: unknown) => {
  console.error(error instanceof Refusal ? error.message : error);
  process.exitCode = 1;
});
