// Reads a table that somebody sent, in a process of its own: whatever the file does, it does to this process alone. It has no
// access to the database. Rows go to standard output as Postgres's COPY reads them; what else there is to say goes, one JSON
// object a line, to file descriptor 3.
//   node scripts/read-table.ts FILE NAME IMPORT_ID
import fs from "node:fs";
import { once } from "node:events";
import { copyLine } from "@/lib/formats/copy-text";
import { openTable } from "@/lib/formats/table-file";
import { FileProblem } from "@/lib/formats/table-limits";

const REPORT_EVERY = 5000;
const AT_ONCE = 64 * 1024;

const say = (message: object) => fs.writeSync(3, `${JSON.stringify(message)}\n`);

async function main([file = "", name = "", id = ""]: string[]): Promise<void> {
  const table = await openTable(file, name);
  say({ headers: table.headers, media: table.media });
  let count = 0;
  let lines = "";
  for await (const { row, cells } of table.rows) {
    lines += copyLine([id, String(row), cells]);
    count += 1;
    if (count % REPORT_EVERY === 0) say({ rows: count });
    if (lines.length < AT_ONCE) continue;
    if (!process.stdout.write(lines)) await once(process.stdout, "drain");
    lines = "";
  }
  process.stdout.write(lines);
  say({ done: count, notes: table.notes });
}

main(process.argv.slice(2)).catch((error: unknown) => {
  say({
    problem: error instanceof FileProblem ? error.message : "The file cannot be read: it is damaged, or no table.",
  });
  process.exitCode = 1;
});
