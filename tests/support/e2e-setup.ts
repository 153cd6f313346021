import pg from "pg";
import { withClient } from "../../scripts/db";
import { ACCOUNTS } from "./accounts";
import { addAccounts, dataFolder, startProduct } from "./product";

type OwnDatabase = { settings: Record<string, string>; drop: () => Promise<void> };

/** On the server of DATABASE_URL a database of this run alone; without one the product brings its own Postgres. */
async function ownDatabase(): Promise<OwnDatabase> {
  const given = process.env.DATABASE_URL;
  if (!given) return { settings: {}, drop: async () => {} };
  const name = `rostrum_test_${process.pid}_e2e`;
  const database = pg.escapeIdentifier(name);
  const { rowCount: known } = await withClient(given, (client) =>
    client.query("select from pg_roles where rolname = 'rostrum_app'"),
  );
  await withClient(given, (client) => client.query(`CREATE DATABASE ${database}`));
  const url = new URL(given);
  url.pathname = `/${name}`;
  return {
    // A server for tests may be set to lose data.
    settings: { DATABASE_URL: url.href, ALLOW_UNSAFE_DB: "1" },
    drop: () =>
      withClient(given, async (client) => {
        await client.query(`DROP DATABASE ${database} WITH (FORCE)`);
        if (!known) await client.query("DROP ROLE IF EXISTS rostrum_app");
      }),
  };
}

/** Playwright's global set-up: one product for the run, with the record and an account for each role. */
export default async function setup(): Promise<() => Promise<void>> {
  const data = await dataFolder();
  const database = await ownDatabase();
  const clear = async () => {
    await database.drop();
    await data.remove();
  };
  try {
    const product = await startProduct({
      ...database.settings,
      DATA_DIR: data.folder,
      PORT: process.env.E2E_PORT ?? "0",
      ADMIN_EMAIL: ACCOUNTS.admin.email,
      ADMIN_PASSWORD: ACCOUNTS.admin.password,
      SEED: "record",
      LOG_LEVEL: "warn",
    });
    await addAccounts(product.env);
    // Workers are started after this and inherit it: for `admin` in tests/support/product.ts.
    process.env.E2E_SETTINGS = JSON.stringify(product.env);
    return async () => {
      await product.stop();
      await clear();
    };
  } catch (error) {
    await clear();
    throw error;
  }
}
