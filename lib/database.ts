import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "@/generated/prisma/client";
import { translateDatabaseError } from "@/lib/db-errors";
import { env } from "@/lib/env";

const LIMITS = "-c statement_timeout=10000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=15000";

/** A pool of connections as the application's role, with limits that turn a stuck database into an answer. */
export function makePool(connectionString: string, max = 10): pg.Pool {
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
  return pool;
}

type Kept = { pool: pg.Pool; prisma: PrismaClient };
const kept = globalThis as typeof globalThis & { rostrumDatabase?: Kept };

function open(): Kept {
  const pool = makePool(env().DATABASE_URL);
  const client = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: true }) });
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

/** Ends all connections: for scripts and tests; the server ends them when it stops. */
export async function closeDatabase(): Promise<void> {
  const open = kept.rostrumDatabase;
  kept.rostrumDatabase = undefined;
  await open?.prisma.$disconnect();
}
