import { expect, type Browser, type BrowserContext, type Locator, type Page } from "@playwright/test";
import { signIn, type Role } from "./e2e";

/** What each role's browser holds after signing in: once for a file, as sign-in is throttled. */
const signedIn = new Map<Role, Awaited<ReturnType<BrowserContext["storageState"]>>>();

/** A page of a browser of its own, signed in as a role; without JavaScript when asked for. */
export async function pageOf(
  browser: Browser,
  role: Role,
  { javaScriptEnabled = true }: { javaScriptEnabled?: boolean } = {},
): Promise<Page> {
  const storageState = signedIn.get(role);
  const context = await browser.newContext({ javaScriptEnabled, ...(storageState ? { storageState } : {}) });
  const page = await context.newPage();
  if (!storageState) {
    await signIn(page, role);
    signedIn.set(role, await context.storageState());
  }
  return page;
}

/** The rows of a table by its name. */
export function rowsOf(page: Page, table: string): Locator {
  return page.getByRole("table", { name: table }).locator("tbody tr");
}

/** What keeps a form from being saved, at its top. (Next has an empty alert of its own outside of the page's content.) */
export function refusalOf(page: Page): Locator {
  return page.getByRole("main").getByRole("alert");
}

/** The entries of a history, the newest first. */
export function changesOf(page: Page): Locator {
  return page.getByRole("list", { name: "Changes" }).locator("> li");
}

/** Expects that a page can be read without scrolling sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(beyond, page.url()).toBe(0);
}

/** A menu by what stands on its button, and a choice in it. */
export async function choose(page: Page, menu: string | RegExp, choice: string | RegExp): Promise<void> {
  await page.getByRole("button", { name: menu }).click();
  await page.getByRole("link", { name: choice }).filter({ visible: true }).click();
}

/** Presses a key until it shows what it shall: single keys work once the scripts of a page do. */
export async function pressFor(page: Page, key: string, shown: Locator): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(key);
    await expect(shown).toBeVisible({ timeout: 1000 });
  }).toPass();
}

/** The list of the keys of a page. */
export function keysOf(page: Page): Locator {
  return page.getByRole("dialog", { name: "Keys of this page" });
}
