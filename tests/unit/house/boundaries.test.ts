import { execFileSync } from "node:child_process";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import config from "@/.dependency-cruiser.js";
import { importsValue, type Breach } from "@/scripts/boundaries";

/** What the check says about a project of its own in tests/fixtures/boundaries. */
function checkFixture(): { breaches: Breach[]; modules: number } {
  const loader = pathToFileURL(path.resolve("node_modules/tsx/dist/loader.mjs")).href;
  const script = path.resolve("scripts/boundaries.ts");
  const cwd = path.resolve("tests/fixtures/boundaries");
  return JSON.parse(execFileSync(process.execPath, ["--import", loader, script, "--json"], { cwd, encoding: "utf8" }));
}

/** Rule, file that breaks it, what that file imports. Every other import in the fixture is allowed. */
const EXPECTED: [rule: string, from: string, to: string][] = [
  ["no-cycles", "lib/cycle-one.ts", "lib/cycle-two.ts"],
  ["no-unresolved", "lib/unresolved.ts", "@/lib/nowhere"],
  // dependency-cruiser trips over a name that is "from"; what it then saw instead is its own.
  ["no-unresolved", "lib/misread.ts", "✖"],
  ["import-not-read", "lib/misread.ts", "@/lib/errors"],
  ["no-orphans", "lib/orphan.ts", "lib/orphan.ts"],
  ["lib-below-all", "lib/knows-a-noun.ts", "features/good/rules.ts"],
  ["components-below-features", "components/ui/knows-a-noun.tsx", "features/good/components/row-form.tsx"],
  ["features-below-app", "features/bad/page-link.ts", "app/good/page.tsx"],
  ["app-above-tools", "app/with-tool/page.tsx", "scripts/tool.ts"],
  ["app-without-database", "app/with-database/page.tsx", "lib/database.ts"],
  ["app-without-database", "app/with-prisma/page.tsx", "generated/prisma/client.ts"],
  ["app-without-rules", "app/with-rules/page.tsx", "features/good/rules.ts"],
  ["unguarded-client", "app/with-database/page.tsx", "lib/database.ts"],
  ["unguarded-client", "lib/unguarded.ts", "lib/database.ts"],
  ["database-client-in-its-place", "lib/with-driver.ts", "node_modules/pg/esm/index.mjs"],
  ["schema-imports", "features/bad/schema.ts", "features/bad/queries.ts"],
  ["schema-takes-types-of-rules", "features/bad/schema.ts", "features/bad/rules.ts"],
  ["rules-imports", "features/bad/rules.ts", "fs"],
  ["queries-imports", "features/bad/queries.ts", "features/good/mutations.ts"],
  ["mutations-imports", "features/bad/mutations.ts", "features/good/formats.ts"],
  ["actions-imports", "features/bad/actions.ts", "features/good/mutations.ts"],
  ["formats-imports", "features/bad/formats.ts", "features/bad/mutations.ts"],
  ["components-imports", "features/bad/components/panel.tsx", "features/good/actions.ts"],
  ["browser-without-server", "app/in-browser/panel.tsx", "features/good/queries/rows.ts"],
  ["browser-without-server", "components/ui/asks-the-server.tsx", "lib/db.ts"],
  ["browser-without-server", "features/bad/components/reads.tsx", "features/good/queries/rows.ts"],
  ["server-files-say-so", "features/bad/queries.ts", "features/bad/queries.ts"],
  ["closed-file-names", "features/bad/page-link.ts", "features/bad/page-link.ts"],
  ["names-that-say-something", "lib/helpers.ts", "lib/helpers.ts"],
  ["no-development-packages", "lib/with-test-package.ts", "node_modules/fast-check/lib/cjs/fast-check.d.ts"],
];

describe("boundaries", () => {
  let found: string[][];
  let modules: number;

  beforeAll(() => {
    const result = checkFixture();
    found = result.breaches.map(({ rule, from, to }) => [rule, from, to.replace(/^(\.\.\/)+/, "")]);
    modules = result.modules;
  });

  it("sees the files of the fixture", () => {
    expect(modules).toBeGreaterThanOrEqual(35);
  });

  it.each(EXPECTED)("%s refuses %s -> %s", (rule, from, to) => {
    expect(found).toContainEqual([rule, from, to]);
  });

  it("refuses nothing else", () => {
    const lines = (rows: string[][]) => new Set(rows.map((row) => row.join(" ")));
    expect(lines(found)).toEqual(lines(EXPECTED));
  });

  it("has a fixture for every rule, and every rule is an error", () => {
    const proven = new Set(EXPECTED.map(([rule]) => rule));
    expect(config.forbidden.filter(({ name = "", severity }) => !proven.has(name) || severity !== "error")).toEqual([]);
  });
});

describe("an import of types alone", () => {
  it.each([
    ['import type { A } from "m";', false],
    ['import { type A, type B } from "m";', false],
    ['import {\n  type A,\n} from "m";', false],
    ['export type { A } from "m";', false],
    ['import { type A, b } from "m";', true],
    ['import b from "m";', true],
    ['import "m";', true],
    ['export { b } from "m";', true],
    ['const b = await import("m");', true],
    ['import type { A } from "m";\nimport { b } from "m";', true],
    ['import { b } from "another";', false],
  ])("%s: a value %s", (text, value) => {
    expect(importsValue(text, "m")).toBe(value);
  });
});
