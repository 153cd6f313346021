import pg from "pg";
import { readMatrix } from "@/features/positions/queries/export";
import { matrixQuery } from "@/features/positions/schema";
import { grant, systemIdentity } from "@/lib/auth/caller";
import { withClient } from "@/scripts/db";
import { Client } from "./http";
import { COUNTED, fillPositions, OWN, readAll } from "./matrix";
import { interleaved, median, quantile, ratioOf, type Measured } from "./measure";
import { DAY, type World } from "./world";

/** With 100 statements of 25 positions each: a million. */
const DIALOGUES = 400;
const STATE = "france";
const ISSUE = "formal_agenda";

type Ask = (name: string, text: string, values?: unknown[]) => Promise<pg.QueryResultRow[]>;

/** What the page of a state cannot do without: its statements, those that cover it, and what was said in both, added up. */
async function readState(ask: Ask): Promise<void> {
  const [state] = await ask("state", "select * from actor where slug = $1", [STATE]);
  const id: unknown = state?.id;
  const mine = "select group_id from membership where member_id = $1";
  await ask("state-names", "select * from actor_name where actor_id = $1", [id]);
  await ask(
    "state-groups",
    "select m.*, g.slug from membership m join actor g on g.id = m.group_id where member_id = $1",
    [id],
  );
  await ask("state-votes", "select * from vote where actor_id = $1", [id]);
  await ask(
    "state-said",
    `select s.*, d.title, d.starts_on, c.version_id from statement s join dialogue d on d.id = s.dialogue_id
     left join coding c on c.statement_id = s.id where s.speaker_id = $1 and ${COUNTED} and ${OWN}`,
    [id],
  );
  await ask(
    "state-covered",
    `select s.*, d.title, d.starts_on, r.basis, r.actor_id from representation r join statement s on s.id = r.statement_id
     join dialogue d on d.id = s.dialogue_id where ${COUNTED} and r.basis <> 'own' and (r.actor_id = $1 or r.actor_id in (${mine}))
       and not exists (select from exclusion e where e.representation_id = r.id and e.actor_id = $1)`,
    [id],
  );
  await ask(
    "state-own-positions",
    `select p.issue_id, p.dialogue_id, p.value, count(*), max(p.id::text) from position p join statement s on s.id = p.statement_id
     where p.actor_id = $1 and p.kind = 'position' and ${COUNTED} and ${OWN} group by 1, 2, 3`,
    [id],
  );
  await ask(
    "state-delegated-positions",
    `select p.issue_id, p.dialogue_id, p.value, count(*), max(p.id::text) from position p join statement s on s.id = p.statement_id
     where p.kind = 'position' and ${COUNTED} and s.id in (
       select statement_id from representation r where r.basis <> 'own' and (r.actor_id = $1 or r.actor_id in (${mine})))
     group by 1, 2, 3`,
    [id],
  );
}

/** What the page of an issue cannot do without: where each state stands, what was said at each dialogue, quotations, codings. */
async function readIssue(ask: Ask): Promise<void> {
  const [issue] = await ask("issue", "select * from issue_definition where code = $1", [ISSUE]);
  const id: unknown = issue?.issue_id;
  await ask(
    "issue-own",
    `select distinct on (p.actor_id) p.actor_id, p.id, p.value from position p left join statement s on s.id = p.statement_id
     left join dialogue d on d.id = p.dialogue_id
     where p.issue_id = $1 and p.kind = 'position' and (p.statement_id is null or (${COUNTED} and ${OWN}))
     order by p.actor_id, coalesce(d.starts_on, make_date(p.year, 12, 31)) desc, s."order" desc`,
    [id],
  );
  await ask(
    "issue-for-others",
    `select distinct on (r.actor_id) r.actor_id, p.id, p.value from position p join statement s on s.id = p.statement_id
     join dialogue d on d.id = s.dialogue_id join representation r on r.statement_id = s.id
     where p.issue_id = $1 and p.kind = 'position' and r.basis <> 'own' and ${COUNTED}
     order by r.actor_id, d.starts_on desc, s."order" desc`,
    [id],
  );
  await ask(
    "issue-by-dialogue",
    `select dialogue_id, value, count(*) from (
       select distinct on (p.dialogue_id, p.actor_id) p.dialogue_id, p.value from position p join statement s on s.id = p.statement_id
       where p.issue_id = $1 and p.kind = 'position' and ${COUNTED} and ${OWN}
       order by p.dialogue_id, p.actor_id, s."order" desc) latest group by 1, 2`,
    [id],
  );
  await ask(
    "issue-spoke",
    `select distinct s.speaker_id, c.version_id from statement s left join coding c on c.statement_id = s.id where ${COUNTED} and ${OWN}`,
  );
  await ask("issue-quotations", "select count(*) from position where issue_id = $1 and quotation_id is not null", [id]);
  await ask("issue-codings", "select count(*) from position where issue_id = $1", [id]);
  await ask(
    "issue-codings-page",
    `select p.*, d.starts_on from position p left join dialogue d on d.id = p.dialogue_id where p.issue_id = $1
     order by p.year desc, p.id desc limit 50`,
    [id],
  );
}

/** The matrix, a state and an issue with a million positions on record. */
export async function million({ url, appUrl, ownerUrl, analyst }: World): Promise<Measured[]> {
  const total = await withClient(ownerUrl, (client) =>
    fillPositions(client, { dialogues: DIALOGUES, name: "million" }),
  );
  const caller = grant(systemIdentity("Measurements"), "record:read");
  const browser = new Client(url, { Cookie: analyst.cookie, Accept: "text/html" });
  const client = new pg.Client({ connectionString: appUrl });
  await client.connect();
  // The floor may take longer than the product may.
  await client.query("set statement_timeout = 0");
  const ask: Ask = async (name, text, values = []) => (await client.query({ name, text, values })).rows;
  try {
    const query = matrixQuery.parse({ asOf: DAY });
    const results: Measured[] = [];
    for (const [what, ours, sql] of [
      ["Matrix, cells", () => readMatrix(caller, query, ""), () => readAll(client)],
      ["Page of a state", () => browser.send("GET", `/states/${STATE}`, 200), () => readState(ask)],
      ["Page of an issue", () => browser.send("GET", `/codebook/${ISSUE}`, 200), () => readIssue(ask)],
    ] as const) {
      const taken = await interleaved({ ours, sql }, { pairs: 20, seconds: 40, warmUp: 2 });
      const ratio = ratioOf(taken);
      results.push({
        what: `${what}, ${total.toLocaleString("en")} positions on record`,
        floor: "the queries that it needs",
        ours: median(taken.ours),
        sql: median(taken.sql),
        ratio,
        pairs: taken.ours.length,
        notes: [`p95 ${quantile(taken.ours, 0.95).toFixed(0)} ms`],
        limits: [{ says: "at most 3 times the SQL", holds: ratio <= 3 }],
      });
    }
    return results;
  } finally {
    browser.close();
    await client.end();
  }
}
