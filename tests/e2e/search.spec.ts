import { expect } from "@playwright/test";
import { test } from "../support/browser-test";
import { axeClean, signIn } from "../support/e2e";
import { pressFor } from "../support/signed-in";

test("a reader searches from anywhere by keyboard, and narrows down what was found", async ({ page }) => {
  await signIn(page, "viewer");
  await page.goto("/groups");
  await pressFor(page, "/", page.locator("#site-search:focus"));
  await page.keyboard.type("veto restrain*");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/search?q=veto+restrain*");
  const results = page.getByRole("list", { name: "Results" }).getByRole("listitem");
  await expect(results.filter({ has: page.getByRole("link", { name: /veto/i }) }).first()).toBeVisible();
  await expect(page.locator("mark").first()).toHaveText(/veto|restrain/i);

  const filters = page.getByRole("navigation", { name: "Filters" });
  const notes = filters.getByRole("listitem").filter({ has: page.getByRole("link", { name: "Notes" }) });
  const count = Number((await notes.innerText()).replace(/\D/g, ""));
  await notes.getByRole("link").click();
  await expect(page).toHaveURL(/kind=note/);
  await expect(page.getByText(count === 1 ? "1 result" : `${count} results`, { exact: true })).toBeVisible();
  await results.first().getByRole("link").click();
  await expect(page).toHaveURL(/\/(dialogues|states)\//);
  await page.goBack();
  await expect(page).toHaveURL(/kind=note/);
});

test("the page of results is clear to everybody, and works without JavaScript", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await signIn(page, "viewer");
  await page.goto("/dialogues");
  await page.getByLabel("Search the record").fill("Denmark");
  await page.getByLabel("Search the record").press("Enter");
  await expect(page.getByRole("link", { name: "Denmark", exact: true }).first()).toBeVisible();
  await page.goto("/search?q=-nothing");
  await expect(page.getByText("Nothing was found.")).toBeVisible();
  await context.close();
});

for (const width of [1280, 320]) {
  test(`results have no accessibility faults and fit ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await signIn(page, "viewer");
    await page.goto("/search?q=responsibility+OR+veto");
    await expect(page.getByRole("list", { name: "Results" })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    await axeClean(page);
  });
}
