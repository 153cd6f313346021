// Checks what may import what: the rules of .dependency-cruiser.js and, here, those that need more than paths.
//   node scripts/run.mjs scripts/boundaries.ts [--json]
import fs from "node:fs";
import { pathToFileURL } from "node:url";
import { cruise, type ICruiseResult, type IModule } from "dependency-cruiser";
import config from "../.dependency-cruiser.js";

/** A file that breaks a rule, and what it imports against it; by its name alone, `to` is the file itself. */
export type Breach = { rule: string; from: string; to: string };

const FOLDERS = ["app", "components", "features", "lib", "prisma", "scripts", "proxy.ts", "instrumentation.ts"];
/** Fewer modules than this are no Rostrum: the cruise did not see the files, and a check that sees nothing passes. */
const FLOOR = 100;

const KINDS = "schema|rules|queries|mutations|actions|formats";
/** Of each kind one file, or a folder whose files are named for what they do; components are always a folder. */
const FEATURE_FILE = new RegExp(
  `^features/[a-z-]+/((${KINDS})\\.ts|(${KINDS})/[a-z0-9-]+\\.ts|components/[a-z0-9-]+\\.tsx)$`,
);
const SAYS_NOTHING = /(^|\/)(utils?|helpers?|misc|common|index)(\.[a-z]+$|\/)/;

const BROWSER_FILE = /^(components\/|features\/[^/]+\/(components|schema|rules)(\/|\.ts$))/;
const SERVER_FILE = /^features\/[^/]+\/(queries|mutations)(\/|\.ts$)/;

/** Breaches among the modules below the current folder, laid out as this project is, and how many modules there are. */
async function boundaries(): Promise<{ breaches: Breach[]; modules: number }> {
  const folders = FOLDERS.filter((name) => fs.existsSync(name));
  const { output } = await cruise(folders, {
    ...config.options,
    validate: true,
    ruleSet: { forbidden: config.forbidden },
  });
  if (typeof output === "string") throw new Error(output);
  const modules = output.modules.filter(({ source }) =>
    folders.some((folder) => `${source}/`.startsWith(`${folder}/`)),
  );
  return { breaches: [...byPath(output), ...byName(modules), ...byContent(modules)], modules: modules.length };
}

function byPath({ summary }: ICruiseResult): Breach[] {
  return summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
}

function byName(modules: IModule[]): Breach[] {
  return modules.flatMap(({ source }) => {
    if (source.startsWith("features/") && !FEATURE_FILE.test(source))
      return [{ rule: "closed-file-names", from: source, to: source }];
    return SAYS_NOTHING.test(source) ? [{ rule: "names-that-say-something", from: source, to: source }] : [];
  });
}

/** Rules about what is imported: an import of types alone brings no code along. */
function byContent(modules: IModule[]): Breach[] {
  const marked = new Set(modules.filter(isServerOnly).map(({ source }) => source));
  return modules.flatMap((file) => {
    const from = file.source;
    const text = fs.readFileSync(from, "utf8");
    const browser = BROWSER_FILE.test(from) || /^["']use client["']/m.test(text);
    const imported = file.dependencies
      .filter(({ module }) => importsValue(text, module))
      .map(({ resolved }) => resolved);
    const found = imported.flatMap((to) => {
      if (browser && marked.has(to)) return [{ rule: "browser-without-server", from, to }];
      return isKind(from, "schema") && isKind(to, "rules") ? [{ rule: "schema-takes-types-of-rules", from, to }] : [];
    });
    const unread = importsOf(text).filter(
      (module) => !file.dependencies.some((known) => known.module === bareName(module)),
    );
    found.push(...unread.map((to) => ({ rule: "import-not-read", from, to })));
    const silent = SERVER_FILE.test(from) && !marked.has(from);
    return silent ? [...found, { rule: "server-files-say-so", from, to: from }] : found;
  });
}

const isServerOnly = ({ dependencies }: IModule): boolean =>
  dependencies.some(({ module }) => module === "server-only");

const isKind = (file: string, kind: string): boolean => new RegExp(`^features/[^/]+/${kind}(/|\\.ts$)`).test(file);

/** What a source text imports, as it is written there: the cruiser reads TypeScript with a loose parser, which may trip. */
function importsOf(text: string): string[] {
  const imports = text.matchAll(/^import\s(?:[^;"'=]*?\sfrom\s*)?["']([^"']+)["']/gm);
  const exports = text.matchAll(/^export\s(?:type\s+)?(?:\*[^;"'=]*|\{[^}]*\})\s*from\s*["']([^"']+)["']/gm);
  const modules = new Set([...imports, ...exports].map(([, module = ""]) => module));
  // Stylesheets are left out of the cruise.
  return [...modules].filter((module) => !module.endsWith(".css"));
}

const bareName = (module: string): string => module.replace(/^node:/, "");

/** Whether a source text takes more than types from a module: the cruiser cannot tell. */
export function importsValue(text: string, module: string): boolean {
  const name = module.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
  const statements = [...text.matchAll(new RegExp(`^(?:import|export)\\s([^;"']*?)from\\s*["']${name}["']`, "gm"))];
  const bare = new RegExp(`(^import|import\\()\\s*["']${name}["']`, "m").test(text);
  return bare || statements.some(([, clause = ""]) => !isTypes(clause));
}

/** `type X`, `type { X }`, `{ type X, type Y }` */
function isTypes(clause: string): boolean {
  if (/^type\s/.test(clause)) return true;
  const names = /^\{([^}]*)\}\s*$/
    .exec(clause)?.[1]
    ?.split(",")
    .map((name) => name.trim())
    .filter(Boolean);
  return names !== undefined && names.length > 0 && names.every((name) => name.startsWith("type "));
}

async function main([form]: string[]): Promise<void> {
  const { breaches, modules } = await boundaries();
  if (form === "--json") return console.log(JSON.stringify({ breaches, modules }));
  const why = new Map(config.forbidden.map(({ name, comment }) => [name, comment]));
  for (const { rule, from, to } of breaches) {
    const comment = why.get(rule);
    console.error(`${rule}: ${from}${to === from ? "" : ` -> ${to}`}${comment ? ` (${comment})` : ""}`);
  }
  if (modules < FLOOR) console.error(`Only ${modules} modules were seen, at least ${FLOOR} exist: the check is blind.`);
  if (breaches.length > 0 || modules < FLOOR) process.exitCode = 1;
  else console.log(`${modules} modules keep the boundaries.`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main(process.argv.slice(2));
