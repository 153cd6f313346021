import { expect, type Locator, type Page } from "@playwright/test";
import { test } from "../support/browser-test";
import { axeClean } from "../support/e2e";
import { expectNoSidewaysScroll, pageOf } from "../support/signed-in";

const AS_OF = "/positions?asOf=unga-r2p-2021";

const table = (page: Page): Locator => page.getByRole("table", { name: "Positions" });
const row = (page: Page, state: string): Locator =>
  table(page)
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name: state, exact: true }) });
const states = (page: Page): Locator => table(page).locator("tr[data-actor]");

test("the table is moved in by arrow keys, shows what a cell rests on, and opens its evidence", async ({ browser }) => {
  const page = await pageOf(browser, "viewer");
  await page.goto("/");
  await page.getByRole("link", { name: "Positions", exact: true }).click();
  await expect(states(page)).toHaveCount(193);
  await page.goto(`${AS_OF}&issues=r2p_principle,formal_agenda`);
  await axeClean(page);

  // One stop for the tab key: the table's window, then the one cell.
  await page.getByRole("region", { name: "Positions" }).focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Control+End");
  await expect(row(page, "Zimbabwe").locator("td").last()).toBeFocused();
  const nicaragua = row(page, "Nicaragua").locator("td").first();
  const cells = states(page).locator("td:first-of-type");
  const up =
    (await cells.count()) -
    1 -
    (await states(page).allTextContents()).findIndex((text) => text.startsWith("Nicaragua"));
  await page.keyboard.press("ArrowLeft");
  for (let step = 0; step < up; step += 1) await page.keyboard.press("ArrowUp");
  const link = nicaragua.getByRole("link", { name: "Opposes" });
  await expect(link).toBeFocused();
  const card = page.locator("[popover].peek");
  await expect(card).toContainText("Nicaragua · R2P as a principle");
  await expect(card).toContainText("No quotation:");
  await axeClean(page);
  await page.keyboard.press("Escape");
  await expect(card).toBeHidden();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nicaragua: R2P as a principle");
  await expect(page.getByText(/^Opposed in/)).toContainText("own statement");
  const opposed = page.getByRole("main").locator(".count-link").first();
  const count = Number(await opposed.textContent());
  await opposed.click();
  await expect(page.getByRole("table", { name: "Evidence" }).locator("tbody tr")).toHaveCount(count);
  await axeClean(page);
});

test("filters live in the address, numbers open their rows, and the back button undoes them", async ({ browser }) => {
  const page = await pageOf(browser, "viewer");
  await page.goto(`${AS_OF}&issues=r2p_principle,formal_agenda`);
  await page.getByRole("button", { name: "Region: all" }).click();
  await page.getByRole("link", { name: "GRULAC" }).click();
  await expect(page).toHaveURL(/region=un-grulac/);
  await expect(states(page)).toHaveCount(33);
  await page.goBack();
  await expect(states(page)).toHaveCount(193);

  const opposing = table(page)
    .getByRole("row", { name: /^Opposes/ })
    .getByRole("link")
    .first();
  const count = Number(await opposing.textContent());
  await opposing.click();
  await expect(page.getByRole("link", { name: "R2P as a principle: Opposes" })).toBeVisible();
  await expect(states(page)).toHaveCount(count);
  await page.getByRole("link", { name: "R2P as a principle: Opposes" }).click();
  await expect(states(page)).toHaveCount(193);

  await page.getByRole("button", { name: "Rows: one list" }).click();
  await page.getByRole("link", { name: "by region" }).click();
  // All rows, the five regional groups, and who is in none.
  await expect(table(page).locator("tbody")).toHaveCount(7);
  await axeClean(page);
  await page.goto("/positions?asOf=never&group=nobody&where=nothing:support&is=x&utm=1");
  await expect(states(page)).toHaveCount(193);
});

test("works without JavaScript: cells are links, filters are links and forms", async ({ browser }) => {
  const page = await pageOf(browser, "viewer", { javaScriptEnabled: false });
  const answer = await page.goto(AS_OF);
  expect((await answer?.body())?.length).toBeLessThan(400_000);
  await row(page, "Nicaragua").getByRole("link", { name: "Opposes" }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Nicaragua: ");
  await page.goto(AS_OF);
  await page.getByRole("button", { name: "Value: any" }).click();
  await page.getByLabel("Issue", { exact: true }).selectOption("r2p_principle");
  await page.getByLabel("What the cell shows").selectOption("oppose");
  await page.getByRole("button", { name: "Show only these" }).click();
  await expect(page.getByRole("link", { name: "R2P as a principle: Opposes" })).toBeVisible();
  await expect(states(page)).not.toHaveCount(193);
});

test("on a narrow screen the table scrolls in its own window", async ({ browser }) => {
  const page = await pageOf(browser, "viewer");
  await page.setViewportSize({ width: 320, height: 700 });
  await page.goto(AS_OF);
  await expectNoSidewaysScroll(page);
  const first = row(page, "Afghanistan").getByRole("rowheader");
  const before = await first.boundingBox();
  await page.getByRole("region", { name: "Positions" }).evaluate((element) => element.scrollBy(200, 0));
  expect((await first.boundingBox())?.x).toBe(before?.x);
  await page.goto("/positions/NIC/r2p_principle");
  await expectNoSidewaysScroll(page);
});
