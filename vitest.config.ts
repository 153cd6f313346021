import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "");

const resolve = {
  alias: [
    // The package throws wherever the "react-server" condition is missing; that condition would break react-dom here.
    { find: /^server-only$/, replacement: `${root}/node_modules/server-only/empty.js` },
    { find: /^@\//, replacement: `${root}/` },
  ],
};

/** Integration tests that compare times: one after the other, when nothing else runs. */
const MEASURING = "tests/integration/**/*.measuring.test.ts";
/** Integration tests that start the product for real, break it, and bring their own databases. */
const FAULTS = "tests/integration/faults/**/*.test.ts";

const onPostgres = {
  environment: "node" as const,
  env: { LOG_LEVEL: "silent" },
  globalSetup: ["tests/support/cluster.ts"],
  pool: "forks" as const,
  // Prisma asks several queries of one transaction at once, and pg 8 says each time that pg 9 will not have it.
  execArgv: ["--disable-warning=DeprecationWarning"],
  testTimeout: 30_000,
  hookTimeout: 60_000,
};

export default defineConfig({
  resolve,
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["tests/unit/**/*.test.{ts,tsx}"],
          environment: "node",
          // Pure by rule: a database call from a unit test must fail, not find somebody's database.
          env: { DATABASE_URL: "" },
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          ...onPostgres,
          name: "integration",
          include: ["tests/integration/**/*.test.{ts,tsx}"],
          exclude: [MEASURING, FAULTS],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          ...onPostgres,
          name: "measuring",
          include: [MEASURING],
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: "faults",
          include: [FAULTS],
          environment: "node",
          globalSetup: ["tests/support/running.ts"],
          pool: "forks",
          maxWorkers: 1,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
