import { randomUUID } from "node:crypto";
import path from "node:path";
import type pg from "pg";
import { runningPostgres } from "@/scripts/postgres";
import { addCaller, type RunningCaller } from "@/tests/support/callers";
import { freePort } from "@/tests/support/free-port";
import { dataFolder, startProduct } from "@/tests/support/product";

/** What the measurements run on: the product as npm start runs it, on a database of its own that flushes to disk. */
export type World = {
  url: string;
  /** Of the application's role, and of the owner, who also fills the tables. */
  appUrl: string;
  ownerUrl: string;
  analyst: RunningCaller;
  close(): Promise<void>;
};

const SECRET = "a secret for measurements that nobody else has";

/** Starts the product with the record that it ships, and fills in dialogues of other sizes. `say` tells what takes time. */
export async function openWorld(say: (line: string) => void): Promise<World> {
  const data = await dataFolder();
  say("Starting the product on a database of its own");
  const settings = {
    DATA_DIR: path.join(data.folder, "data"),
    PORT: String(await freePort()),
    AUTH_SECRET: SECRET,
    SEED: "record",
    LOG_LEVEL: "warn",
  };
  try {
    const product = await startProduct(settings);
    const postgres = runningPostgres(settings.DATA_DIR);
    if (!postgres) throw new Error("The product is ready and its Postgres is not.");
    const { appUrl, ownerUrl } = postgres;
    const analyst = await addCaller(ownerUrl, "analyst", SECRET);
    return {
      url: product.url,
      appUrl,
      ownerUrl,
      analyst,
      close: async () => {
        await product.stop();
        await data.remove();
      },
    };
  } catch (error) {
    await data.remove();
    throw error;
  }
}

/** Numbers from 0 to below 1, the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    // Mulberry32.
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const DAY = "2031-01-01";

/** An empty dialogue on DAY. Returns its id. */
export async function addDialogue(client: pg.ClientBase, slug: string): Promise<string> {
  const id = randomUUID();
  await client.query(
    `insert into dialogue (id, slug, title, kind, body, starts_on, ends_on)
     values ($1, $2, $2, 'formal_debate', 'General Assembly', $3, $3)`,
    [id, slug, DAY],
  );
  return id;
}

/** Groups of 25 states each, members since 2001; some members have left since. Returns their ids. */
export async function addGroups(client: pg.ClientBase, count: number): Promise<string[]> {
  const random = seeded(60);
  const { rows } = await client.query<{ id: string }>("select id from actor where kind = 'member_state' order by slug");
  const groups = Array.from({ length: count }, (_, index) => ({
    id: randomUUID(),
    slug: `measured-group-${index + 1}`,
  }));
  const members = groups.flatMap(({ id }) =>
    rows
      .map((state) => ({ state: state.id, place: random() }))
      .sort((a, b) => a.place - b.place)
      .slice(0, 25)
      .map(({ state, place }) => ({ group: id, state, until: place < 0.01 ? "2020-12-31" : null })),
  );
  await client.query(
    `insert into actor (id, kind, slug) select * from unnest($1::uuid[], array_fill('group'::"ActorKind", array[$3::int]), $2::text[])`,
    [groups.map(({ id }) => id), groups.map(({ slug }) => slug), count],
  );
  await client.query(
    `insert into actor_name (id, actor_id, name, folded, kind)
     select gen_random_uuid(), id, slug, slug, 'short' from actor where id = any($1::uuid[])`,
    [groups.map(({ id }) => id)],
  );
  await client.query(
    `insert into membership (id, group_id, member_id, valid_from, valid_until, source)
     select gen_random_uuid(), g, m, '2001-01-01', u, 'Made for measurements'
     from unnest($1::uuid[], $2::uuid[], $3::date[]) as t(g, m, u)`,
    [members.map(({ group }) => group), members.map(({ state }) => state), members.map(({ until }) => until)],
  );
  return groups.map(({ id }) => id);
}

/**
 * Fills a dialogue with statements by member states: two of three in their own capacity, the others on behalf of one of the
 * groups, every fourth of these without one of its members, and every tenth also for a named state.
 */
export async function addStatements(
  client: pg.ClientBase,
  { dialogue, count, groups, seed = count }: { dialogue: string; count: number; groups: string[]; seed?: number },
): Promise<void> {
  const random = seeded(seed);
  const pick = <T>(from: T[]): T => from[Math.floor(random() * from.length)] as T;
  const { rows } = await client.query<{ id: string }>("select id from actor where kind = 'member_state' order by slug");
  const states = rows.map(({ id }) => id);
  const { rows: memberships } = await client.query<{ group: string; member: string }>(
    `select group_id as "group", member_id as member from membership where group_id = any($1::uuid[]) order by 1, 2`,
    [groups],
  );
  const statements: [id: string, speaker: string, order: number][] = [];
  const represented: [id: string, statement: string, basis: string, actor: string | null, position: number][] = [];
  const struck: [representation: string, actor: string][] = [];
  for (let order = 1; order <= count; order += 1) {
    const id = randomUUID();
    statements.push([id, pick(states), order]);
    if (random() < 2 / 3) represented.push([randomUUID(), id, "own", null, 1]);
    else {
      const [representation, group] = [randomUUID(), pick(groups)];
      represented.push([representation, id, "group", group, 1]);
      const members = memberships.filter((membership) => membership.group === group);
      if (random() < 1 / 4) struck.push([representation, pick(members).member]);
      if (random() < 1 / 10) represented.push([randomUUID(), id, "named", pick(states), 2]);
    }
  }
  const column = (list: unknown[][], index: number) => list.map((row) => row[index]);
  await client.query(
    `insert into statement (id, dialogue_id, speaker_id, "order", role, printed, language)
     select id, $1, speaker, place, 'statement', 'As the source prints it', 'en'
     from unnest($2::uuid[], $3::uuid[], $4::int[]) as t(id, speaker, place)`,
    [dialogue, column(statements, 0), column(statements, 1), column(statements, 2)],
  );
  await client.query(
    `insert into representation (id, statement_id, basis, actor_id, position)
     select id, statement, basis::"Basis", actor, place
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::int[]) as t(id, statement, basis, actor, place)`,
    [0, 1, 2, 3, 4].map((index) => column(represented, index)),
  );
  await client.query(
    "insert into exclusion (representation_id, actor_id) select * from unnest($1::uuid[], $2::uuid[])",
    [column(struck, 0), column(struck, 1)],
  );
}
