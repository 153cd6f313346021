// Completes package-lock.json after `npm install`: a registry mirror may not carry the binary packages of other systems, npm then
// leaves them out, and `npm ci` refuses the lockfile everywhere. Their versions are fixed by the packages that name them.
//   node scripts/complete-lockfile.mjs
import fs from "node:fs";
import path from "node:path";
import { ROOT } from "./install.mjs";

const SYSTEMS = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const PROCESSORS = ["arm64", "arm", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "wasm32", "x64"];

/**
 * For which system a binary package is, as its name says: `@swc/core-linux-arm64-musl`.
 * @param {string} name
 */
function platformOf(name) {
  const words = name.split(/[-/]/);
  const os = SYSTEMS.find((system) => words.includes(system));
  const cpu = PROCESSORS.find((processor) => words.includes(processor));
  const libc = [/^musl/, /^gnu/].map((start) => os === "linux" && words.some((word) => start.test(word)));
  if (!cpu || !(os || cpu === "wasm32")) return null;
  return {
    cpu: [cpu],
    ...(os ? { os: [os] } : {}),
    ...(libc[0] ? { libc: ["musl"] } : {}),
    ...(libc[1] ? { libc: ["glibc"] } : {}),
  };
}

/**
 * Entries that package-lock.json lacks, by their place in the tree.
 * @param {Record<string, any>} packages its `packages`
 * @returns {Record<string, object>}
 */
export function missingPlatforms(packages) {
  /** @type {Record<string, object>} */
  const missing = {};
  for (const [place, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const found = placesAbove(place).some((above) => packages[`${above}node_modules/${name}`]);
      const platform = platformOf(name);
      if (found || !platform || !/^\d/.test(version)) continue;
      missing[`node_modules/${name}`] = { version, ...(dev ? { dev } : {}), optional: true, ...platform };
    }
  }
  return missing;
}

/**
 * Where Node looks from a place in the tree: `node_modules/a/node_modules/b/`, `node_modules/a/`, and the top.
 * @param {string} place
 */
function placesAbove(place) {
  const parts = place.split("/node_modules/");
  const within = [...parts.keys()].map((index) => `${parts.slice(0, index + 1).join("/node_modules/")}/`);
  return place === "" ? [""] : ["", ...within];
}

if (import.meta.filename === path.resolve(process.argv[1] ?? "")) {
  const file = path.join(ROOT, "package-lock.json");
  const lock = JSON.parse(fs.readFileSync(file, "utf8"));
  const missing = missingPlatforms(lock.packages);
  const all = Object.entries({ ...lock.packages, ...missing });
  lock.packages = Object.fromEntries(all.toSorted(([a], [b]) => a.localeCompare(b, "en")));
  fs.writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`Added ${Object.keys(missing).length} packages of other systems.`);
}
