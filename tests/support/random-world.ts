import { randomUUID } from "node:crypto";
import { POSITION_VALUES } from "@/features/codebook/schema";
import type pg from "pg";
import { withClient } from "@/scripts/db";
import type { TestDatabase } from "./database";

/** Numbers from 0 to below 1, the same in every run of a seed. */
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

const STATES = ["denmark", "finland", "croatia", "united-kingdom", "albania", "mexico", "south-sudan", "zimbabwe"];
const GROUPS = ["european-union", "nordic", "group-of-friends-r2p", "france-mexico", "un-weog"];
/** Around the days on which memberships and admissions change. */
const DAYS = ["2010-08-09", "2011-07-13", "2013-06-30", "2013-07-01", "2019-06-27", "2020-02-01"];
export const WORLD_ISSUES = ["formal_agenda", "veto_restraint", "r2p_principle"];
export const WORLD_ACTORS = [...STATES, "european-union", "nordic", "group-of-friends-r2p", "state-of-palestine"];

/**
 * Puts dialogues on record at which the same few actors speak, for themselves, for groups less somebody, for named and aligned ones;
 * some statements are withdrawn, openings, of another meeting's day, or not coded. What a source attributes is among it.
 */
export async function fillRandomly(database: TestDatabase, seed: number, statements = 160): Promise<void> {
  await withClient(database.ownerUrl, (client) => fill(client, seed, statements));
}

async function fill(client: pg.ClientBase, seed: number, statements: number): Promise<void> {
  const database = {
    sql: async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
      (await client.query<Row>(text, values)).rows,
  };
  const random = seeded(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const chance = (share: number) => random() < share;
  const idsOf = async (table: string, column: string, values: string[]) => {
    const rows = await database.sql<{ id: string; key: string }>(
      `select id, ${column} as key from ${table} where ${column} = any($1)`,
      [values],
    );
    return new Map(rows.map(({ id, key }) => [key, id]));
  };
  const actors = await idsOf("actor", "slug", [...STATES, ...GROUPS, "state-of-palestine"]);
  const actor = (slug: string) => actors.get(slug) ?? "";
  const definitions = await database.sql<{ code: string; issue_id: string; version_id: string }>(
    "select code, issue_id, version_id from issue_definition where code = any($1)",
    [WORLD_ISSUES],
  );
  const version = definitions[0]?.version_id ?? "";
  const issues = WORLD_ISSUES.map((code) => definitions.find((one) => one.code === code)?.issue_id ?? "");

  const dialogues: { id: string; meeting: string; day: string }[] = [];
  for (const [number, day] of DAYS.entries()) {
    const [id, meeting] = [randomUUID(), randomUUID()];
    const slug = `random-${seed}-${number}`;
    await database.sql(
      `insert into dialogue (id, slug, title, kind, body, starts_on, ends_on)
       values ($1, $2, $2, 'formal_debate', 'General Assembly', $3, $3::date + 1)`,
      [id, slug, day],
    );
    await database.sql(
      `insert into meeting (id, dialogue_id, number, date, label) values ($1, $2, 1, $3::date + 1, 'Second day')`,
      [meeting, id, day],
    );
    dialogues.push({ id, meeting, day });
  }

  for (let order = 1; order <= statements; order += 1) {
    const { id: dialogue, meeting, day } = pick(dialogues);
    const id = randomUUID();
    const speaker = actor(pick([...STATES, "european-union", "state-of-palestine"]));
    await database.sql(
      `insert into statement (id, dialogue_id, meeting_id, speaker_id, "order", role, withdrawn_at, withdrawn_reason)
       values ($1, $2, $3, $4, $5, $6::"StatementRole", $7::timestamptz, case when $7::timestamptz is null then null else 'Twice' end)`,
      [
        id,
        dialogue,
        chance(0.3) ? meeting : null,
        speaker,
        order,
        chance(0.1) ? "opening" : "statement",
        chance(0.1) ? "2026-01-01" : null,
      ],
    );
    const rows: [basis: string, party: string | null][] = [];
    if (chance(0.6)) rows.push(["own", null]);
    if (chance(0.4)) rows.push(["group", actor(pick(GROUPS))]);
    if (chance(0.2)) rows.push([pick(["named", "aligned"]), actor(pick(STATES))]);
    for (const [place, [basis, party]] of rows.entries()) {
      const representation = randomUUID();
      await database.sql(
        `insert into representation (id, statement_id, basis, actor_id, position) values ($1, $2, $3::"Basis", $4, $5)`,
        [representation, id, basis, party, place + 1],
      );
      if (basis === "group" && chance(0.5)) {
        await database.sql("insert into exclusion (representation_id, actor_id) values ($1, $2)", [
          representation,
          actor(pick(STATES)),
        ]);
      }
    }
    if (chance(0.75)) {
      await database.sql(
        "insert into coding (statement_id, version_id, submitted_at, coder_name) values ($1, $2, $3, 'Analyst One')",
        [id, version, chance(0.9) ? "2026-01-02" : null],
      );
    }
    for (const issue of issues.filter(() => chance(0.6))) {
      await database.sql(
        `insert into position (id, statement_id, dialogue_id, actor_id, year, issue_id, version_id, kind, value, no_quote_reason, coder_name)
         values ($1, $2, $3, $4, $5, $6, $7, $8::"PositionKind", $9::"PositionValue", 'Heard in the room.', 'Analyst One')`,
        [
          randomUUID(),
          id,
          dialogue,
          speaker,
          Number(day.slice(0, 4)),
          issue,
          version,
          chance(0.9) ? "position" : "mention",
          pick(POSITION_VALUES),
        ],
      );
    }
  }
  for (let number = 0; number < 24; number += 1) {
    const at = chance(0.5) ? pick(dialogues) : null;
    await database.sql(
      `insert into position (id, dialogue_id, actor_id, through_id, year, occasion, issue_id, version_id, value, no_quote_reason, coder_name)
       values ($1, $2, $3, $4, $5, $6::"Occasion", $7, $8, $9::"PositionValue", 'As the source has it.', 'Analyst One')`,
      [
        randomUUID(),
        at?.id ?? null,
        actor(pick(STATES)),
        chance(0.3) ? actor("nordic") : null,
        at ? Number(at.day.slice(0, 4)) : pick([2010, 2013, 2019]),
        at ? "dialogue" : pick(["letter", "general_debate"]),
        pick(issues),
        version,
        pick(POSITION_VALUES),
      ],
    );
  }
}
