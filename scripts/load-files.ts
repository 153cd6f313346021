// Which files a path names, for npm run load.
import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import { FILES, Flaws, type File, type Flaw, type Folder } from "@/prisma/seed/files";
import { Refusal } from "./refusal.mjs";

const PACKAGE = "datapackage.json";

/** Of the Frictionless Data Package descriptor what is needed: https://specs.frictionlessdata.io/data-package/ */
const descriptor = z.object({
  resources: z
    .array(
      z.object({
        name: z.string().optional(),
        path: z.union([z.string(), z.array(z.string()).length(1, "One file for each resource.")], {
          error: "Each resource names one file in its path.",
        }),
      }),
    )
    .min(1, "It names no resources."),
});

function fileNamed(name: string): File | undefined {
  return FILES.find((file) => file === name || file === `${name}.csv`);
}

/** The path of a resource: relative and inside the package, as the specification asks. */
function insidePackage(folder: string, place: string): string | null {
  const whole = path.resolve(folder, place);
  const inside =
    !path.isAbsolute(place) && !/^[a-z]+:\/\//i.test(place) && whole.startsWith(path.resolve(folder) + path.sep);
  return inside && fs.existsSync(whole) && fs.statSync(whole).isFile() ? whole : null;
}

function collect(found: { name: string; names: string[]; place: string | null }[]): Folder {
  const folder: Folder = {};
  const flaws: Flaw[] = [];
  for (const { name, names, place } of found) {
    const wrong = (message: string) => void flaws.push({ file: name, row: null, column: null, message });
    const file = names.map(fileNamed).find((known) => known !== undefined);
    if (!file) wrong(`This is none of the files that can be loaded: ${FILES.join(", ")}.`);
    else if (place === null) wrong("There is no such file in the package.");
    else if (folder[file] !== undefined) wrong(`${file} is there twice.`);
    else folder[file] = place;
  }
  if (flaws.length > 0) throw new Flaws(flaws);
  return folder;
}

function packageAt(file: string): Folder {
  let content: unknown;
  try {
    content = JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    throw new Refusal(`${file} is no JSON.`);
  }
  const parsed = descriptor.safeParse(content);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Refusal(`${file} is no data package: ${issue?.path.join(".")}: ${issue?.message}`);
  }
  return collect(
    parsed.data.resources.map(({ name, path: given }) => {
      const place = [given].flat()[0] ?? "";
      const names = [...(name === undefined ? [] : [name]), path.basename(place)];
      return { name: name ?? place, names, place: insidePackage(path.dirname(file), place) };
    }),
  );
}

/**
 * The files that a path names: a datapackage.json, a folder with one, or a folder of CSV files, of which each must be one that can be
 * loaded.
 * @throws Refusal or Flaws
 */
export function filesAt(given: string): Folder {
  const whole = path.resolve(given);
  if (!fs.existsSync(whole)) throw new Refusal(`There is no ${given}.`);
  if (fs.statSync(whole).isFile()) {
    if (!whole.endsWith(".json")) throw new Refusal("Name a folder of CSV files, or a datapackage.json.");
    return packageAt(whole);
  }
  const entries = fs.readdirSync(whole, { withFileTypes: true });
  if (entries.some(({ name }) => name === PACKAGE)) return packageAt(path.join(whole, PACKAGE));
  const tables = entries.filter((entry) => !entry.isDirectory() && entry.name.toLowerCase().endsWith(".csv"));
  if (tables.length === 0) throw new Refusal(`There are no CSV files in ${given}.`);
  return collect(tables.map(({ name }) => ({ name, names: [name], place: path.join(whole, name) })));
}
