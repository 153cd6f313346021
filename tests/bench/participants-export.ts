import { finished } from "node:stream/promises";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { withClient } from "@/scripts/db";
import { Client } from "./http";
import { interleaved, median, ratioOf, type Measured } from "./measure";
import { addDialogue, addStatements, type World } from "./world";

/** One line per statement with the names of its speaker and of everybody for whom it was delivered. */
const JOIN = (dialogue: string) => `
  copy (
    select s."order", n.name, a.iso3, a.m49, s.printed, a.kind, s.role,
      (select string_agg(coalesce(pn.name, 'own capacity'), '; ' order by r.position)
         from representation r left join lateral (
           select name from actor_name where actor_id = r.actor_id and kind = 'short' and language = 'en' limit 1) pn on true
         where r.statement_id = s.id) as on_behalf_of,
      (select count(distinct m.member_id) from representation r join membership m on m.group_id = r.actor_id
         where r.statement_id = s.id and r.basis = 'group' and coalesce(m.valid_from, m.known_on) <= d.starts_on
           and (m.valid_until is null or m.valid_until >= d.starts_on)
           and not exists (select from exclusion e where e.representation_id = r.id and e.actor_id = m.member_id)) as states,
      mt.number, s.language, s.person_name, s.person_title, s.source_url, s.note
    from statement s join dialogue d on d.id = s.dialogue_id join actor a on a.id = s.speaker_id
      left join meeting mt on mt.id = s.meeting_id
      left join lateral (
        select name from actor_name where actor_id = a.id and kind = 'short' and language = 'en' limit 1) n on true
    where s.dialogue_id = '${dialogue}' and s.withdrawn_at is null order by s."order"
  ) to stdout with (format csv, header)`;

async function copied(client: pg.Client, sql: string): Promise<number> {
  const stream = client.query(copyTo(sql));
  let lines = 0;
  stream.on("data", (chunk: Buffer) => {
    for (const byte of chunk) if (byte === 10) lines += 1;
  });
  await finished(stream);
  return lines - 1;
}

async function exportOf({ url, appUrl, ownerUrl, analyst }: World, count: number): Promise<Measured> {
  const slug = `measured-export-${count}`;
  const dialogue = await withClient(ownerUrl, async (client) => {
    const { rows } = await client.query<{ id: string }>("select distinct group_id as id from membership order by 1");
    const id = await addDialogue(client, slug);
    await addStatements(client, { dialogue: id, count, groups: rows.map((row) => row.id) });
    await client.query("analyze");
    return id;
  });
  const reader = new Client(url, { Authorization: `Bearer ${analyst.token}` });
  const client = new pg.Client({ connectionString: appUrl });
  await client.connect();
  try {
    const file = () => reader.send("GET", `/api/v1/dialogues/${slug}/participants.csv`, 200);
    const { body } = await file();
    const lines = body.toString().trimEnd().split("\r\n").length - 1;
    const sql = JOIN(dialogue);
    const same = await copied(client, sql);
    if (lines !== count || same !== count) throw new Error(`The file has ${lines} lines, COPY ${same}, of ${count}.`);
    const taken = await interleaved({ ours: file, sql: () => copied(client, sql) }, { pairs: 40, seconds: 15 });
    return {
      what: `Participants as CSV, ${count.toLocaleString("en")} rows`,
      floor: "COPY of the same join",
      ours: median(taken.ours),
      sql: median(taken.sql),
      ratio: ratioOf(taken),
      pairs: taken.ours.length,
      notes: [`${Math.round(body.length / 1024)} kB`],
      limits: [],
    };
  } finally {
    reader.close();
    await client.end();
  }
}

/** The participants of a dialogue as CSV over the API, beside COPY of the same join. */
export async function participantsExport(world: World): Promise<Measured[]> {
  return [await exportOf(world, 200), await exportOf(world, 2000)];
}
