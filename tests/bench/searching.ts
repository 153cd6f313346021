import pg from "pg";
import { search } from "@/features/search/queries/search";
import { grant, systemIdentity } from "@/lib/auth/caller";
import { withClient } from "@/scripts/db";
import { interleaved, median, ratioOf, type Measured } from "./measure";
import { addDialogue, addStatements, type World } from "./world";

const STATEMENTS = 20_000;
const DIALOGUES = 20;
/** Words that stand in about 14 % and 9 % of the texts; both in about 1 %. */
const QUERY = "word2000 word3000";

/** A text of 1,000 words for each statement of a dialogue, from 5,000 words of which few are frequent and most are rare. */
const FILL = `
  insert into statement_text (id, statement_id, kind, language, body, sha256)
  select gen_random_uuid(), s.id, 'as_delivered', 'en', words.body, encode(sha256(convert_to(words.body, 'UTF8')), 'hex')
  from statement s cross join lateral (
    select string_agg('word' || floor(5000 * power(random(), 1.5)), ' ') as body from generate_series(1, 1000) where s.id is not null
  ) words where s.dialogue_id = $1`;

/** What any search for two words needs of the database, without filters, counts or words to show. */
const PLAIN = `select count(distinct statement_id)::int as found from statement_text
  where search @@ (plainto_tsquery('search_en', $1))`;

/** Two words in 20,000 statements of 1,000 words: 20 results with their words and the counts of every filter. */
export async function searching({ appUrl, ownerUrl }: World): Promise<Measured[]> {
  await withClient(ownerUrl, async (client) => {
    const { rows } = await client.query<{ id: string }>("select id from actor where slug = 'european-union'");
    const groups = rows.map(({ id }) => id);
    for (let number = 1; number <= DIALOGUES; number += 1) {
      const id = await addDialogue(client, `measured-search-${number}`);
      await addStatements(client, { dialogue: id, count: STATEMENTS / DIALOGUES, groups });
      await client.query(FILL, [id]);
    }
    await client.query("vacuum analyze");
  });
  const caller = grant(systemIdentity("Measurements"), "record:read");
  const client = new pg.Client({ connectionString: appUrl });
  await client.connect();
  try {
    const ours = () => search(caller, QUERY, { kind: "statement" }, { offset: 0, limit: 20 });
    const plain = () => client.query<{ found: number }>({ name: "plain", text: PLAIN, values: [QUERY] });
    const [{ total }, { rows }] = [await ours(), await plain()];
    if (total !== rows[0]?.found) throw new Error(`Search finds ${total}, plain SQL ${rows[0]?.found}.`);
    const taken = await interleaved({ ours, sql: plain }, { pairs: 60, seconds: 20 });
    const milliseconds = median(taken.ours);
    return [
      {
        what: `Search: two words in ${STATEMENTS.toLocaleString("en")} statements`,
        floor: "the matches alone, counted",
        ours: milliseconds,
        sql: median(taken.sql),
        ratio: ratioOf(taken),
        pairs: taken.ours.length,
        notes: [`${total} statements found; 20 shown with their words; every filter counted`],
        limits: [{ says: "under 100 ms", holds: milliseconds < 100 }],
      },
    ];
  } finally {
    await client.end();
  }
}
