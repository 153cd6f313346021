import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

/** Files below these folders and names, with forward slashes. */
function filesOf(roots: string[], ending: RegExp): string[] {
  return roots.flatMap((root) => {
    if (!existsSync(root)) return [];
    if (ending.test(root)) return [root];
    return readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && ending.test(entry.name))
      .map((entry) => path.join(entry.parentPath, entry.name).replaceAll(path.sep, "/"));
  });
}

const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };

describe("commands", () => {
  it("that people rely on are all there", () => {
    const promised = ["start", "dev", "test", "check", "bench", "admin", "backup", "restore"];
    expect(promised.filter((name) => !scripts[name])).toEqual([]);
  });

  it("run scripts that exist", () => {
    const named = Object.values(scripts).flatMap((line) => line.match(/scripts\/[\w./-]+/g) ?? []);
    expect(named.filter((file) => !existsSync(file))).toEqual([]);
  });

  it.each(filesOf(["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs"], /\.md$/))("that %s tells exist", (file) => {
    const told = [...readFileSync(file, "utf8").matchAll(/(?:^|`|&& )npm (?:run )?([a-z]+)/gm)].map(
      ([, name = ""]) => name,
    );
    const own = new Set(["ci", "install", "exec"]);
    expect(told.filter((name) => !scripts[name] && !own.has(name))).toEqual([]);
  });
});

describe("decisions", () => {
  const files = filesOf(["docs/decisions"], /\.md$/).map((file) => path.basename(file));

  it("have each a number of their own", () => {
    const numbers = files.map((file) => /^(\d{3})-[a-z0-9-]+\.md$/.exec(file)?.[1]);
    expect(numbers).not.toContain(undefined);
    expect(new Set(numbers).size).toBe(files.length);
  });

  it.each(files)("%s is short", (file) => {
    expect(readFileSync(path.join("docs/decisions", file), "utf8").split("\n").length).toBeLessThanOrEqual(40);
  });
});

describe("days", () => {
  // A day read as an instant is another day west of Greenwich. What is typed or stored stays a string until lib/format.ts.
  const PARSES_TEXT = /new Date\(\s*["'`]/;

  it("are made into dates in lib/format.ts alone", () => {
    const sources = filesOf(["app", "components", "features", "lib"], /\.tsx?$/).filter(
      (file) => file !== "lib/format.ts",
    );
    expect(sources.length).toBeGreaterThan(50);
    expect(sources.filter((file) => PARSES_TEXT.test(readFileSync(file, "utf8")))).toEqual([]);
  });
});
