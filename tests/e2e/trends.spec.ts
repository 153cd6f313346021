import { expect, type Locator, type Page } from "@playwright/test";
import { test } from "../support/browser-test";
import { axeClean } from "../support/e2e";
import { expectNoSidewaysScroll, pageOf, rowsOf } from "../support/signed-in";

/** Presses a number and expects as many rows on the page that it opens; comes back. `rows` finds them there. */
async function opensItsRows(page: Page, number: Locator, rows: (page: Page) => Locator): Promise<void> {
  const count = Number(await number.getAttribute("data-count"));
  const from = page.url();
  await number.click();
  await expect(page).not.toHaveURL(from);
  await expect(rows(page)).toHaveCount(count);
  await page.goBack();
}

const anyRows = (page: Page): Locator => page.getByRole("main").locator("tbody tr");
const states = (page: Page): Locator => page.locator("tr[data-actor]");
const show = (page: Page, figure: string): Promise<void> => page.locator(`#${figure} summary`).first().click();
const cell = (page: Page, table: string, row: RegExp, column: number): Locator =>
  rowsOf(page, table).filter({ hasText: row }).locator("td").nth(column).locator(".count-link");

test("the years are drawn and told in tables whose every number opens its states", async ({ browser }) => {
  const page = await pageOf(browser, "viewer");
  await page.goto("/positions");
  await page.getByRole("link", { name: "Trends" }).click();
  await expect(page.getByRole("img", { name: /^Member states that spoke/ })).toBeVisible();
  await show(page, "participation");
  await show(page, "turnout");
  const of2014 = rowsOf(page, "Speakers and states represented").filter({ hasText: "Sixth informal" });
  await expect(of2014).toContainText("incomplete");
  // Publishers disagree: both figures stand there, each with its source.
  await expect(of2014.getByRole("listitem").filter({ hasText: /^8[13] / })).toHaveCount(2);
  await axeClean(page);
  const turnout = "First-time speakers and those who fell silent";
  await opensItsRows(page, cell(page, turnout, /Seventh informal/, 4), anyRows);
  await show(page, "turnout");
  await opensItsRows(page, cell(page, turnout, /Fifth informal/, 3), anyRows);
  await page.goto("/trends/fell-silent?dialogue=unga-r2p-2015");
  await axeClean(page);
  expect((await page.goto("/trends/first-time?dialogue=never"))?.status()).toBe(404);

  await page.goto("/trends?issue=r2p_principle&aligned=nonsense");
  await show(page, "composition");
  await expect(rowsOf(page, "Positions by dialogue").filter({ hasText: "2010" })).toContainText("nothing coded");
  await opensItsRows(page, cell(page, "Positions by dialogue", /First formal debate/, 2), states);
  await page.setViewportSize({ width: 320, height: 800 });
  await expectNoSidewaysScroll(page);
});

test("an issue shows where everybody stands as of a dialogue, without JavaScript too", async ({ browser }) => {
  const plain = await pageOf(browser, "viewer", { javaScriptEnabled: false });
  await plain.goto("/trends");
  await plain.getByLabel("Issue").selectOption("formal_agenda");
  await plain.getByRole("button", { name: "Show" }).click();
  await expect(plain.getByRole("img", { name: /Formal agenda item in own voice/ })).toBeVisible();

  const page = await pageOf(browser, "viewer");
  await page.goto("/codebook/r2p_principle?asOf=unga-r2p-2021&dialogue=never");
  const sentence = page.getByText(/^As of 17 May 2021,/);
  await opensItsRows(page, sentence.locator(".count-link").first(), states);
  await opensItsRows(page, sentence.locator(".count-link").last(), states);
  await opensItsRows(page, rowsOf(page, "Distribution").last().locator(".count-link"), states);
  await show(page, "stands");
  await expect(rowsOf(page, "States by position")).toHaveCount(193);
  await axeClean(page);
  await page.setViewportSize({ width: 320, height: 800 });
  await expectNoSidewaysScroll(page);
});

test("a group shows how far its members agree, or that too few have spoken", async ({ browser }) => {
  const page = await pageOf(browser, "viewer");
  await page.goto("/groups/european-union?on=2021-05-17");
  await page.getByRole("link", { name: "Cohesion" }).click();
  const rows = rowsOf(page, "Cohesion by issue");
  await expect(rows.filter({ hasText: "R2P as a principle" })).toContainText("1.00");
  await expect(rows.filter({ hasText: "not enough evidence" }).first()).toBeVisible();
  await axeClean(page);
  await opensItsRows(page, rows.first().locator(".count-link").first(), states);
  await page.setViewportSize({ width: 320, height: 800 });
  await expectNoSidewaysScroll(page);
});
