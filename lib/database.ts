import "server-only";
import { createHash } from "node:crypto";
import type { Socket } from "node:net";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "@/generated/prisma/client";
import { translateDatabaseError } from "@/lib/db-errors";
import { env } from "@/lib/env";

/**
 * Milliseconds after which a connection that is in use and has carried nothing is given up: later than the server's own limit
 * would have ended any query, so the line is dead, or the machine behind it.
 */
const SILENCE = 12_000;

const LIMITS = "-c statement_timeout=10000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=15000";

/** Breaks connections that fall silent while they are in use; an idle one is the pool's business. */
function breakSilent(pool: pg.Pool, silence: number): void {
  const used = new Set<pg.PoolClient>();
  pool.on("acquire", (client) => used.add(client));
  pool.on("release", (_error, client) => used.delete(client));
  pool.on("connect", (client) => {
    // Plain or encrypted, it is a socket; its clock starts anew with every byte either way.
    const socket = client.connection.stream as Socket;
    socket.setTimeout(silence).on("timeout", () => {
      // Everything that waits on this connection fails at once, its rollback too, and the pool lets go of it.
      if (used.has(client)) socket.destroy();
    });
  });
}

/**
 * A pool of connections as the application's role, with limits that turn a stuck database into an answer. `silence` is in
 * milliseconds; 0 waits for ever.
 */
export function makePool(connectionString: string, max = 10, silence = SILENCE): pg.Pool {
  // Options in the address would win over those below, and the limits would be lost.
  const address = new URL(connectionString);
  const given = address.searchParams.get("options") ?? "";
  address.searchParams.delete("options");
  const pool = new pg.Pool({
    connectionString: address.href,
    options: `${given} ${LIMITS}`.trim(),
    max,
    connectionTimeoutMillis: 3000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    application_name: "rostrum",
  });
  // An idle connection that the server ends is replaced at the next query; without a listener it would end the process.
  pool.on("error", () => {});
  if (silence > 0) breakSilent(pool, silence);
  return pool;
}

/** Lists of ids make a text of their own for each length: only shorter ones are kept, and not without end. */
const MOST_VALUES = 20;
const MOST_NAMES = 500;
const names = new Map<string, string>();

/** A name under which a connection keeps a query that it has understood and planned once; "" for one that comes too rarely. */
function nameOf({ sql, args }: { sql: string; args: unknown[] }): string {
  const known = names.get(sql);
  if (known !== undefined) return known;
  // Without values it is BEGIN, COMMIT and the like: nothing to plan.
  if (args.length === 0 || args.length > MOST_VALUES || names.size >= MOST_NAMES) return "";
  const name = createHash("sha256").update(sql).digest("base64url");
  names.set(sql, name);
  return name;
}

type Kept = { pool: pg.Pool; prisma: PrismaClient };
const kept = globalThis as typeof globalThis & { rostrumDatabase?: Kept; rostrumLongWork?: Kept };

function open(silence?: number, max?: number): Kept {
  const pool = makePool(env().DATABASE_URL, max, silence);
  const adapter = new PrismaPg(pool, { disposeExternalPool: true, statementNameGenerator: nameOf });
  const client = new PrismaClient({ adapter });
  const translating = client.$extends({
    query: {
      async $allOperations({ args, query }) {
        try {
          return await query(args);
        } catch (error) {
          throw translateDatabaseError(error);
        }
      },
    },
  });
  return { pool, prisma: translating as unknown as PrismaClient };
}

/**
 * The unguarded client. Only `lib/db.ts` (which asks for a caller), `lib/auth` (which makes one), the health routes and
 * scripts may import this module; dependency-cruiser refuses it elsewhere.
 */
export function database(): Kept {
  return (kept.rostrumDatabase ??= open());
}

/** One statement over a hundred thousand rows, or the COMMIT that seals them, is silent for longer than any request's. */
const LONG_SILENCE = 10 * 60_000;
const LONG_CONNECTIONS = 3;

/** The same database for imports and their like: connections of their own, which may be silent for minutes and take none from requests. */
export function longWorkDatabase(): Kept {
  return (kept.rostrumLongWork ??= open(LONG_SILENCE, LONG_CONNECTIONS));
}

/** Opens the database for a process that does nothing but load, whose statements may wait for another such process. */
export function openPatiently(): void {
  kept.rostrumDatabase ??= open(0);
}

/** Ends all connections: for scripts and tests; the server ends them when it stops. */
export async function closeDatabase(): Promise<void> {
  const open = [kept.rostrumDatabase, kept.rostrumLongWork];
  kept.rostrumDatabase = undefined;
  kept.rostrumLongWork = undefined;
  await Promise.all(open.map(async (one) => one?.prisma.$disconnect()));
}
