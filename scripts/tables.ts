// All tables at once: their names, and emptying them.
import pg from "pg";

/** Tables whose triggers refuse to be emptied. */
const HISTORY = ["audit_event", "audit_seal"];

/** Names of the product's tables, in alphabetical order; the list of migrations is not one of them. */
export async function tableNames(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    "select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> '_prisma_migrations' order by 1",
  );
  return rows.map(({ name }) => name);
}

/** The columns of a table in order, without generated ones. */
export async function columnNames(client: pg.Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    "select attname as name from pg_attribute where attrelid = to_regclass($1) and attnum > 0 and not attisdropped and attgenerated = '' order by attnum",
    [`public.${pg.escapeIdentifier(table)}`],
  );
  return rows.map(({ name }) => name);
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
    for (const { name } of rows)
      await client.query(`ALTER TABLE public.${table} ENABLE ALWAYS TRIGGER ${pg.escapeIdentifier(name)}`);
  }
}

/** Empties every table, the history too, inside the caller's transaction. For a restore. */
export async function emptyTables(client: pg.Client): Promise<void> {
  const names = (await tableNames(client)).map((name) => `public.${pg.escapeIdentifier(name)}`);
  await withoutHistoryTriggers(client, async () => {
    await client.query(`TRUNCATE ${names.join(", ")} RESTART IDENTITY`);
  });
}
