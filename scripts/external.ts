// A Postgres that is not ours: whether it may be used, and as whom.
import pg from "pg";
import { databaseIsNewer, grantAppRole, withClient } from "./db";
import { Refusal } from "./refusal.mjs";

const APP_ROLE = "rostrum_app";

function unreachable(url: string, error: NodeJS.ErrnoException): Refusal {
  const { hostname, port, pathname, username } = new URL(url);
  const at = `${hostname || "the local socket"}:${port || 5432}`;
  const reasons: Record<string, string> = {
    ECONNREFUSED: `nothing listens at ${at}`,
    ENOTFOUND: `there is no host ${hostname}`,
    EAI_AGAIN: `there is no host ${hostname}`,
    ETIMEDOUT: `${at} does not answer`,
    "28P01": `the password of user ${decodeURIComponent(username)} is refused`,
    "28000": `user ${decodeURIComponent(username)} may not connect`,
    "42501": `user ${decodeURIComponent(username)} may not use the tables of this database`,
    "3D000": `there is no database ${decodeURIComponent(pathname.slice(1))}`,
  };
  // A driver's own message may hold the address with its password; ours never does.
  const timeout = /timeout/i.test(error.message) ? reasons.ETIMEDOUT : undefined;
  return new Refusal(
    `DATABASE_URL: ${reasons[error.code ?? ""] ?? timeout ?? `the database refuses (${error.code ?? "unknown error"})`}.`,
  );
}

/** Connects once and throws a sentence when that fails. Returns the server's version as a number: 150004 is 15.4. */
async function serverVersion(url: string): Promise<number> {
  try {
    return await withClient(url, async (client) => {
      const { rows } = await client.query<{ server_version_num: string }>("show server_version_num");
      return Number(rows[0]?.server_version_num);
    });
  } catch (error) {
    throw unreachable(url, error as NodeJS.ErrnoException);
  }
}

/** @throws Refusal when the server may lose what it has acknowledged. `allowed` is ALLOW_UNSAFE_DB. */
export async function refuseUnsafe(url: string, allowed: boolean): Promise<void> {
  const off = await withClient(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "select name from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off' order by name",
    );
    return rows.map(({ name }) => name);
  });
  if (off.length === 0 || allowed) return;
  throw new Refusal(
    `The database may lose saved work: ${off.join(", ")} is off; turn it on, or set ALLOW_UNSAFE_DB=1 for a database that may be lost.`,
  );
}

/** @throws Refusal one sentence: unreachable, older than Postgres 15, unsafe, or migrated by a newer version of the code */
export async function checkDatabase(url: string, allowUnsafe: boolean): Promise<void> {
  const version = await serverVersion(url);
  if (version < 150_000) {
    throw new Refusal(
      `DATABASE_URL: the server is Postgres ${Math.floor(version / 10_000)}; Rostrum needs Postgres 15 or later.`,
    );
  }
  await refuseUnsafe(url, allowUnsafe);
  const newer = await databaseIsNewer(url).catch((error: NodeJS.ErrnoException) => {
    throw unreachable(url, error);
  });
  if (newer.length > 0) {
    throw new Refusal(
      `The database was migrated by a newer version of Rostrum (${newer.join(", ")}); start that version, or restore an older backup.`,
    );
  }
}

/** The same address with one more start-up option, which is in force before the first query. */
function withRole(url: string, role: string): string {
  const address = new URL(url);
  const options = [address.searchParams.get("options"), `-c role=${role}`].filter(Boolean).join(" ");
  address.searchParams.set("options", options);
  // URLSearchParams writes a space as +, which Postgres addresses do not know.
  return address.href.replaceAll("+", "%20");
}

async function mayTakeRole(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ rolsuper: boolean; rolcreaterole: boolean; exists: boolean }>(
    "select rolsuper, rolcreaterole, to_regrole($1) is not null as exists from pg_roles where rolname = current_user",
    [APP_ROLE],
  );
  const [me] = rows;
  if (!me) return false;
  if (!me.exists && (me.rolsuper || me.rolcreaterole)) await client.query(`CREATE ROLE ${APP_ROLE} NOLOGIN`);
  if (me.rolcreaterole && !me.rolsuper) await client.query(`GRANT ${APP_ROLE} TO current_user`).catch(() => {});
  const { rows: member } = await client.query<{ yes: boolean }>(
    "select to_regrole($1) is not null and pg_has_role(current_user, to_regrole($1), 'MEMBER') as yes",
    [APP_ROLE],
  );
  return member[0]?.yes ?? false;
}

/**
 * The address for the application: the same login, but acting as a role that owns nothing, where the login may create or take
 * that role; otherwise the login itself, with a warning for the person who starts.
 */
export async function appAddress(url: string): Promise<{ appUrl: string; warning: string | null }> {
  try {
    if (await withClient(url, mayTakeRole)) {
      await grantAppRole(url, APP_ROLE);
      const appUrl = withRole(url, APP_ROLE);
      const { rows } = await withClient(appUrl, (client) =>
        client.query<{ role: string }>("select current_user as role"),
      );
      if (rows[0]?.role === APP_ROLE) return { appUrl, warning: null };
    }
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
  }
  const { username } = new URL(url);
  return {
    appUrl: url,
    warning: `Warning: ${decodeURIComponent(username)} may not act as ${APP_ROLE}, so the product runs as the owner of its tables; ask for CREATE ROLE ${APP_ROLE} and GRANT ${APP_ROLE} TO ${decodeURIComponent(username)}.`,
  };
}
