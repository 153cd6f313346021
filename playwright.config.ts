import { defineConfig } from "@playwright/test";
import { BROWSER_FLAGS, findBrowser } from "./tests/support/browser";
import { freePort } from "./tests/support/free-port";

/** Where each product of the run listens. Whoever reads this first chooses; the workers inherit it. */
const ports = (process.env.E2E_PORTS ??= `${await freePort()} ${await freePort()}`).split(" ");
const [reading, writing] = ports.map((port) => `http://127.0.0.1:${port}`);

/** Specs that only read. They compare numbers of one page with rows of another, which nobody must change between the two. */
const READING = /(compare|dialogue-numbers|export|map|positions|search|trends|views)\.spec\.ts$/;

const { executablePath, env } = await findBrowser();

export default defineConfig({
  testDir: "tests/e2e",
  globalSetup: "tests/support/e2e-setup.ts",
  workers: 2,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: "dot",
  outputDir: "test-results",
  projects: [
    { name: "reading", testMatch: READING, use: { baseURL: reading } },
    { name: "writing", testIgnore: READING, use: { baseURL: writing } },
  ],
  use: {
    browserName: "chromium",
    locale: "en-GB",
    timezoneId: "UTC",
    screenshot: "only-on-failure",
    launchOptions: { executablePath, args: BROWSER_FLAGS, env: { ...process.env, ...env } },
  },
});
