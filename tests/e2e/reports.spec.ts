import { expect, type Page } from "@playwright/test";
import { test } from "../support/browser-test";
import { axeClean } from "../support/e2e";
import { changesOf, expectNoSidewaysScroll, pageOf, refusalOf, rowsOf } from "../support/signed-in";

/** A report of this test alone, through the form. */
async function addReport(page: Page, title: string, symbol: string): Promise<void> {
  await page.goto("/reports/new");
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("Document symbol").fill(symbol);
  await page.getByRole("button", { name: "Add the report" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
}

test("lists reports, each with the dialogues that considered it", async ({ browser }) => {
  const page = await pageOf(browser, "viewer");
  await page.goto("/reports");
  const row = rowsOf(page, "Reports").filter({ hasText: "A/71/1016-S/2017/556" });
  await expect(row).toContainText("Ninth informal interactive dialogue on the responsibility to protect");
  await axeClean(page);
  await page.getByRole("searchbox", { name: "Find a report" }).fill("s/2017/556");
  await page.getByRole("button", { name: "Find" }).click();
  await expect(rowsOf(page, "Reports")).toHaveCount(1);
  await page.getByRole("link", { name: /accountability for prevention/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("accountability for prevention");
  await expect(page.getByRole("definition").filter({ hasText: "10 Aug 2017" }).first()).toBeVisible();
  await expect(rowsOf(page, "What it asks")).toHaveCount(5);
  await expect(page.getByText("Incomplete: 7 of 73 published speakers recorded")).toBeVisible();
  const states = page.getByRole("main").getByRole("link", { name: /^\d+ states$/ });
  const count = Number(await states.getAttribute("data-count"));
  await page.getByText("Published figures beside what the record gives").click();
  await expect(page.getByRole("table", { name: "Published figures" })).toContainText("98");
  await axeClean(page);
  await states.click();
  await expect(page.getByRole("main").locator("tbody tr")).toHaveCount(count);
});

test("offers a reader no form, and refuses the address of one", async ({ browser }) => {
  const page = await pageOf(browser, "viewer");
  await page.goto("/reports/r2p-report-2017");
  await expect(page.getByRole("link", { name: "Edit report" })).toHaveCount(0);
  for (const path of ["/reports/new", "/reports/r2p-report-2017/edit"]) {
    expect((await page.goto(path))?.status()).toBe(403);
  }
  expect((await page.goto("/reports/no-such-report"))?.status()).toBe(404);
});

test("refuses a symbol that another report has, without JavaScript too", async ({ browser }) => {
  for (const javaScriptEnabled of [true, false]) {
    const page = await pageOf(browser, "analyst", { javaScriptEnabled });
    await page.goto("/reports/new");
    await page.getByLabel("Title").fill("A report with a taken symbol");
    await page.getByLabel("Document symbol").fill("A/71/1016-S/2017/556");
    await page.getByLabel("Summary").fill("Two lines\nof summary");
    await page.getByRole("button", { name: "Add the report" }).click();
    await expect(refusalOf(page)).toContainText("Another report has this symbol.");
    await expect(page.getByLabel("Document symbol")).toHaveAccessibleDescription(/Another report has this symbol/);
    await expect(page.getByLabel("Summary")).toHaveValue("Two lines\nof summary");
    if (javaScriptEnabled) await axeClean(page);
  }
});

test("changes a report, and clears what is left blank", async ({ browser }) => {
  const page = await pageOf(browser, "analyst");
  await addReport(page, "Report to change", "A/99/1");
  await page.getByRole("link", { name: "Edit report" }).click();
  await page.getByLabel("Document symbol").fill("");
  await page.getByLabel("Published").fill("2035-02-03");
  await page.getByLabel("Point 1", { exact: true }).fill("Prevent earlier.");
  await page.getByLabel("Paragraph of point 1").fill("12");
  await page.getByRole("button", { name: "Add a point" }).click();
  await page.getByLabel("Of whom point 2 is asked").fill("Member states");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByLabel("Point 2", { exact: true })).toHaveAccessibleDescription(/This is needed|Invalid/);
  await page.getByLabel("Point 2", { exact: true }).fill("Report every year.");
  await axeClean(page);
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(rowsOf(page, "What it asks")).toHaveText([
    /1Prevent earlier\.not said12/,
    /2Report every year\.Member states/,
  ]);
  await expect(page.getByText("No document symbol is recorded.")).toBeVisible();
  await expect(page.getByText("3 Feb 2035", { exact: true }).first()).toBeVisible();
  const newest = changesOf(page).first();
  await expect(newest).toContainText("Analyst One revised the report");
  await expect(newest).toContainText("from A/99/1 → to nothing");
});

test("tells the second of two editors, who keeps or takes field by field", async ({ browser }) => {
  const first = await pageOf(browser, "analyst");
  const second = await pageOf(browser, "analyst");
  await addReport(first, "Report of two editors", "A/99/2");
  const address = first.url();
  await first.getByRole("link", { name: "Edit report" }).click();
  await second.goto(address);
  await expect(second.getByRole("heading", { level: 1 })).toHaveText("Report of two editors");
  await second.getByRole("link", { name: "Edit report" }).click();
  await first.getByLabel("Document symbol").fill("A/99/3");
  await first.getByRole("button", { name: "Save changes" }).click();
  await expect(first.getByRole("heading", { level: 1 })).toHaveText("Report of two editors");
  await second.getByRole("textbox", { name: "Title" }).fill("Report of the second editor");
  await second.getByRole("button", { name: "Save changes" }).click();
  await expect(second.getByRole("status")).toContainText("2 fields differ.");
  await axeClean(second);
  await second.getByRole("button", { name: "Take theirs: Document symbol" }).click();
  await expect(second.getByRole("textbox", { name: "Document symbol" })).toHaveValue("A/99/3");
  await second.getByRole("button", { name: "Save this version" }).click();
  await expect(second.getByRole("heading", { level: 1 })).toHaveText("Report of the second editor");
  await expect(second.getByText("A/99/3", { exact: true }).first()).toBeVisible();
});

test("needs no sideways scrolling at 320 pixels", async ({ browser }) => {
  const page = await pageOf(browser, "analyst");
  await page.setViewportSize({ width: 320, height: 800 });
  for (const path of ["/reports", "/reports/r2p-report-2017", "/reports/r2p-report-2017/edit"]) {
    await page.goto(path);
    await expectNoSidewaysScroll(page);
  }
  await axeClean(page);
});
