import { defineConfig } from "@playwright/test";
import { BROWSER_FLAGS, findBrowser } from "./tests/support/browser";
import { freePort } from "./tests/support/free-port";

// Whoever reads this first chooses the port; the workers inherit it.
const port = (process.env.E2E_PORT ??= String(await freePort()));
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
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    browserName: "chromium",
    locale: "en-GB",
    timezoneId: "UTC",
    screenshot: "only-on-failure",
    launchOptions: { executablePath, args: BROWSER_FLAGS, env: { ...process.env, ...env } },
  },
});
