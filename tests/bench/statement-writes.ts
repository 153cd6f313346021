import { randomUUID } from "node:crypto";
import pg from "pg";
import { withClient } from "@/scripts/db";
import { Client } from "./http";
import { median, quantile, type Measured } from "./measure";
import { addDialogue, type World } from "./world";

const ROUNDS = 3;
const ROUND_MS = 2500;

type Round = { writes: number; ms: number; taken: number[] };

/** Writers, each as fast as answers come, for one round. */
async function round(writers: number, write: (writer: number) => Promise<unknown>): Promise<Round> {
  const taken: number[] = [];
  const from = performance.now();
  await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      while (performance.now() - from < ROUND_MS) {
        const began = performance.now();
        await write(writer);
        taken.push(performance.now() - began);
      }
    }),
  );
  return { writes: taken.length, ms: performance.now() - from, taken };
}

const rate = ({ writes, ms }: Round): number => (writes / ms) * 1000;

type Row = { dialogue: string; speaker: string; user: string };

/** The rows that recording a statement makes, with the same locks, by hand: one transaction, its audit event inside. */
async function byHand(client: pg.PoolClient, { dialogue, speaker, user }: Row): Promise<void> {
  const id = randomUUID();
  const after = { dialogue, speaker, role: "statement", represents: [{ basis: "own" }], printed: null, note: null };
  const ask = (name: string, text: string, values: unknown[]) => client.query({ name, text, values });
  await client.query("begin");
  await ask("lock", "select id from dialogue where id = $1 for no key update", [dialogue]);
  await ask(
    "statement",
    `insert into statement (id, dialogue_id, speaker_id, "order", role)
     values ($1, $2, $3, (select coalesce(max("order"), 0) + 1 from statement where dialogue_id = $2), 'statement')`,
    [id, dialogue, speaker],
  );
  await ask(
    "representation",
    "insert into representation (id, statement_id, basis, position) values ($1, $2, 'own', 1)",
    [randomUUID(), id],
  );
  await ask(
    "event",
    `insert into audit_event (type, subject_type, subject_id, dialogue_id, user_id, user_name, version, after)
     values ('statement.recorded', 'statement', $1, $2, $3, 'Analyst', 1, $4)`,
    [id, dialogue, user, JSON.stringify(after)],
  );
  await client.query("commit");
}

async function withWriters({ url, appUrl, ownerUrl, analyst }: World, writers: number): Promise<Measured> {
  const name = (side: string, index: number) => `measured-writes-${writers}-${side}-${index}`;
  const made = await withClient(ownerUrl, async (client) => {
    const { rows } = await client.query<{ id: string }>("select id from actor where iso3 = 'DNK'");
    const hand: string[] = [];
    for (let index = 0; index < writers; index += 1) {
      await addDialogue(client, name("ours", index));
      hand.push(await addDialogue(client, name("sql", index)));
    }
    return { speaker: rows[0]?.id ?? "", hand };
  });
  const sender = new Client(url, { Authorization: `Bearer ${analyst.token}` }, writers);
  const pool = new pg.Pool({ connectionString: appUrl, max: writers });
  const ours = (writer: number) =>
    sender.send("POST", `/api/v1/dialogues/${name("ours", writer)}/statements`, 201, { speaker: "DNK" });
  const sql = async (writer: number) => {
    const client = await pool.connect();
    try {
      await byHand(client, { dialogue: made.hand[writer] ?? "", speaker: made.speaker, user: analyst.id });
    } finally {
      client.release();
    }
  };
  try {
    for (let index = 0; index < 20; index += 1) {
      await ours(index % writers);
      await sql(index % writers);
    }
    const rounds: { ours: Round; sql: Round }[] = [];
    for (let index = 0; index < ROUNDS; index += 1) {
      rounds.push({ ours: await round(writers, ours), sql: await round(writers, sql) });
    }
    const every = rounds.flatMap((pair) => pair.ours.taken);
    const p95 = quantile(every, 0.95);
    return {
      what: `Statements recorded with their event, ${writers === 1 ? "1 writer" : `${writers} writers`}`,
      floor: "the same rows by hand",
      ours: median(every),
      sql: median(rounds.flatMap((pair) => pair.sql.taken)),
      ratio: median(rounds.map((pair) => rate(pair.sql) / rate(pair.ours))),
      pairs: ROUNDS,
      notes: [
        `${Math.round(median(rounds.map((pair) => rate(pair.ours))))} writes/s beside ${Math.round(median(rounds.map((pair) => rate(pair.sql))))}`,
        `p95 ${p95.toFixed(0)} ms`,
      ],
      limits: [{ says: "p95 under 300 ms", holds: p95 < 300 }],
    };
  } finally {
    sender.close();
    await pool.end();
  }
}

/** Recording over the API, with its audit event, beside the same rows inserted by hand; each writer has a dialogue of its own. */
export async function statementWrites(world: World): Promise<Measured[]> {
  return [await withWriters(world, 1), await withWriters(world, 16)];
}
