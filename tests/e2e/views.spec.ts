import { expect, type Page } from "@playwright/test";
import { test } from "../support/browser-test";
import { tokenOf } from "../support/e2e";
import { pageOf } from "../support/signed-in";

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
