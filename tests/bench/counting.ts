import pg from "pg";
import { withClient } from "@/scripts/db";
import { loadDialogueRecord, type DialogueRecord } from "@/features/figures/queries/record";
import { figures } from "@/features/figures/rules";
import { grant, systemIdentity } from "@/lib/auth/caller";
import { snapshot } from "@/lib/db";
import { interleaved, median, ratioOf, type Measured } from "./measure";
import { addDialogue, addGroups, addStatements, DAY, type World } from "./world";

/** Every route of every statement that counts, and who is reached by one, by two or more: the figures of `own_and_groups`. */
const UNION = `
  with counted as (
    select s.id, s.speaker_id, coalesce(m.date, d.starts_on) as day
    from statement s join dialogue d on d.id = s.dialogue_id left join meeting m on m.id = s.meeting_id
    where s.dialogue_id = $1 and s.withdrawn_at is null and s.role in ('statement', 'joint_statement', 'civil_society')),
  route as (
    select 'own' as name, c.speaker_id as actor_id from counted c
      join representation r on r.statement_id = c.id and r.basis = 'own'
    union
    select 'group:' || g.slug, m.member_id from counted c
      join representation r on r.statement_id = c.id and r.basis = 'group'
      join actor g on g.id = r.actor_id
      join membership m on m.group_id = g.id
        and coalesce(m.valid_from, m.known_on) <= c.day and (m.valid_until is null or m.valid_until >= c.day)
      where not exists (select from exclusion e where e.representation_id = r.id and e.actor_id = m.member_id)
    union
    select 'named:' || coalesce(p.iso3, p.slug), r.actor_id from counted c
      join representation r on r.statement_id = c.id and r.basis = 'named'
      join actor p on p.id = c.speaker_id),
  reached as (
    select a.id, count(*) as routes from route join actor a on a.id = route.actor_id
    where a.kind = 'member_state' and a.admitted_on <= $2 group by a.id)
  select count(*)::int as states, count(*) filter (where routes > 1)::int as overlap from reached`;

type Counted = { states: number; overlap: number };

function count({ statements, cast }: DialogueRecord): Counted {
  const counting = {
    statements,
    register: cast.register,
    rule: "own_and_groups",
    aligned: "exclude",
    asOf: DAY,
  } as const;
  const { represented, overlap } = figures(counting);
  return { states: represented.states, overlap: overlap.length };
}

/** 1,000 statements and 60 groups: the engine, with everything read, beside the same union computed by Postgres. */
export async function counting({ appUrl, ownerUrl }: World): Promise<Measured[]> {
  const dialogue = await withClient(ownerUrl, async (client) => {
    const id = await addDialogue(client, "measured-counting");
    await addStatements(client, { dialogue: id, count: 1000, groups: await addGroups(client, 60) });
    await client.query("analyze");
    return id;
  });
  const caller = grant(systemIdentity("Measurements"), "record:read");
  const record = await snapshot(caller, (tx) => loadDialogueRecord(tx, "measured-counting"));
  const client = new pg.Client({ connectionString: appUrl });
  await client.connect();
  try {
    const union = { name: "union", text: UNION, values: [dialogue, DAY] };
    const { rows } = await client.query<Counted>(union);
    const ours = count(record);
    if (ours.states !== rows[0]?.states || ours.overlap !== rows[0]?.overlap) {
      throw new Error(`The engine counts ${JSON.stringify(ours)}, plain SQL ${JSON.stringify(rows[0])}.`);
    }
    const taken = await interleaved(
      { ours: () => count(record), sql: () => client.query(union) },
      { pairs: 200, seconds: 15, warmUp: 30 },
    );
    const milliseconds = median(taken.ours);
    return [
      {
        what: "Counting: 1,000 statements, 60 groups",
        floor: "the same union in SQL",
        ours: milliseconds,
        sql: median(taken.sql),
        ratio: ratioOf(taken),
        pairs: taken.ours.length,
        notes: [`${ours.states} states, ${ours.overlap} by two routes or more: both sides agree`],
        limits: [{ says: "under 10 ms", holds: milliseconds < 10 }],
      },
    ];
  } finally {
    await client.end();
  }
}
