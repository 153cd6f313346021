import type { FullConfig } from "@playwright/test";
import pg from "pg";
import { withClient } from "../../scripts/db";
import { ACCOUNTS } from "./accounts";
import { addAccounts, dataFolder, startProduct } from "./product";

type OwnDatabase = { settings: Record<string, string>; drop: () => Promise<void> };

/** On the server of DATABASE_URL a database of this product alone; without one the product brings its own Postgres. */
async function ownDatabase(project: string): Promise<OwnDatabase> {
  const given = process.env.DATABASE_URL;
  if (!given) return { settings: {}, drop: async () => {} };
  const name = `rostrum_test_${process.pid}_${project}`;
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

type Started = { settings: Record<string, string>; end: () => Promise<void> };

/** A product with the record and an account for each role, and how to end it and remove what it wrote. */
async function startFor(project: string, port: string): Promise<Started> {
  const data = await dataFolder();
  const database = await ownDatabase(project);
  const clear = async () => {
    await database.drop();
    await data.remove();
  };
  try {
    const product = await startProduct({
      ...database.settings,
      DATA_DIR: data.folder,
      PORT: port,
      ADMIN_EMAIL: ACCOUNTS.admin.email,
      ADMIN_PASSWORD: ACCOUNTS.admin.password,
      SEED: "record",
      LOG_LEVEL: "warn",
    });
    await addAccounts(product.env);
    return {
      settings: product.env,
      end: async () => {
        await product.stop();
        await clear();
      },
    };
  } catch (error) {
    await clear();
    throw error;
  }
}

/** Playwright's global set-up: one product for each project whose tests are run. */
export default async function setup({ projects }: FullConfig): Promise<() => Promise<void>> {
  const started: Started[] = [];
  const end = async () => {
    for (const one of started.toReversed()) await one.end();
  };
  try {
    const settings: Record<string, Record<string, string>> = {};
    // One after the other: the first builds.
    for (const { name, use } of projects) {
      const one = await startFor(name, new URL(use.baseURL ?? "").port);
      started.push(one);
      settings[name] = one.settings;
    }
    // Workers are started after this and inherit it: for `adminCommand`.
    process.env.E2E_SETTINGS = JSON.stringify(settings);
    return end;
  } catch (error) {
    await end();
    throw error;
  }
}
