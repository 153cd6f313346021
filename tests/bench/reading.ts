import { pipeline } from "node:stream/promises";
import { Writable } from "node:stream";
import { to } from "pg-copy-streams";
import type { Bench } from "./product";
import { atOnce, paired, type Result } from "./measure";

const SLUG = "bench-200";
const STATEMENTS = 200;

/** A dialogue of 200 statements: most by a state in own capacity, each tenth for a group. */
export async function makeDialogue({ api, pool }: Bench): Promise<void> {
  await api("POST", "/dialogues", {
    slug: SLUG,
    title: "Dialogue of two hundred statements",
    kind: "formal_debate",
    startsOn: "2021-05-17",
  });
  const { rows: states } = await pool.query<{ iso3: string }>(
    "SELECT iso3 FROM actor WHERE kind = 'member_state' ORDER BY iso3",
  );
  const groups = ["nordic", "baltic", "group-of-friends-r2p", "european-union"];
  await atOnce(STATEMENTS, 4, async (index) => {
    const represents =
      index % 10 === 0 ? [{ basis: "group", group: groups[(index / 10) % groups.length] }] : [{ basis: "own" }];
    await api("POST", `/dialogues/${SLUG}/statements`, { speaker: states[index % states.length]?.iso3, represents });
  });
  await pool.query("ANALYZE");
}

/** What the page must know, asked as plainly as SQL can. */
const NEEDED = [
  "SELECT d.*, r.slug AS report_slug, r.title AS report_title FROM dialogue d LEFT JOIN report r ON r.id = d.report_id WHERE d.slug = $1",
  "SELECT m.* FROM meeting m JOIN dialogue d ON d.id = m.dialogue_id WHERE d.slug = $1",
  'SELECT s.* FROM statement s JOIN dialogue d ON d.id = s.dialogue_id WHERE d.slug = $1 ORDER BY s."order"',
  `SELECT r.*, (SELECT array_agg(e.actor_id) FROM exclusion e WHERE e.representation_id = r.id) AS excluded
   FROM representation r JOIN statement s ON s.id = r.statement_id JOIN dialogue d ON d.id = s.dialogue_id WHERE d.slug = $1`,
  "SELECT f.* FROM published_figure f JOIN dialogue d ON d.id = f.dialogue_id WHERE d.slug = $1",
  `SELECT m.* FROM membership m WHERE m.group_id IN (
     SELECT r.actor_id FROM representation r JOIN statement s ON s.id = r.statement_id
     JOIN dialogue d ON d.id = s.dialogue_id WHERE d.slug = $1 AND r.basis = 'group')`,
  `SELECT a.*, n.name, n.kind AS name_kind, n.valid_from, n.valid_until FROM actor a JOIN actor_name n ON n.actor_id = a.id
   WHERE n.language = 'en' AND n.kind IN ('official', 'short', 'former') AND $1 <> ''`,
];

/** The dialogue page of 200 statements, to its last byte, beside the bare queries that it needs. */
export async function pageBench({ read, pool }: Bench): Promise<Result> {
  return paired({
    name: "dialogue page",
    ours: "GET /dialogues/… with 200 statements",
    floor: "the SQL that it needs, through node-postgres",
    rounds: 25,
    runOurs: () => read(`/dialogues/${SLUG}`),
    runFloor: async () => {
      for (const text of NEEDED) await pool.query(text, [SLUG]);
    },
  });
}

const ROWS = `SELECT s."order", n.name, a.iso3, a.m49, s.printed, a.kind, s.role, s.language, s.person_name, s.source_url, s.note,
    (SELECT string_agg(r.basis::text, '; ') FROM representation r WHERE r.statement_id = s.id) AS basis
  FROM statement s
  JOIN dialogue d ON d.id = s.dialogue_id
  JOIN actor a ON a.id = s.speaker_id
  JOIN actor_name n ON n.actor_id = a.id AND n.kind = 'official' AND n.language = 'en' AND n.valid_until IS NULL
  WHERE d.slug = '${SLUG}' ORDER BY s."order"`;

/** The participants of that dialogue as CSV beside COPY of the same join. */
export async function exportBench({ read, pool }: Bench): Promise<Result> {
  const client = await pool.connect();
  try {
    return await paired({
      name: "participants export",
      ours: "GET participants.csv, 200 rows",
      floor: "COPY of the same join to CSV",
      rounds: 25,
      runOurs: () => read(`/api/v1/dialogues/${SLUG}/participants.csv`),
      runFloor: () =>
        pipeline(
          client.query(to(`COPY (${ROWS}) TO STDOUT (FORMAT csv, HEADER)`)),
          new Writable({ write: (_chunk, _encoding, done) => done() }),
        ),
    });
  } finally {
    client.release();
  }
}
