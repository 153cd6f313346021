import { gzipSync } from "node:zlib";
import pg from "pg";
import { readMatrix } from "@/features/positions/queries/export";
import { matrixQuery } from "@/features/positions/schema";
import { grant, systemIdentity } from "@/lib/auth/caller";
import { withClient } from "@/scripts/db";
import { Client } from "./http";
import { interleaved, median, quantile, ratioOf, type Measured } from "./measure";
import { addDialogue, addStatements, DAY, type World } from "./world";

const DIALOGUES = 20;
/** Of one dialogue. */
const STATEMENTS = 100;

/** Every statement of a dialogue coded, on 25 issues drawn from the codebook each. */
const CODED = `
  insert into coding (statement_id, version_id, submitted_at, coder_name)
  select s.id, v.id, now(), 'Made for measurements' from statement s, codebook_version v
  where s.dialogue_id = $1 and v.number = 1`;
const POSITIONS = `
  insert into position (id, statement_id, dialogue_id, actor_id, year, day, own_capacity, issue_id, version_id, value,
    no_quote_reason, coder_name)
  select gen_random_uuid(), s.id, s.dialogue_id, s.speaker_id, extract(year from d.starts_on), d.starts_on, s.own, i.issue_id, v.id,
    (enum_range(null::"PositionValue"))[1 + floor(random() * 5)::int], 'Made for measurements', 'Made for measurements'
  from (select s.*, in_own_capacity(s.id) as own from statement s where s.dialogue_id = $1 offset 0) s
  join dialogue d on d.id = s.dialogue_id join codebook_version v on v.number = 1
  cross join lateral (select issue_id from issue_definition d where d.version_id = v.id and s.id is not null order by random() limit 25) i`;
/** What these triggers would find out row by row is in the statement above already. */
const TRIGGERS = ["position_day", "position_voice", "position_search"];

/** Dialogues of 100 statements each with 25 positions, one every fifth day. Returns how many positions are on record then. */
export async function fillPositions(
  client: pg.ClientBase,
  { dialogues, name }: { dialogues: number; name: string },
): Promise<number> {
  const { rows } = await client.query<{ id: string }>(
    "select id from actor where slug in ('european-union', 'nordic')",
  );
  const groups = rows.map(({ id }) => id);
  for (const trigger of TRIGGERS) await client.query(`alter table position disable trigger ${trigger}`);
  for (let number = 1; number <= dialogues; number += 1) {
    const id = await addDialogue(client, `measured-${name}-${number}`);
    await client.query(
      "update dialogue set starts_on = starts_on - 5 * $2::int, ends_on = ends_on - 5 * $2::int where id = $1",
      [id, number],
    );
    await addStatements(client, { dialogue: id, count: STATEMENTS, groups, seed: number });
    await client.query(CODED, [id]);
    await client.query(POSITIONS, [id]);
  }
  for (const trigger of TRIGGERS) await client.query(`alter table position enable trigger ${trigger}`);
  await client.query("vacuum analyze");
  return (await client.query<{ total: number }>("select count(*)::int as total from position")).rows[0]?.total ?? 0;
}

/** Of the statement `s`. */
export const COUNTED = "s.withdrawn_at is null and s.role in ('statement', 'joint_statement', 'civil_society')";
export const OWN = `(exists (select from representation r where r.statement_id = s.id and r.basis = 'own')
  or not exists (select from representation r where r.statement_id = s.id))`;
const FOR_OTHERS = "exists (select from representation r where r.statement_id = s.id and r.basis <> 'own')";

/** What the table cannot do without: the latest own positions, who spoke, what was said for others and for whom, and names. */
export async function readAll(client: pg.Client): Promise<number> {
  const ask = async (name: string, text: string, values: unknown[] = []): Promise<pg.QueryResultRow[]> =>
    (await client.query({ name, text, values })).rows;
  const issues = await ask(
    "issues",
    "select d.* from issue_definition d join codebook_version v on v.id = d.version_id where v.number = 1",
  );
  await ask(
    "own",
    `select distinct on (p.actor_id, p.issue_id) p.id, p.actor_id, p.issue_id, p.value, p.statement_id
     from position p left join statement s on s.id = p.statement_id left join dialogue d on d.id = p.dialogue_id
     where p.kind = 'position' and coalesce(d.starts_on, make_date(p.year, 12, 31)) <= $1
       and (p.statement_id is null or (${COUNTED} and ${OWN}))
     order by p.actor_id, p.issue_id, coalesce(d.starts_on, make_date(p.year, 12, 31)) desc, s."order" desc`,
    [DAY],
  );
  await ask(
    "spoke",
    `select distinct s.speaker_id, c.version_id from statement s join dialogue d on d.id = s.dialogue_id
     left join coding c on c.statement_id = s.id where d.starts_on <= $1 and ${COUNTED} and ${OWN}`,
    [DAY],
  );
  await ask("others", `select s.* from statement s where ${COUNTED} and ${FOR_OTHERS}`);
  await ask(
    "represented",
    `select r.* from representation r join statement s on s.id = r.statement_id where ${COUNTED} and ${FOR_OTHERS}`,
  );
  await ask(
    "struck",
    `select e.* from exclusion e join representation r on r.id = e.representation_id
     join statement s on s.id = r.statement_id where ${COUNTED}`,
  );
  await ask(
    "for-others",
    `select p.id, p.statement_id, p.issue_id, p.value from position p join statement s on s.id = p.statement_id
     where p.kind = 'position' and ${COUNTED} and ${FOR_OTHERS}`,
  );
  await ask("memberships", "select * from membership");
  const actors = await ask("actors", "select * from actor where kind = 'member_state'");
  await ask("names", "select n.* from actor_name n join actor a on a.id = n.actor_id where n.language = 'en'");
  await ask(
    "coverage",
    `select count(*), count(c.statement_id) from statement s left join coding c on c.statement_id = s.id where ${COUNTED}`,
  );
  return actors.length * issues.length;
}

/** Every state on every issue with 50,000 positions on record: the cells alone, and the page as a browser gets it. */
export async function matrix({ url, appUrl, ownerUrl, analyst }: World): Promise<Measured[]> {
  const total = await withClient(ownerUrl, (client) => fillPositions(client, { dialogues: DIALOGUES, name: "matrix" }));
  const caller = grant(systemIdentity("Measurements"), "record:read");
  const browser = new Client(url, { Cookie: analyst.cookie, Accept: "text/html" });
  const client = new pg.Client({ connectionString: appUrl });
  await client.connect();
  try {
    const query = matrixQuery.parse({ asOf: DAY });
    const cells = async () => (await readMatrix(caller, query, "")).matrix;
    const page = () => browser.send("GET", `/positions?asOf=${DAY}`, 200);
    const plain = () => readAll(client);
    const { rows, issues } = await cells();
    const read = await plain();
    if (rows.length * issues.length !== read)
      throw new Error(`The table has ${rows.length * issues.length} cells, plain SQL ${read}.`);
    const { body } = await page();
    const results: Measured[] = [];
    for (const [what, ours] of [
      ["cells", cells],
      ["page", page],
    ] as const) {
      const taken = await interleaved({ ours, sql: plain }, { pairs: 40, seconds: 25 });
      const ratio = ratioOf(taken);
      results.push({
        what: `Positions, ${rows.length} x ${issues.length} ${what}, ${total.toLocaleString("en")} on record`,
        floor: "the 11 queries that it needs",
        ours: median(taken.ours),
        sql: median(taken.sql),
        ratio,
        pairs: taken.ours.length,
        notes: [
          `p95 ${quantile(taken.ours, 0.95).toFixed(0)} ms`,
          ...(what === "page"
            ? [`${Math.round(body.length / 1024)} kB, compressed ${Math.round(gzipSync(body).length / 1024)} kB`]
            : []),
        ],
        limits: [{ says: "at most 3 times the SQL", holds: ratio <= 3 }],
      });
    }
    return results;
  } finally {
    browser.close();
    await client.end();
  }
}
