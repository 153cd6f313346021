import { expect, test, type Page } from "@playwright/test";
import { axeClean, tokenOf } from "../support/e2e";
import { expectNoSidewaysScroll, pageOf, rowsOf } from "../support/signed-in";

/** Pages that can be kept as a view, with filters that leave some rows, and where those rows are. */
const VIEWS: [name: string, address: string, rows: string][] = [
  ["Positions", "/positions?asOf=unga-r2p-2021&group=nordic&issues=formal_agenda", "#matrix tbody tr[data-actor]"],
  ["States", "/states?region=weog&sort=-name", "main tbody tr"],
  ["Search", "/search?q=responsibility&kind=issue", "main ol > li"],
  ["Participants", "/dialogues/unga-r2p-2017?basis=own&sort=-speaker&columns=speaker,basis", "#participants tbody tr"],
  ["Represented", "/dialogues/unga-r2p-2017/represented?rule=own_voice", "#represented tbody tr"],
  ["Speakers", "/dialogues/unga-r2p-2017/speakers?kind=member_state", "#speakers tbody tr"],
  ["Map", "/map", "main tbody tr"],
  ["Trends", "/trends?rule=own_voice", "main tbody tr"],
];

/** What the rows say, without what only some roles are offered. */
async function rowsAt(page: Page, address: string, rows: string): Promise<string[]> {
  await page.goto(address);
  const found = page.locator(rows);
  await expect(found.first()).toBeAttached();
  const texts = await found.allTextContents();
  return texts.map((text) => text.replace(/\s+/g, " ").trim());
}

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

test("a link copied from any view opens the same rows for somebody else", async ({ browser, baseURL }) => {
  const token = await tokenOf("reviewer", "write");
  const [page, stranger] = [await pageOf(browser, "analyst"), await pageOf(browser, "viewer")];
  for (const [name, address, rows] of VIEWS) {
    const saved = await fetch(`${baseURL}/api/v1/views`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: JSON.stringify({ name: `Kept: ${name}`, address, shared: true }),
    });
    expect(saved.status, name).toBe(201);
    const view = (await saved.json()) as { address: string };
    const mine = await rowsAt(page, address, rows);
    expect(mine.length, name).toBeGreaterThan(0);
    expect(await rowsAt(stranger, view.address, rows), name).toEqual(mine);
  }
});

test("what is watched comes into the inbox, and home shows each role its own", async ({ browser }) => {
  const viewer = await pageOf(browser, "viewer");
  await viewer.goto("/groups/nordic");
  await viewer.getByRole("button", { name: "Watch Nordic countries" }).click();
  await expect(viewer.getByRole("button", { name: "Stop watching Nordic countries" })).toBeVisible();
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
    body: JSON.stringify({ speaker: "ISL", represents: [{ basis: "group", group: "nordic" }] }),
  });
  expect(recorded.status).toBe(201);

  await viewer.goto("/");
  await expect(viewer.getByRole("heading", { name: "Yours to do" })).toBeHidden();
  await expect(rowsOf(viewer, "News")).toHaveCount(1);
  await expect(viewer.getByRole("complementary", { name: "Yours" })).toContainText("Nordic countries");
  await axeClean(viewer);
  await viewer.getByRole("link", { name: "Inbox 1 new" }).click();
  await expect(rowsOf(viewer, "News")).toHaveCount(1);
  await axeClean(viewer);
  await viewer.setViewportSize({ width: 320, height: 800 });
  await expectNoSidewaysScroll(viewer);
  await viewer.setViewportSize({ width: 1280, height: 800 });
  await viewer.getByRole("button", { name: "Mark all as read" }).click();
  await expect(viewer.getByRole("link", { name: "Inbox", exact: true })).toBeVisible();
  await viewer.getByRole("link", { name: /recorded a statement by Iceland/ }).click();
  await expect(viewer).toHaveURL(/\/dialogues\/unga-r2p-2019\/statements\//);
  // Without a mail server the account says so; a link of a message that was cut short says what to do.
  await viewer.goto("/account");
  await expect(viewer.getByText("This installation sends no mail.")).toBeVisible();
  await viewer.goto("/unsubscribe/cut-short");
  await expect(viewer.getByRole("heading", { name: "This link does not work" })).toBeVisible();
  await axeClean(viewer);
});
