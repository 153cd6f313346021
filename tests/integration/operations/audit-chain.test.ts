import { randomUUID } from "node:crypto";
import pg from "pg";
import { describe, expect, test } from "vitest";
import { auditFaults, auditHead } from "@/scripts/audit-chain";
import { withClient } from "@/scripts/db";
import { useDatabase } from "@/tests/support/database";

const database = useDatabase("empty");

const record = (client: pg.ClientBase, after: unknown = { title: "Côte d’Ivoire" }) =>
  client.query(
    "insert into audit_event (type, subject_type, subject_id, user_name, after) values ('statement.recorded', 'statement', $1, 'Analyst One', $2)",
    [randomUUID(), JSON.stringify(after)],
  );

const faults = () => withClient(database.appUrl, auditFaults);

async function asEach(sql: string): Promise<string[]> {
  const codes: string[] = [];
  for (const url of [database.appUrl, database.ownerUrl]) {
    codes.push(
      await withClient(url, (client) => client.query(sql)).then(
        () => "allowed",
        (error: { code: string }) => error.code,
      ),
    );
  }
  return codes;
}

describe("the history", () => {
  test("cannot be changed, emptied or sealed by hand, by the application or by the owner of the tables", async () => {
    await withClient(database.appUrl, record);
    for (const sql of [
      "update audit_event set reason = 'another'",
      "delete from audit_event",
      "truncate audit_event",
      "update audit_seal set hash = ''",
      "delete from audit_seal",
      "truncate audit_seal",
    ]) {
      expect([sql, ...(await asEach(sql))]).toEqual([sql, "42501", "42501"]);
    }
    const asApp = (sql: string) =>
      withClient(database.appUrl, (client) => client.query(sql)).then(
        () => "allowed",
        (error: { code: string }) => error.code,
      );
    expect(await asApp("insert into audit_seal values (99, 99, '', '')")).toBe("42501");
    expect(await asApp("drop table audit_event")).toBe("42501");
    expect(await asApp("alter table audit_event disable trigger all")).toBe("42501");
    expect(await asApp("set session_replication_role = replica")).toBe("42501");
  });

  test("is one chain without gaps, however many write at once and in whatever order they commit", async () => {
    const pool = new pg.Pool({ connectionString: database.appUrl, max: 8 });
    try {
      await Promise.all(
        Array.from({ length: 60 }, async (_, index) => {
          const client = await pool.connect();
          try {
            await client.query("begin");
            for (let event = 0; event <= index % 3; event += 1) await record(client, { index, event });
            await client.query(index % 7 === 0 ? "rollback" : "commit");
          } finally {
            client.release();
          }
        }),
      );
    } finally {
      await pool.end();
    }
    expect(await faults()).toEqual([]);
    const [sums] = await database.sql(
      "select count(*) = max(position) as gapless, count(*) = (select count(*) from audit_event) as complete from audit_seal",
    );
    expect(sums).toEqual({ gapless: true, complete: true });
  });

  test("reads the same in every time zone and format of dates", async () => {
    const answer = await withClient(database.appUrl, async (client) => {
      await client.query("set timezone = 'Pacific/Kiritimati'; set datestyle = 'German'; set extra_float_digits = 0");
      await record(client);
      return auditFaults(client);
    });
    expect(answer).toEqual([]);
    expect(await faults()).toEqual([]);
  });

  test("asks a transaction with an old snapshot to be repeated, instead of branching", async () => {
    await withClient(database.appUrl, async (old) => {
      await old.query("begin isolation level repeatable read");
      await old.query("select count(*) from audit_event");
      await withClient(database.appUrl, record);
      await record(old);
      await expect(old.query("commit")).rejects.toMatchObject({ code: "40001" });
    });
    expect(await faults()).toEqual([]);
  });

  test("shows an event that a superuser changed, removed or slipped in", async () => {
    await withClient(database.appUrl, async (client) => {
      for (let event = 0; event < 5; event += 1) await record(client, { event });
    });
    const head = await withClient(database.ownerUrl, auditHead);
    const [first] = await database.sql<{ id: string }>("select max(id) - 4 as id from audit_event");
    const id = Number(first?.id);
    await withClient(database.ownerUrl, async (client) => {
      const forged = async (sql: string, values: unknown[] = []) => {
        await client.query("begin; alter table audit_event disable trigger user");
        await client.query(sql, values);
        const found = await auditFaults(client);
        await client.query("rollback");
        return found;
      };
      expect(await forged("update audit_event set user_name = 'Analyst Two' where id = $1", [id])).toEqual([
        `audit event ${id} was changed`,
      ]);
      expect(await forged("update audit_event set after = '{\"event\": 7}' where id = $1", [id + 1])).toEqual([
        `audit event ${id + 1} was changed`,
      ]);
      expect(await forged("delete from audit_event where id = $1", [id + 2])).toEqual([
        `audit event ${id + 2} was removed`,
      ]);
      const slipped = await forged(
        "insert into audit_event (id, type, subject_type, subject_id, user_name) values (1000000, 'x', 'x', gen_random_uuid(), 'Analyst Two')",
      );
      expect(slipped).toEqual(["audit event 1000000 has no link in the chain"]);
    });
    expect(await withClient(database.ownerUrl, auditHead)).toEqual(head);
    expect(await faults()).toEqual([]);
  });
});
