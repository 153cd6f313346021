import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import copyStreams from "pg-copy-streams";
import { checkImport, takeImport } from "@/features/imports/mutations/take";
import { getImport } from "@/features/imports/queries/imports";
import { grant, systemIdentity } from "@/lib/auth/caller";
import { copyLine } from "@/lib/formats/copy-text";
import { withClient } from "@/scripts/db";
import type { Measured } from "./measure";
import { addDialogue, type World } from "./world";

const ROWS = 100_000;
const MOST = 6;
const HEADERS = ["speaker", "represents", "language", "note"];

async function copy(client: pg.ClientBase, into: string, lines: Iterable<string>): Promise<void> {
  await pipeline(Readable.from(lines), client.query(copyStreams.from(`COPY ${into} FROM STDIN`)));
}

async function settled(caller: Parameters<typeof getImport>[0], id: string): Promise<void> {
  for (;;) {
    const { status, problem } = await getImport(caller, id);
    if (problem !== null) throw new Error(problem);
    if (status === "ready" || status === "done") return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A hundred thousand statements imported, with checks, events and their links, beside COPY of the same statements and parties. */
export async function imports({ ownerUrl }: World): Promise<Measured[]> {
  const caller = grant(systemIdentity(), "import:run");
  const id = randomUUID();
  const floor = await withClient(ownerUrl, async (client) => {
    const { rows } = await client.query<{ id: string; iso3: string }>(
      "select id, iso3 from actor where kind = 'member_state' order by iso3",
    );
    const state = (index: number) => rows[index % rows.length] ?? { id: "", iso3: "" };
    const hand = await addDialogue(client, "measured-import-sql");
    await addDialogue(client, "measured-import");
    const ids = Array.from({ length: ROWS }, () => randomUUID());
    function* statements(): Generator<string> {
      for (const [index, one] of ids.entries())
        yield copyLine([one, hand, state(index).id, String(index + 1), "statement", "en", `Note ${index}`]);
    }
    function* parties(): Generator<string> {
      for (const one of ids) yield copyLine([randomUUID(), one, "own", "1"]);
    }
    function* cells(): Generator<string> {
      for (let index = 0; index < ROWS; index += 1)
        yield copyLine([id, String(index + 2), [state(index).iso3, "own", "en", `Note ${index}`]]);
    }
    const from = performance.now();
    await client.query("begin");
    await copy(client, 'statement (id, dialogue_id, speaker_id, "order", role, language, note)', statements());
    await copy(client, "representation (id, statement_id, basis, position)", parties());
    await client.query("commit");
    const sql = performance.now() - from;
    await client.query(
      `insert into import (id, kind, status, file_name, media_type, bytes, sha256, headers, notes, row_count)
       values ($1, 'participants', 'ready', 'measured.csv', 'text/csv', 1, '', $2, '{}', $3)`,
      [id, HEADERS, ROWS],
    );
    await copy(client, 'import_row (import_id, "row", cells)', cells());
    return sql;
  });
  const began = performance.now();
  await checkImport(caller, { import: id, dialogue: "measured-import", columns: HEADERS });
  await settled(caller, id);
  const checked = performance.now();
  const before = process.memoryUsage().rss;
  await takeImport(caller, { import: id });
  await settled(caller, id);
  const ours = performance.now() - checked;
  const grown = Math.max(0, process.memoryUsage().rss - before) / 1024 / 1024;
  return [
    {
      what: "100,000 statements imported in one transaction, with their events",
      floor: "COPY of the same rows",
      ours,
      sql: floor,
      ratio: ours / floor,
      pairs: 1,
      notes: [`checked before in ${((checked - began) / 1000).toFixed(1)} s`, `memory grew by ${grown.toFixed(0)} MB`],
      limits: [{ says: `at most ${MOST} times COPY`, holds: ours <= MOST * floor }],
    },
  ];
}
