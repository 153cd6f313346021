import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { missingPlatforms } from "@/scripts/complete-lockfile.mjs";

type Locked = { version: string; resolved?: string; link?: boolean };
const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as { packages: Record<string, Locked> };
const manifest = JSON.parse(readFileSync("package.json", "utf8")) as {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};

/** Every copy in the tree, nested ones too. */
const installed = Object.entries(packages)
  .filter(([path, { link }]) => path !== "" && !link)
  .map(([path, { version }]) => ({ path, name: path.split("node_modules/").at(-1) ?? path, version }));

/** Below these a published hole is open; reviewed monthly, since the registries here answer no audit. */
const FLOORS: [name: RegExp, floor: string, why: string][] = [
  [/^next$/, "16.4.1", "CVE-2025-29927, CVE-2025-55182, CVE-2026-23864 and the remote code execution of October 2026"],
  [/^(react|react-dom|react-server-dom-.*)$/, "19.2.6", "CVE-2026-23870"],
  [/^next-auth$/, "4.24.15", "GHSA-7rqj, GHSA-xmf8, GHSA-x445"],
  [/^nodemailer$/, "7.0.7", "mail to another recipient than the address says"],
  [/^sharp$/, "0.35.5", "CVE-2026-96889"],
];

/** Unmaintained, or mended only where npm does not reach. */
const FORBIDDEN = ["xlsx", "exceljs"];

/** One Prisma: the client, its generator and the adapter fit each other only at one version. */
const PRISMA = ["prisma", "@prisma/client", "@prisma/adapter-pg", "@prisma/driver-adapter-utils"];

/** Whether a version is below a floor; a pre-release is below its release. */
function isBelow(version: string, floor: string): boolean {
  const parts = (text: string) =>
    text
      .replace(/[-+].*$/, "")
      .split(".")
      .map(Number);
  const [have, need] = [parts(version), parts(floor)];
  const at = need.findIndex((part, index) => have[index] !== part);
  return at < 0 ? version.includes("-") : (have[at] ?? 0) < (need[at] ?? 0);
}

describe("versions of the lockfile", () => {
  it.each(FLOORS)("%s is at %s or above: %s", (name, floor) => {
    expect(installed.filter((one) => name.test(one.name) && isBelow(one.version, floor))).toEqual([]);
  });

  it("compares versions as numbers, and a pre-release as older", () => {
    expect(isBelow("16.4.0", "16.4.1")).toBe(true);
    expect(isBelow("16.10.0", "16.4.1")).toBe(false);
    expect(isBelow("5.0.0", "16.4.1")).toBe(true);
    expect(isBelow("16.4.1", "16.4.1")).toBe(false);
    expect(isBelow("16.4.1-canary.3", "16.4.1")).toBe(true);
  });

  it.each(FORBIDDEN)("there is no %s", (name) => {
    expect(installed.filter((one) => one.name === name)).toEqual([]);
  });

  it("Prisma's packages are of one version", () => {
    const versions = installed.filter(({ name }) => PRISMA.includes(name)).map(({ version }) => version);
    expect(versions).toEqual(PRISMA.map(() => "7.10.0"));
  });

  it("every dependency is pinned to one version", () => {
    const all = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.-]+)?$/.test(version))).toEqual([]);
  });

  it("names no registry, so that any mirror serves", () => {
    expect(Object.entries(packages).filter(([, { resolved, link }]) => resolved !== undefined && !link)).toEqual([]);
    expect(readFileSync(".npmrc", "utf8")).not.toMatch(/registry\s*=/);
  });

  it("holds the binary packages of every system: `npm ci` refuses a lockfile without them", () => {
    // Mended by `node scripts/complete-lockfile.mjs`.
    expect(missingPlatforms(packages)).toEqual({});
  });

  it("no package runs a script when it is installed", () => {
    expect(readFileSync(".npmrc", "utf8")).toMatch(/^ignore-scripts=true$/m);
  });
});
