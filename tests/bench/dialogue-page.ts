import { gzipSync } from "node:zlib";
import pg from "pg";
import { withClient } from "@/scripts/db";
import { Client } from "./http";
import { interleaved, median, quantile, ratioOf, type Measured } from "./measure";
import { addDialogue, addStatements, type World } from "./world";

const SLUG = "measured-page";

/** What the page cannot do without: who asks, the dialogue, its statements with all that they name, names and memberships. */
async function readAll(client: pg.Client, session: string): Promise<number> {
  const ask = async <Row extends pg.QueryResultRow>(name: string, text: string, values: unknown[]): Promise<Row[]> =>
    (await client.query<Row>({ name, text, values })).rows;
  await ask(
    "session",
    `select s.id, u.name, u.role from session s join "user" u on u.id = s.user_id
     where s.user_id = $1 and s.revoked_at is null and s.expires_at > now() and u.disabled_at is null`,
    [session],
  );
  const [dialogue] = await ask<{ id: string }>("dialogue", "select * from dialogue where slug = $1", [SLUG]);
  const id = dialogue?.id;
  await ask("meetings", "select * from meeting where dialogue_id = $1 order by number", [id]);
  const statements = await ask<{ speaker_id: string }>(
    "statements",
    'select * from statement where dialogue_id = $1 order by "order"',
    [id],
  );
  const represented = await ask<{ actor_id: string | null; id: string }>(
    "represented",
    "select r.* from representation r join statement s on s.id = r.statement_id where s.dialogue_id = $1",
    [id],
  );
  const struck = await ask<{ actor_id: string }>(
    "struck",
    `select e.* from exclusion e join representation r on r.id = e.representation_id
     join statement s on s.id = r.statement_id where s.dialogue_id = $1`,
    [id],
  );
  await ask("published", "select * from published_figure where dialogue_id = $1", [id]);
  const named = new Set([
    ...statements.map(({ speaker_id: speaker }) => speaker),
    ...represented.flatMap(({ actor_id: actor }) => (actor ? [actor] : [])),
    ...struck.map(({ actor_id: actor }) => actor),
  ]);
  const memberships = await ask<{ member_id: string }>(
    "memberships",
    "select * from membership where group_id = any($1::uuid[])",
    [[...named]],
  );
  for (const { member_id: member } of memberships) named.add(member);
  await ask("actors", "select * from actor where id = any($1::uuid[])", [[...named]]);
  await ask("names", "select * from actor_name where actor_id = any($1::uuid[]) and language = 'en'", [[...named]]);
  return statements.length;
}

/** The page of a dialogue with 200 statements, signed in, over HTTP, beside the queries that it needs through the same driver. */
export async function dialoguePage({ url, appUrl, ownerUrl, analyst }: World): Promise<Measured[]> {
  await withClient(ownerUrl, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      "select id from actor where kind in ('group', 'regional_organization')",
    );
    const dialogue = await addDialogue(client, SLUG);
    const { rows: populated } = await client.query<{ id: string }>(
      "select distinct group_id as id from membership where group_id = any($1::uuid[])",
      [rows.map(({ id }) => id)],
    );
    await addStatements(client, { dialogue, count: 200, groups: populated.map(({ id }) => id) });
    await client.query("analyze");
  });
  const browser = new Client(url, { Cookie: analyst.cookie, Accept: "text/html" });
  const client = new pg.Client({ connectionString: appUrl });
  await client.connect();
  try {
    const page = () => browser.send("GET", `/dialogues/${SLUG}`, 200);
    const { body } = await page();
    const rows = body.toString().match(/<tr id="statement-/g)?.length ?? 0;
    const read = await readAll(client, analyst.id);
    if (rows !== 200 || read !== 200)
      throw new Error(`The page has ${rows} rows, plain SQL ${read}; both should have 200.`);
    const taken = await interleaved(
      { ours: page, sql: () => readAll(client, analyst.id) },
      { pairs: 60, seconds: 25, warmUp: 10 },
    );
    const milliseconds = median(taken.ours);
    return [
      {
        what: "Dialogue page, 200 statements",
        floor: "the 10 queries that it needs",
        ours: milliseconds,
        sql: median(taken.sql),
        ratio: ratioOf(taken),
        pairs: taken.ours.length,
        notes: [
          `p95 ${quantile(taken.ours, 0.95).toFixed(0)} ms`,
          `${Math.round(body.length / 1024)} kB, compressed ${Math.round(gzipSync(body).length / 1024)} kB`,
        ],
        limits: [{ says: "under 150 ms", holds: milliseconds < 150 }],
      },
    ];
  } finally {
    browser.close();
    await client.end();
  }
}
