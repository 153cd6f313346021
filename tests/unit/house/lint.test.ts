import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** Where it is written, what is written, and the rule that must refuse it. */
const REFUSED: [file: string, code: string, rule: string][] = [
  ["lib/floating.ts", "async function read() {}\nexport function page() { read(); }", "no-floating-promises"],
  [
    "lib/misused.ts",
    "async function read() { return true; }\nexport const found = [1].filter(() => read());\nexport function page() { if (read()) return 1; return 2; }",
    "no-misused-promises",
  ],
  ["lib/any.ts", "export const shape = (input: any): unknown => input;", "no-explicit-any"],
  ["lib/ignored.ts", "// @ts-ignore\nexport const one: string = 1;", "ban-ts-comment"],
  ["lib/eval.ts", "export const run = (text: string): unknown => eval(text);", "no-eval"],
  ["lib/function.ts", 'export const run = new Function("return 1");', "no-new-func"],
  ["lib/environment.ts", "export const url = process.env.DATABASE_URL;", "no-process-env"],
  [
    "lib/raw.ts",
    "export const read = (db: Db, text: string) => db.$queryRawUnsafe(text);\ntype Db = { $queryRawUnsafe(text: string): unknown };",
    "no-restricted-properties",
  ],
  [
    "lib/raw-write.ts",
    "export const run = (db: Db, text: string) => db.$executeRawUnsafe(text);\ntype Db = { $executeRawUnsafe(text: string): unknown };",
    "no-restricted-properties",
  ],
  ["lib/day.ts", 'export const day = Date.parse("2017-09-06");', "no-restricted-properties"],
  ["lib/print.ts", 'export function page() { console.log("here"); }', "no-console"],
  ["lib/loose.ts", "export const same = (a: string, b: unknown) => a == b;", "eqeqeq"],
  ["lib/CamelCase.ts", "export const one = 1;", "filename-case"],
  ["lib/later.ts", "// TODO write it\nexport const one = 1;", "no-warning-comments"],
  [
    "lib/long.ts",
    Array.from({ length: 401 }, (_, index) => `export const n${index} = ${index};`).join("\n"),
    "max-lines",
  ],
  [
    "app/page.tsx",
    "export default function Page({ html }: { html: string }) {\n  return <p dangerouslySetInnerHTML={{ __html: html }} />;\n}",
    "no-danger",
  ],
  ["app/button.tsx", "export function Press() {\n  return <button>Press</button>;\n}", "button-has-type"],
  ["app/image.tsx", 'export function Picture() {\n  return <img src="/a.png" />;\n}', "alt-text"],
  [
    "app/hooks.tsx",
    'import { useState } from "react";\nexport function Panel({ open }: { open: boolean }) {\n  if (open) return useState(1)[0];\n  return null;\n}',
    "rules-of-hooks",
  ],
  ["app/writes.ts", 'import { write } from "@/lib/db";\nexport const action = write;', "no-restricted-imports"],
  [
    "features/actors/actions.ts",
    'import { write } from "@/lib/db";\nexport const action = write;',
    "no-restricted-imports",
  ],
  [
    "features/actors/mutations.ts",
    'import { systemIdentity } from "@/lib/auth/caller";\nexport const caller = systemIdentity();',
    "no-restricted-imports",
  ],
  ["tests/unit/focused.test.ts", 'import { it } from "vitest";\nit.only("one", () => {});', "no-focused-tests"],
  ["tests/unit/skipped.test.ts", 'import { it } from "vitest";\nit.skip("one", () => {});', "no-disabled-tests"],
];

/** The same, where it is right. */
const ALLOWED: [file: string, code: string][] = [
  ["lib/env.ts", "export const url = process.env.DATABASE_URL;"],
  ["scripts/tool.ts", 'console.log(process.env.PORT ?? "3000");'],
  ["app/reads.ts", 'import { snapshot } from "@/lib/db";\nexport const page = snapshot;'],
];

type Report = { diagnostics: { filename: string; code: string }[] };

describe("lint", () => {
  const project = mkdtempSync(path.join(os.tmpdir(), "rostrum-lint-"));
  let found: string[];

  beforeAll(() => {
    writeFileSync(path.join(project, ".oxlintrc.json"), readFileSync(".oxlintrc.json"));
    const compilerOptions = { strict: true, jsx: "react-jsx", noEmit: true, target: "ES2023", types: [] };
    writeFileSync(path.join(project, "tsconfig.json"), JSON.stringify({ compilerOptions }));
    for (const [file, code] of [...REFUSED, ...ALLOWED]) {
      mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
      writeFileSync(path.join(project, file), `${code}\n`);
    }
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [path.resolve("node_modules/oxlint/bin/oxlint"), "-f", "json"],
      {
        cwd: project,
        encoding: "utf8",
        env: { ...process.env, OXLINT_TSGOLINT_PATH: path.resolve("node_modules/oxlint-tsgolint/bin/tsgolint.js") },
      },
    );
    if (!stdout.startsWith("{")) throw new Error(`${stdout}${stderr}`);
    const report = JSON.parse(stdout) as Report;
    found = report.diagnostics.map(({ filename, code }) => `${filename} ${/\((.*)\)/.exec(code)?.[1]}`);
  });

  afterAll(() => rmSync(project, { recursive: true, force: true }));

  it.each(REFUSED)("%s is refused: %s", (file, _code, rule) => {
    expect(found).toContain(`${file} ${rule}`);
  });

  it.each(ALLOWED)("%s is fine", (file) => {
    expect(found.filter((line) => line.startsWith(`${file} `))).toEqual([]);
  });
});
