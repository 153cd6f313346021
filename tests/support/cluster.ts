import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { withClient } from "@/scripts/db";
import { startPostgres } from "@/scripts/postgres";

/** Where test databases are made: addresses of the maintenance database, to be pointed at others with `addressOf`. */
export type Cluster = {
  /** May create databases. */
  adminUrl: string;
  /** Owns each test database and migrates it. */
  ownerUrl: string;
  /** The application's role, as in production: owns nothing. */
  appUrl: string;
  /** Begins the name of every database of this run. */
  prefix: string;
};

declare module "vitest" {
  interface ProvidedContext {
    cluster: Cluster;
  }
}

/** The same address with another database, and with another login when one is given. */
export function addressOf(url: string, database: string, login?: { user: string; password: string }): string {
  const address = new URL(url);
  address.pathname = `/${database}`;
  if (login) Object.assign(address, { username: login.user, password: login.password });
  return address.href;
}

type Opened = { cluster: Cluster; close: () => Promise<void> };

/** A cluster of our own that ends with the run and never flushes to disk. */
async function embedded(prefix: string): Promise<Opened> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), "rostrum-test-"));
  const server = await startPostgres({ dataDir, unsafeFast: true });
  const maintenance = (url: string) => addressOf(url, "postgres");
  return {
    cluster: {
      adminUrl: maintenance(server.superUrl),
      ownerUrl: maintenance(server.ownerUrl),
      appUrl: maintenance(server.appUrl),
      prefix,
    },
    close: async () => {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Databases and a role of our own on the server of DATABASE_URL, all dropped afterwards; its own database is not touched. */
async function borrowed(url: string, prefix: string): Promise<Opened> {
  const login = { user: `${prefix}app`, password: randomBytes(18).toString("hex") };
  const role = pg.escapeIdentifier(login.user);
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ able: boolean }>(
      "select rolsuper or (rolcreatedb and rolcreaterole) as able from pg_roles where rolname = current_user",
    );
    if (!rows[0]?.able) {
      throw new Error(
        "The tests need a login in DATABASE_URL that may create databases and roles; unset it to bring a Postgres.",
      );
    }
    await client.query(`CREATE ROLE ${role} LOGIN PASSWORD ${pg.escapeLiteral(login.password)}`);
  });
  const database = decodeURIComponent(new URL(url).pathname.slice(1));
  return {
    cluster: { adminUrl: url, ownerUrl: url, appUrl: addressOf(url, database, login), prefix },
    close: () =>
      withClient(url, async (client) => {
        const { rows } = await client.query<{ datname: string }>(
          "select datname from pg_database where starts_with(datname, $1)",
          [prefix],
        );
        for (const { datname } of rows)
          await client.query(`DROP DATABASE ${pg.escapeIdentifier(datname)} WITH (FORCE)`);
        await client.query(`DROP ROLE ${role}`);
      }),
  };
}

/** Vitest's global set-up of the integration tests: one Postgres for the run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const prefix = `rostrum_test_${process.pid}_${Date.now().toString(36)}_`;
  const url = process.env.DATABASE_URL;
  const { cluster, close } = url ? await borrowed(url, prefix) : await embedded(prefix);
  project.provide("cluster", cluster);
  return close;
}
