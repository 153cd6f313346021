import "server-only";
import pg from "pg";
import { database } from "@/lib/database";
import { env } from "@/lib/env";
import { serving } from "@/lib/serving";

export type Check = "ok" | "failed";
/** Without versions or addresses: anybody may read it. */
export type Readiness = {
  status: "ok" | "unavailable";
  checks: { serving: Check; database: Check; migrations: Check; pool: Check };
};

const WITHIN_MS = 1000;
/** More callers waiting for a connection than this, and another one only waits longer. */
const WAITING = 20;

/** Asks the database on a connection of its own, so that a pool that is used up does not look like a database that is away. */
async function askDatabase(): Promise<{ database: Check; migrations: Check }> {
  const client = new pg.Client({
    connectionString: env().DATABASE_URL,
    connectionTimeoutMillis: WITHIN_MS,
    query_timeout: WITHIN_MS,
    application_name: "rostrum-ready",
  });
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ missing: boolean }>(
      `select exists (select from unnest($1::text[]) needed(name) where not exists (
         select from public._prisma_migrations m where m.migration_name = needed.name and m.finished_at is not null)) as missing`,
      [serving.migrations],
    );
    return { database: "ok", migrations: rows[0]?.missing === false ? "ok" : "failed" };
  } catch (error) {
    // An answer with an error code is an answer: the database is there, its tables are not.
    return { database: error instanceof pg.DatabaseError ? "ok" : "failed", migrations: "failed" };
  } finally {
    await client.end().catch(() => {});
  }
}

let last: { at: number; answer: ReturnType<typeof askDatabase> } | null = null;

/** Whether this process should be sent requests now. The database is asked at most once a second. */
export async function readiness(): Promise<Readiness> {
  const now = performance.now();
  if (!last || now - last.at > 1000) last = { at: now, answer: askDatabase() };
  const checks = {
    serving: serving.draining ? "failed" : "ok",
    ...(await last.answer),
    pool: database().pool.waitingCount < WAITING ? "ok" : "failed",
  } satisfies Readiness["checks"];
  return { status: Object.values(checks).every((check) => check === "ok") ? "ok" : "unavailable", checks };
}
