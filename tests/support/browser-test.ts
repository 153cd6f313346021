import { test as playwright, type Browser, type Page } from "@playwright/test";

/** In a page: whether it has scripts, and they may run. */
const hasScripts = () =>
  matchMedia("(scripting: enabled)").matches && document.querySelector('script[src^="/_next/"]') !== null;

/** In a page: whether its scripts hold everything that can be worked with. */
function isAlive(): boolean {
  const inHand = (element: Element) => Object.keys(element).some((key) => key.startsWith("__reactProps"));
  return [...document.querySelectorAll("body :is(a[href], button, input:not([type=hidden]), select, textarea)")].every(
    inHand,
  );
}

/** In a page: until what its scripts do after they drew it is done. */
const settled = () => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

/** Lets a page be worked with only when its scripts work, as a person's hand comes later than a test's. */
function comeAlive(page: Page): void {
  for (const way of ["goto", "reload"] as const) {
    const come = page[way].bind(page) as Page["goto"];
    const patiently: Page["goto"] = async (...asked) => {
      const response = await come(...asked);
      if (asked[1]?.waitUntil === "commit" || !(await page.evaluate(hasScripts))) return response;
      await page.waitForFunction(isAlive);
      await page.evaluate(settled);
      return response;
    };
    Object.assign(page, { [way]: patiently });
  }
}

/** A browser whose pages come alive before they are worked with. */
function patient(browser: Browser): Browser {
  const open = browser.newContext.bind(browser);
  return Object.assign(browser, {
    newContext: async (options: Parameters<Browser["newContext"]>[0]) => (await open(options)).on("page", comeAlive),
  });
}

/**
 * Playwright's test, with a patient browser. It also closes every browser window that it opened: a page that stays open goes on
 * asking the server for news, and takes time from the tests after it.
 */
export const test = playwright.extend<{ windows: void }, { browser: Browser }>({
  browser: [async ({ browser }, use) => use(patient(browser)), { scope: "worker" }],
  windows: [
    async ({ browser }, use) => {
      await use();
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    { auto: true },
  ],
});
