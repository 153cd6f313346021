import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { Bench } from "./product";
import { atOnce, median, timed, type Result } from "./measure";

/** A statement, its representation and its audit event, in one transaction, with the place in the order taken under a lock. */
async function insert(pool: pg.Pool, dialogue: string, speaker: string): Promise<void> {
  const client = await pool.connect();
  try {
    const statement = randomUUID();
    await client.query("BEGIN");
    await client.query("SELECT id FROM dialogue WHERE id = $1 FOR NO KEY UPDATE", [dialogue]);
    await client.query(
      `INSERT INTO statement (id, dialogue_id, speaker_id, "order", role)
       SELECT $1, $2, $3, coalesce(max("order"), 0) + 1, 'statement' FROM statement WHERE dialogue_id = $2`,
      [statement, dialogue, speaker],
    );
    await client.query(
      "INSERT INTO representation (id, statement_id, basis, position) VALUES (gen_random_uuid(), $1, 'own', 1)",
      [statement],
    );
    await client.query(
      `INSERT INTO audit_event (type, subject_type, subject_id, dialogue_id, user_name, after)
       VALUES ('statement.recorded', 'statement', $1, $2, 'bench', '{}')`,
      [statement, dialogue],
    );
    await client.query("COMMIT");
  } finally {
    client.release();
  }
}

const ROUNDS = 5;

/** Recording statements over the API beside the same rows in plain SQL, with `writers` under way at once; milliseconds a write. */
export async function writeBench({ api, pool }: Bench, writers: number): Promise<Result> {
  const slug = `bench-writes-${writers}`;
  const made = (await api("POST", "/dialogues", {
    slug,
    title: "Dialogue that is written to",
    kind: "formal_debate",
    startsOn: "2021-05-17",
  })) as { id: string };
  const { rows } = await pool.query<{ id: string }>("SELECT id FROM actor WHERE iso3 = 'DNK'");
  const speaker = rows[0]?.id ?? "";
  const count = writers === 1 ? 20 : 96;
  const ours: number[] = [];
  const floor: number[] = [];
  for (let round = -1; round < ROUNDS; round += 1) {
    const a = await timed(() =>
      atOnce(count, writers, () => api("POST", `/dialogues/${slug}/statements`, { speaker: "DNK" })),
    );
    const b = await timed(() => atOnce(count, writers, () => insert(pool, made.id, speaker)));
    if (round < 0) continue;
    ours.push(a / count);
    floor.push(b / count);
  }
  const [oursMs, floorMs] = [median(ours), median(floor)];
  return {
    name: `statement writes, ${writers === 1 ? "1 writer" : `${writers} writers`}`,
    ours: "POST statements, audit included",
    floor: "the same rows by plain SQL transactions",
    oursMs,
    floorMs,
    ratio: oursMs / floorMs,
  };
}
