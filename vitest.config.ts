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

/** Integration tests that compare times. */
const MEASURING = "tests/integration/**/*.measuring.test.ts";

const onPostgres = {
  include: ["tests/integration/**/*.test.{ts,tsx}"],
  environment: "node" as const,
  globalSetup: ["tests/support/cluster.ts"],
  pool: "forks" as const,
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
          name: "integration",
          include: ["tests/integration/**/*.test.{ts,tsx}"],
          environment: "node",
          env: { LOG_LEVEL: "silent" },
          globalSetup: ["tests/support/cluster.ts"],
          pool: "forks",
          maxWorkers: 2,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
