import { expect, type Page } from "@playwright/test";
import { test } from "../support/browser-test";
import { axeClean, tokenOf } from "../support/e2e";
import { expectNoSidewaysScroll, pageOf, rowsOf } from "../support/signed-in";

const clipboard = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());

test("a page is kept as a view, shared, deleted and put back, and copied with its citation", async ({ browser }) => {
  const page = await pageOf(browser, "analyst");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/dialogues/unga-r2p-2017/represented?rule=own_voice");
  await page.getByRole("button", { name: "Save this view" }).click();
  await page.getByLabel("Name").fill("Own voices of 2017");
  await page.getByLabel("Share it").check();
  await axeClean(page);
  await page.getByRole("button", { name: "Save the view" }).click();
  await expect(page.getByText("Saved as “Own voices of 2017”.")).toBeVisible();
  await page.getByRole("link", { name: "All views" }).click();
  await expect(rowsOf(page, "Your views")).toHaveCount(1);
  await page.getByRole("button", { name: "Copy link" }).click();
  await expect(page.getByText("Copied")).toBeVisible();
  expect(await clipboard(page)).toMatch(
    /^http:\/\/127\.0\.0\.1:\d+\/dialogues\/unga-r2p-2017\/represented\?rule=own_voice$/,
  );
  await axeClean(page);
  await page.getByRole("button", { name: "Delete Own voices of 2017" }).click();
  await expect(page.getByText("“Own voices of 2017” is deleted.")).toBeVisible();
  await page.getByRole("button", { name: "Undo: put it back" }).click();
  await page.getByRole("link", { name: "Rename Own voices of 2017" }).click();
  await page.getByLabel("Name").fill("Who spoke for itself in 2017");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(
    rowsOf(page, "Your views").getByRole("link", { name: "Who spoke for itself in 2017", exact: true }),
  ).toBeVisible();

  const viewer = await pageOf(browser, "viewer");
  await viewer.goto("/views");
  await viewer.getByRole("link", { name: "Who spoke for itself in 2017", exact: true }).click();
  await expect(viewer).toHaveURL("/dialogues/unga-r2p-2017/represented?rule=own_voice");
  await viewer.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const copyAs = async (way: string): Promise<string> => {
    await viewer.getByRole("button", { name: "Copy the states represented as" }).click();
    await viewer.getByRole("button", { name: way }).click();
    await expect(viewer.getByText("Copied", { exact: true })).toBeVisible();
    return clipboard(viewer);
  };
  expect(await copyAs("Citation")).toMatch(
    /^States represented, Ninth informal interactive dialogue.*, 6 Sep 2017\. In: Rostrum, .* Counting rule: own voice; .* Read on \d.* http/,
  );
  const rows = await viewer.locator("#represented tbody tr").count();
  const table = await copyAs("Table for a spreadsheet (TSV)");
  expect(table.split("\n")).toHaveLength(rows + 1);
  // Printed, the foot of each sheet says the rule and the day.
  const note = await viewer.evaluate(() => document.documentElement.style.getPropertyValue("--print-note"));
  expect(note).toMatch(/Counting rule: own voice · .* · Read on \d/);
});

// Nobody speaks for Benelux in another test: it would come into this inbox.
test("what is watched comes into the inbox, and home shows each role its own", async ({ browser }) => {
  const viewer = await pageOf(browser, "viewer");
  await viewer.goto("/groups/benelux");
  await viewer.getByRole("button", { name: "Watch Benelux" }).click();
  await expect(viewer.getByRole("button", { name: "Stop watching Benelux" })).toBeVisible();
  await viewer.goto("/inbox");
  await expect(viewer.getByText("Nothing has happened yet.")).toBeVisible();

  const analyst = await pageOf(browser, "analyst");
  await analyst.goto("/");
  await expect(analyst.getByRole("heading", { name: "Yours to do" })).toBeVisible();
  await expect(analyst.getByRole("heading", { name: "Coverage of the record" })).toBeVisible();
  await axeClean(analyst);
  await analyst.setViewportSize({ width: 320, height: 800 });
  await expectNoSidewaysScroll(analyst);

  const token = await tokenOf("analyst", "write");
  const recorded = await fetch(new URL("/api/v1/dialogues/unga-r2p-2019/statements", viewer.url()), {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ speaker: "LUX", represents: [{ basis: "group", group: "benelux" }] }),
  });
  expect(recorded.status).toBe(201);

  await viewer.goto("/");
  await expect(viewer.getByRole("heading", { name: "Yours to do" })).toBeHidden();
  await expect(rowsOf(viewer, "News")).toHaveCount(1);
  await expect(viewer.getByRole("complementary", { name: "Yours" })).toContainText("Benelux");
  await axeClean(viewer);
  await viewer.getByRole("link", { name: "Inbox 1 new" }).click();
  await expect(rowsOf(viewer, "News")).toHaveCount(1);
  await axeClean(viewer);
  await viewer.setViewportSize({ width: 320, height: 800 });
  await expectNoSidewaysScroll(viewer);
  await viewer.setViewportSize({ width: 1280, height: 800 });
  await viewer.getByRole("button", { name: "Mark all as read" }).click();
  await expect(viewer.getByRole("link", { name: "Inbox", exact: true })).toBeVisible();
  await viewer.getByRole("link", { name: /recorded a statement by Luxembourg/ }).click();
  await expect(viewer).toHaveURL(/\/dialogues\/unga-r2p-2019\/statements\//);
  // Without a mail server the account says so; a link of a message that was cut short says what to do.
  await viewer.goto("/account");
  await expect(viewer.getByText("This installation sends no mail.")).toBeVisible();
  await viewer.goto("/unsubscribe/cut-short");
  await expect(viewer.getByRole("heading", { name: "This link does not work" })).toBeVisible();
  await axeClean(viewer);
});
