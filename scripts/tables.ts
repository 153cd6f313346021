// All tables at once: their names in order, their columns, and emptying them.
import pg from "pg";

/** Tables whose triggers refuse changes, and seal what is added. */
const HISTORY = ["audit_event", "audit_seal"];

/** Names of the product's tables; the list of migrations is not one of them. */
async function tableNames(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> '_prisma_migrations' order by 1",
  );
  return rows.map(({ name }) => name);
}

/** The product's tables so that each comes after those that its rows refer to. */
export async function tablesInOrder(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; needed: string }>(
    `select distinct c.relname as name, f.relname as needed from pg_constraint k
     join pg_class c on c.oid = k.conrelid join pg_class f on f.oid = k.confrelid
     where k.contype = 'f' and k.connamespace = 'public'::regnamespace and k.conrelid <> k.confrelid`,
  );
  const ordered: string[] = [];
  let waiting = await tableNames(client);
  while (waiting.length > 0) {
    const free = waiting.filter((name) => rows.every((row) => row.name !== name || ordered.includes(row.needed)));
    if (free.length === 0) throw new Error(`The tables ${waiting.join(", ")} refer to one another in a circle`);
    ordered.push(...free);
    waiting = waiting.filter((name) => !free.includes(name));
  }
  return ordered;
}

/** The columns of a table in order, without generated ones. */
export async function columnNames(client: pg.Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    "select attname as name from pg_attribute where attrelid = to_regclass($1) and attnum > 0 and not attisdropped and attgenerated = '' order by attnum",
    [`public.${pg.escapeIdentifier(table)}`],
  );
  return rows.map(({ name }) => name);
}

/** The last value that each sequence has given out; null when it has given none. */
export async function sequenceValues(client: pg.Client): Promise<{ name: string; value: string | null }[]> {
  const { rows } = await client.query<{ name: string; value: string | null }>(
    "select sequencename as name, last_value::text as value from pg_sequences where schemaname = 'public' order by 1",
  );
  return rows;
}

/**
 * Runs `work` with the triggers of the history off, as only the owner of the tables can, inside the transaction that the caller
 * opened: nobody else ever sees them off.
 */
export async function withoutHistoryTriggers(client: pg.Client, work: () => Promise<void>): Promise<void> {
  for (const table of HISTORY) await client.query(`ALTER TABLE public.${table} DISABLE TRIGGER USER`);
  await work();
  for (const table of HISTORY) {
    const { rows } = await client.query<{ name: string }>(
      "select tgname as name from pg_trigger where tgrelid = to_regclass($1) and not tgisinternal",
      [`public.${table}`],
    );
    for (const { name } of rows) {
      await client.query(`ALTER TABLE public.${table} ENABLE ALWAYS TRIGGER ${pg.escapeIdentifier(name)}`);
    }
  }
}

/** Empties every table, the history too; inside `withoutHistoryTriggers` and the caller's transaction. */
export async function emptyTables(client: pg.Client): Promise<void> {
  const names = (await tableNames(client)).map((name) => `public.${pg.escapeIdentifier(name)}`);
  await client.query(`TRUNCATE ${names.join(", ")} RESTART IDENTITY`);
}
