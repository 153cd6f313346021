import "server-only";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import copyStreams from "pg-copy-streams";
import type { Caller } from "@/lib/auth/caller";
import type { Permission } from "@/lib/auth/permissions";
import { database, longWorkDatabase } from "@/lib/database";
import { isRepeatable, translateCommitError, translateDatabaseError } from "@/lib/db-errors";
import { DomainError, invalid } from "@/lib/errors";
import { Prisma, type PrismaClient } from "@/generated/prisma/client";

declare const inside: unique symbol;

/** A transaction that `write` or `snapshot` opened: holding one proves that a caller was checked. */
export type Tx = Prisma.TransactionClient & { readonly [inside]: true };

/** Where a query reads: on behalf of a caller, or inside a transaction that was opened for one. */
export type Source<P extends Permission = "record:read"> = Caller<P> | Tx;

/** The client to read with. */
export function reading<P extends Permission>(source: Source<P>): Prisma.TransactionClient {
  return "$queryRaw" in source ? source : database().prisma;
}

/**
 * Reads very many small rows: Postgres hands them over as one JSON text, which costs far less than taking each value through the
 * client library. Days come as "YYYY-MM-DD", enums as text; column names are the keys. The rows of `query` keep their order.
 */
export async function readMany<Row, P extends Permission = "record:read">(
  source: Source<P>,
  query: Prisma.Sql,
): Promise<Row[]> {
  const [all] = await reading(source).$queryRaw<{ rows: string | null }[]>`
    SELECT json_agg(one)::text AS rows FROM (${query}) AS one`;
  return all?.rows ? (JSON.parse(all.rows) as Row[]) : [];
}

const TRIES = 3;

/** Runs `work` again, after a short random wait, when Postgres gave up a transaction that may simply be repeated. */
async function repeatedly<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= TRIES || !isRepeatable(error)) throw translateDatabaseError(error);
      await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 180));
    }
  }
}

async function firstAnswer(tx: Tx, { userId, idempotency }: Caller<Permission>): Promise<{ replay: unknown } | null> {
  if (!idempotency || !userId) return null;
  const { key, fingerprint } = idempotency;
  // Waits for a transaction that holds the same key, then finds its answer.
  const claimed = await tx.idempotencyKey.createMany({ data: [{ userId, key, fingerprint }], skipDuplicates: true });
  if (claimed.count === 1) return null;
  const first = await tx.idempotencyKey.findUniqueOrThrow({ where: { userId_key: { userId, key } } });
  if (first.fingerprint !== fingerprint) {
    throw invalid("Idempotency-Key", "This key was used with another request.");
  }
  return { replay: first.result };
}

/** Stores the first result under the key of the request, for repeats. */
async function keepAnswer(tx: Tx, { userId, idempotency }: Caller<Permission>, result: unknown): Promise<void> {
  if (!idempotency || !userId) return;
  await tx.idempotencyKey.update({
    where: { userId_key: { userId, key: idempotency.key } },
    data: { result: (result ?? null) as Prisma.InputJsonValue },
  });
}

/** The form was saved: what was kept of it on the way is not needed any more. */
async function dropDraft(tx: Tx, { userId, draft }: Caller<Permission>): Promise<void> {
  if (!draft || !userId) return;
  await tx.draft.deleteMany({ where: { userId, form: draft.form, savedAt: new Date(draft.savedAt) } });
}

/**
 * One write: one transaction, all or nothing, with its audit event inside `run`. With an Idempotency-Key on the caller
 * the first result is stored in the same transaction and a repeat returns it without running again.
 * Results must be plain JSON. `timeout` is in milliseconds. Throws what `run` throws, database errors as DomainError.
 */
export async function write<T, P extends Permission>(
  caller: Caller<P>,
  run: (tx: Tx) => Promise<T>,
  timeout = 8000,
): Promise<T> {
  return writeOn(database().prisma, caller, run, timeout);
}

const LONGEST = 30 * 60_000;

/**
 * As `write`, for an act on very many records, such as an import or its undoing. The limits of a request are raised inside its
 * transaction alone, and it has a connection of its own.
 */
export async function writeLong<T, P extends Permission>(caller: Caller<P>, run: (tx: Tx) => Promise<T>): Promise<T> {
  const patiently = async (tx: Tx): Promise<T> => {
    await tx.$executeRaw`
      SELECT set_config('statement_timeout', '600s', true), set_config('idle_in_transaction_session_timeout', '120s', true),
        set_config('lock_timeout', '20s', true)`;
    return run(tx);
  };
  return writeOn(longWorkDatabase().prisma, caller, patiently, LONGEST);
}

async function writeOn<T, P extends Permission>(
  client: PrismaClient,
  caller: Caller<P>,
  run: (tx: Tx) => Promise<T>,
  timeout: number,
): Promise<T> {
  return repeatedly(async () => {
    let committing = false;
    const work = async (opened: Prisma.TransactionClient): Promise<T> => {
      const tx = opened as Tx;
      const first = await firstAnswer(tx, caller);
      const result = first ? (first.replay as T) : await run(tx);
      if (!first) await keepAnswer(tx, caller, result);
      await dropDraft(tx, caller);
      committing = true;
      return result;
    };
    try {
      return await client.$transaction(work, { timeout, maxWait: 3000 });
    } catch (error) {
      throw committing && !isRepeatable(error) ? translateCommitError(error) : error;
    }
  });
}

/** Several reads of one moment: what one query sees, all see. */
export async function snapshot<T, P extends Permission>(
  caller: Caller<P>,
  run: (tx: Tx) => Promise<T>,
  timeout = 60_000,
): Promise<T> {
  if (!caller) throw new DomainError({ code: "UNAUTHENTICATED" });
  return repeatedly(() =>
    database().prisma.$transaction(
      async (client) => {
        await client.$executeRaw`SET TRANSACTION READ ONLY`;
        return run(client as Tx);
      },
      { isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead, timeout, maxWait: 3000 },
    ),
  );
}

const COPIES = {
  import_row: 'COPY import_row (import_id, "row", cells) FROM STDIN',
} as const;

/**
 * Streams rows into a table that only waits for the record, as COPY reads them (lib/formats/copy-text.ts): no more of them is in
 * memory than is on its way. All or none, in a transaction of its own.
 */
export async function copyIn<P extends Permission>(
  caller: Caller<P>,
  table: keyof typeof COPIES,
  rows: Readable,
): Promise<void> {
  if (!caller) throw new DomainError({ code: "UNAUTHENTICATED" });
  const client = await longWorkDatabase().pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("SET LOCAL statement_timeout = '300s'");
    await pipeline(rows, client.query(copyStreams.from(COPIES[table])));
    await client.query("COMMIT");
    client.release();
  } catch (error) {
    // A connection in the middle of a COPY is of no more use.
    client.release(true);
    throw translateDatabaseError(error);
  }
}

/**
 * Reads the answers of several queries of one moment as CSV with a header, as Postgres writes it, in portions: no more than one
 * is in memory. Each answer has to be read to its end before the next. The queries take no values.
 */
export async function* copyOut<P extends Permission>(
  caller: Caller<P>,
  queries: readonly Prisma.Sql[],
): AsyncGenerator<AsyncIterable<Uint8Array>> {
  if (!caller) throw new DomainError({ code: "UNAUTHENTICATED" });
  const client = await longWorkDatabase().pool.connect();
  let whole = false;
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    await client.query("SET LOCAL statement_timeout = '300s'");
    for (const query of queries) {
      if (query.values.length > 0) throw new Error("COPY takes no values.");
      yield client.query(copyStreams.to(`COPY (${query.text}) TO STDOUT (FORMAT csv, HEADER)`));
    }
    await client.query("COMMIT");
    whole = true;
  } catch (error) {
    throw translateDatabaseError(error);
  } finally {
    // A connection in the middle of a COPY is of no more use: letting go of it ends the query.
    client.release(!whole);
  }
}
