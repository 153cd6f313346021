// npm run load -- PATH: files of the form of prisma/reference into the database, all or nothing: a folder of CSV files, a folder with
// a datapackage.json, or that file. Exit code 1: something does not fit, and nothing was loaded.
import path from "node:path";
import { flawSentence, Flaws, type File, type Flaw } from "@/prisma/seed/files";
import { loadFolder, type LoadedFolder } from "@/prisma/seed/folder";
import { closeDatabase } from "@/lib/database";
import { DomainError } from "@/lib/errors";
import { plural } from "@/lib/format";
import { connectDatabase } from "./database";
import { filesAt } from "./load-files";
import { Refusal } from "./refusal.mjs";
import { printFailure } from "./steps";

/** Nobody reads more of them at a terminal. */
const MOST_PRINTED = 200;

const remark = (line: string) => process.stderr.write(`${line}\n`);

function print(level: string, flaws: Flaw[]): void {
  for (const flaw of flaws.slice(0, MOST_PRINTED)) remark(`${level}: ${flawSentence(flaw)}`);
  const more = flaws.length - MOST_PRINTED;
  if (more > 0) remark(`and ${plural(more, `more ${level.toLowerCase()}`, `more ${level.toLowerCase()}s`)}`);
}

function report({ rows, warnings, remarks }: LoadedFolder): void {
  print("Warning", warnings);
  for (const line of remarks) remark(line);
  const loaded = Object.entries(rows) as [File, number][];
  for (const [file, count] of loaded) console.log(`${file}: ${plural(count, "row", "rows")}`);
  console.log(loaded.length === 0 ? "There was nothing to load." : "Loaded, as one act in the history.");
}

async function main([given]: string[]): Promise<void> {
  if (!given) throw new Refusal("Name a folder or a data package: npm run load -- PATH");
  const files = filesAt(given);
  const database = await connectDatabase();
  try {
    report(await loadFolder(files, `Load of ${path.basename(path.resolve(given))}`));
  } finally {
    await closeDatabase();
    await database.close();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  if (error instanceof Flaws) {
    print("Error", error.flaws);
    remark("Nothing was loaded.");
  } else printFailure(error instanceof DomainError ? new Refusal(`${error.message} Nothing was loaded.`) : error);
  process.exitCode = 1;
});
