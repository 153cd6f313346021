import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  applyMigrations,
  databaseIsNewer,
  grantAppRole,
  inTransaction,
  knownMigrations,
  migrate,
  pendingMigrations,
  withClient,
} from "@/scripts/db";
import { useDatabase } from "@/tests/support/database";

const database = useDatabase("empty");

async function refusal(sql: string, values: unknown[] = []): Promise<string> {
  const { code } = await database.sql(sql, values).then(
    () => ({ code: "allowed" }),
    (error: { code: string }) => error,
  );
  return code;
}

async function actor(kind = "member_state"): Promise<string> {
  const id = randomUUID();
  await database.sql(`insert into actor (id, kind, slug) values ($1, $2::"ActorKind", $3)`, [id, kind, id]);
  return id;
}

async function statement(): Promise<{ dialogue: string; speaker: string; id: string }> {
  const [dialogue, speaker, id] = [randomUUID(), await actor(), randomUUID()];
  await database.sql(
    "insert into dialogue (id, slug, title, kind, body, starts_on, ends_on) values ($1, $2, 'A dialogue', 'formal_debate', 'General Assembly', '2017-09-06', '2017-09-06')",
    [dialogue, dialogue],
  );
  await database.sql(
    `insert into statement (id, dialogue_id, speaker_id, "order", role) values ($1, $2, $3, 1, 'statement')`,
    [id, dialogue, speaker],
  );
  return { dialogue, speaker, id };
}

describe("migrations", () => {
  test("are all applied, once, also by several processes at once", async () => {
    expect(await pendingMigrations(database.ownerUrl)).toEqual([]);
    expect(await Promise.all([migrate(database.ownerUrl), migrate(database.ownerUrl)])).toEqual([[], []]);
    const [{ count } = { count: 0 }] = await database.sql<{ count: number }>(
      "select count(*)::int as count from _prisma_migrations",
    );
    expect(count).toBe(knownMigrations().length);
  });

  test("that fail half-way leave nothing", async () => {
    const sql = "create table half (id int); insert into half values (1); select 1 / 0";
    const broken = { name: "29990101000000_broken", checksum: "0".repeat(64), sql };
    await expect(
      withClient(database.ownerUrl, (client) => inTransaction(client, () => applyMigrations(client, [broken]))),
    ).rejects.toThrow("Migration 29990101000000_broken failed and was undone: division by zero");
    const [left] = await database.sql<{ half: string | null }>("select to_regclass('half')::text as half");
    expect(left?.half).toBeNull();
    expect(await databaseIsNewer(database.ownerUrl)).toEqual([]);
  });

  test("of a newer version stop an older one", async () => {
    await database.sql(
      "insert into _prisma_migrations (id, checksum, migration_name, finished_at) values ('x', 'x', '29990101000000_later', now())",
    );
    try {
      expect(await databaseIsNewer(database.ownerUrl)).toEqual(["29990101000000_later"]);
      await expect(migrate(database.ownerUrl)).rejects.toThrow(
        /migrated by a newer version of Rostrum \(29990101000000_later\)/,
      );
    } finally {
      await database.sql("delete from _prisma_migrations where id = 'x'");
    }
  });

  test("that were edited after they were applied are refused", async () => {
    const [first] = knownMigrations();
    await database.sql("update _prisma_migrations set checksum = 'other' where migration_name = $1", [first?.name]);
    try {
      await expect(migrate(database.ownerUrl)).rejects.toThrow(
        `Migration ${first?.name} was edited after it was applied`,
      );
    } finally {
      await database.sql("update _prisma_migrations set checksum = $2 where migration_name = $1", [
        first?.name,
        first?.checksum,
      ]);
    }
  });

  test("give the application's role rows to change and nothing to own, also when granted several times at once", async () => {
    const grants = Array.from({ length: 6 }, () => grantAppRole(database.ownerUrl, database.appRole));
    expect((await Promise.allSettled(grants)).filter(({ status }) => status === "rejected")).toEqual([]);
    const asApp = (sql: string) =>
      withClient(database.appUrl, (client) => client.query(sql)).then(
        () => "allowed",
        (error: { code: string }) => error.code,
      );
    expect(await asApp("select from actor")).toBe("allowed");
    expect(await asApp("delete from actor_name")).toBe("allowed");
    expect(await asApp("select from _prisma_migrations")).toBe("allowed");
    for (const sql of [
      "delete from _prisma_migrations",
      "drop table actor",
      "create table mine (id int)",
      "truncate actor",
      "alter table actor add column x int",
    ]) {
      expect([sql, await asApp(sql)]).toEqual([sql, "42501"]);
    }
  });
});

describe("what only the database can promise", () => {
  test("periods of one member in one group do not overlap, and both days belong to a period", async () => {
    const [group, member] = [await actor("group"), await actor()];
    const join = (from: string | null, until: string | null) =>
      refusal(
        "insert into membership (id, group_id, member_id, valid_from, valid_until, source) values ($1, $2, $3, $4, $5, 'test')",
        [randomUUID(), group, member, from, until],
      );
    expect(await join("2013-07-01", "2020-01-31")).toBe("allowed");
    expect(await join("2020-01-31", null)).toBe("23P01");
    expect(await join(null, "2013-07-01")).toBe("23P01");
    expect(await join("2021-01-01", "2020-12-31")).toBe("23514");
    expect(await join("2020-02-01", null)).toBe("allowed");
    expect(await join(null, "2013-06-30")).toBe("allowed");
  });

  test("a list of speakers can be shifted in one statement, and still holds no place twice at the end", async () => {
    const { dialogue, speaker } = await statement();
    await database.sql(
      `insert into statement (id, dialogue_id, speaker_id, "order", role) values ($1, $2, $3, 2, 'statement')`,
      [randomUUID(), dialogue, speaker],
    );
    expect(await refusal(`update statement set "order" = "order" + 1 where dialogue_id = $1`, [dialogue])).toBe(
      "allowed",
    );
    expect(await refusal(`update statement set "order" = 2 where dialogue_id = $1`, [dialogue])).toBe("23505");
    expect(await refusal(`update statement set "order" = 0 where dialogue_id = $1`, [dialogue])).toBe("23514");
  });

  test("own capacity names nobody, every other basis somebody", async () => {
    const { id, speaker } = await statement();
    const represent = (basis: string, actorId: string | null, position: number) =>
      refusal(
        `insert into representation (id, statement_id, basis, actor_id, position) values ($1, $2, $3::"Basis", $4, $5)`,
        [randomUUID(), id, basis, actorId, position],
      );
    expect(await represent("own", null, 1)).toBe("allowed");
    expect(await represent("named", speaker, 2)).toBe("allowed");
    expect(await represent("own", speaker, 3)).toBe("23514");
    expect(await represent("group", null, 4)).toBe("23514");
  });

  test("a dialogue does not end before it starts", async () => {
    const { dialogue } = await statement();
    expect(await refusal("update dialogue set ends_on = '2017-09-05' where id = $1", [dialogue])).toBe("23514");
  });
});
