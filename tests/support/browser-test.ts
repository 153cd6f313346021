import { test as playwright } from "@playwright/test";

/**
 * Playwright's test, which also closes every browser window that it opened: a page that stays open goes on asking the server for
 * news, and takes time from the tests after it.
 */
export const test = playwright.extend<{ windows: void }>({
  windows: [
    async ({ browser }, use) => {
      await use();
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    { auto: true },
  ],
});
