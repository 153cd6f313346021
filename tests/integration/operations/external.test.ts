import net from "node:net";
import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makePool } from "@/lib/database";
import { withClient } from "@/scripts/db";
import { appAddress, checkDatabase } from "@/scripts/external";
import { addressOf } from "@/tests/support/cluster";
import { useDatabase } from "@/tests/support/database";

const database = useDatabase("empty");
const plain = { user: `ops_${randomBytes(4).toString("hex")}`, password: randomBytes(12).toString("hex") };

const changed = (url: string, change: (address: URL) => void) => {
  const address = new URL(url);
  change(address);
  return address.href;
};

let roleWasThere: boolean;

beforeAll(async () => {
  await withClient(database.adminUrl, async (admin) => {
    roleWasThere = (await admin.query("select from pg_roles where rolname = 'rostrum_app'")).rowCount === 1;
    await admin.query(`CREATE ROLE ${plain.user} LOGIN PASSWORD ${pg.escapeLiteral(plain.password)}`);
    await admin.query(`GRANT CONNECT ON DATABASE ${pg.escapeIdentifier(database.name)} TO ${plain.user}`);
  });
});

afterAll(async () => {
  await withClient(database.adminUrl, async (admin) => {
    await admin.query(
      `REASSIGN OWNED BY ${plain.user} TO current_user; DROP OWNED BY ${plain.user}; DROP ROLE ${plain.user}`,
    );
    if (!roleWasThere) await admin.query("DROP OWNED BY rostrum_app; DROP ROLE rostrum_app");
  });
});

describe("a wrong DATABASE_URL is one sentence without the password", () => {
  test("password, user, database, host and port", async () => {
    const { user } = plain;
    const good = addressOf(database.adminUrl, "postgres", plain);
    const sentence = (url: string) =>
      checkDatabase(url, true).then(
        () => "accepted",
        (error: Error) => error.message,
      );
    expect(await sentence(good)).toBe("accepted");
    expect(await sentence(changed(good, (url) => (url.password = "wrong")))).toBe(
      `DATABASE_URL: the password of user ${user} is refused.`,
    );
    expect(await sentence(changed(good, (url) => (url.pathname = "/absent")))).toBe(
      "DATABASE_URL: there is no database absent.",
    );
    expect(await sentence(changed(good, (url) => (url.hostname = "no-such-host.invalid")))).toBe(
      "DATABASE_URL: there is no host no-such-host.invalid.",
    );
    expect(await sentence(changed(good, (url) => (url.port = "1")))).toBe(
      "DATABASE_URL: nothing listens at 127.0.0.1:1.",
    );
  });

  test("a server that never answers", async () => {
    const silent = net.createServer(() => {}).listen(0, "127.0.0.1");
    await new Promise((resolve) => silent.once("listening", resolve));
    const { port } = silent.address() as net.AddressInfo;
    await expect(checkDatabase(`postgresql://a:b@127.0.0.1:${port}/c`, true)).rejects.toThrow(
      `DATABASE_URL: 127.0.0.1:${port} does not answer.`,
    );
    silent.close();
  });

  test("a database that may lose saved work, unless that is allowed", async () => {
    await withClient(database.adminUrl, (admin) =>
      admin.query(`ALTER DATABASE ${pg.escapeIdentifier(database.name)} SET synchronous_commit = off`),
    );
    await expect(checkDatabase(database.adminUrl, false)).rejects.toThrow(
      /^The database may lose saved work: (fsync, full_page_writes, )?synchronous_commit is off; turn it on, or set ALLOW_UNSAFE_DB=1/,
    );
    await expect(checkDatabase(database.adminUrl, true)).resolves.toBeUndefined();
    await withClient(database.adminUrl, (admin) =>
      admin.query(`ALTER DATABASE ${pg.escapeIdentifier(database.name)} RESET synchronous_commit`),
    );
  });

  test("a Postgres older than 15", async () => {
    // Just enough of a server: it lets everybody in, and answers a query with the version of Postgres 14.
    const message = (type: string, ...parts: (string | number[])[]) => {
      const body = Buffer.concat(
        parts.map((part) => (typeof part === "string" ? Buffer.from(`${part}\0`) : Buffer.from(part))),
      );
      const length = Buffer.alloc(4);
      length.writeInt32BE(body.length + 4);
      return Buffer.concat([Buffer.from(type), length, body]);
    };
    const ready = message("Z", [73]);
    const row = message(
      "T",
      [0, 1],
      "server_version_num",
      [0, 0, 0, 0, 0, 0, 0, 0, 0, 25, 255, 255, 255, 255, 255, 255, 0, 0],
    );
    const value = message("D", [0, 1, 0, 0, 0, 6], [...Buffer.from("140011")]);
    const old = net.createServer((socket) => {
      socket.on("error", () => {});
      socket.once("data", () => {
        socket.write(Buffer.concat([message("R", [0, 0, 0, 0]), ready]));
        socket.on(
          "data",
          (sent) => sent[0] === 81 && socket.write(Buffer.concat([row, value, message("C", "SHOW"), ready])),
        );
      });
    });
    await new Promise<void>((resolve) => old.listen(0, "127.0.0.1", () => resolve()));
    const { port } = old.address() as net.AddressInfo;
    await expect(checkDatabase(`postgresql://a:b@127.0.0.1:${port}/c`, true)).rejects.toThrow(
      "DATABASE_URL: the server is Postgres 14; Rostrum needs Postgres 15 or later.",
    );
    old.close();
  });
});

describe("the application on a Postgres of one's own", () => {
  test("acts as a role that owns nothing, with limits, although the login may do everything", async () => {
    const { appUrl, warning } = await appAddress(database.adminUrl);
    expect(warning).toBeNull();
    const pool = makePool(appUrl, 1);
    try {
      const { rows } = await pool.query(
        "select current_user as role, current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock",
      );
      expect(rows[0]).toEqual({ role: "rostrum_app", statement: "10s", lock: "3s" });
      await expect(pool.query("delete from audit_event")).rejects.toMatchObject({ code: "42501" });
      await expect(pool.query("drop table actor")).rejects.toMatchObject({ code: "42501" });
      await expect(pool.query("select from actor")).resolves.toBeDefined();
    } finally {
      await pool.end();
    }
  });

  test("acts as the login, and says so, where the login may not take that role", async () => {
    const login = addressOf(database.adminUrl, database.name, plain);
    await expect(checkDatabase(login, true)).rejects.toThrow(
      `DATABASE_URL: user ${plain.user} may not use the tables of this database.`,
    );
    const { appUrl, warning } = await appAddress(login);
    expect(appUrl).toBe(login);
    expect(warning).toMatch(new RegExp(`^Warning: ${plain.user} may not act as rostrum_app`));
    expect(warning).not.toContain(plain.password);
  });

  test("acts as the role once somebody has granted it", async () => {
    const owner = pg.escapeIdentifier(database.name);
    // A database of its own: only the owner of the tables can give the role its rights.
    await withClient(database.adminUrl, async (admin) => {
      const { rows } = await admin.query("select 1 from pg_roles where rolname = 'rostrum_app'");
      if (rows.length === 0) await admin.query("CREATE ROLE rostrum_app NOLOGIN");
      await admin.query(`GRANT rostrum_app TO ${plain.user}`);
      await admin.query(`ALTER DATABASE ${owner} OWNER TO ${plain.user}`);
      const { rows: tables } = await admin.query<{ name: string }>(
        "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'S') order by relkind desc",
      );
      for (const { name } of tables)
        await admin.query(`ALTER TABLE public.${pg.escapeIdentifier(name)} OWNER TO ${plain.user}`);
    });
    const { appUrl, warning } = await appAddress(addressOf(database.adminUrl, database.name, plain));
    expect(warning).toBeNull();
    const { rows } = await withClient(appUrl, (client) => client.query("select current_user as role"));
    expect(rows[0]).toEqual({ role: "rostrum_app" });
  });
});
