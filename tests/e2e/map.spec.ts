import { gzipSync } from "node:zlib";
import { expect, type Locator, type Page } from "@playwright/test";
import { test } from "../support/browser-test";
import { axeClean } from "../support/e2e";
import { expectNoSidewaysScroll, pageOf, rowsOf } from "../support/signed-in";

const AS_OF = "/map?asOf=unga-r2p-2021";

const drawing = (page: Page): Locator => page.locator(".places > svg");
const state = (page: Page, name: RegExp): Locator => drawing(page).getByRole("link", { name });

/** Where each number of the sentence and the legend leads, and how many rows it promises. */
async function numbersOf(page: Page): Promise<{ href: string; count: number }[]> {
  return page
    .locator("#headline .count-link, .map-legend .count-link")
    .evaluateAll((links) =>
      links.map((link) => ({ href: link.getAttribute("href") ?? "", count: Number(link.getAttribute("data-count")) })),
    );
}

test("positions: the map is moved in by arrow keys, its numbers open their rows, its table says the same", async ({
  browser,
}) => {
  const page = await pageOf(browser, "viewer");
  await page.goto("/positions");
  await page.getByRole("navigation", { name: "Views of positions" }).getByRole("link", { name: "Map" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Map");
  await page.goto(AS_OF);
  await expect(page.getByRole("table", { name: "Positions of member states" }).locator("tbody tr")).toHaveCount(193);
  await expect(drawing(page).getByRole("link")).toHaveCount(195);

  // One stop for the tab key, whichever way one comes; arrows go to neighbours, Enter to the evidence.
  await expect(drawing(page).locator('a[tabindex="0"]')).toHaveCount(1);
  await drawing(page).locator('a[tabindex="0"]').focus();
  await page.keyboard.press("End");
  await page.keyboard.press("Home");
  await expect(state(page, /^Iceland: /)).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(state(page, /^Norway: /)).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(drawing(page).locator("a:focus")).toHaveCount(0);
  await page.keyboard.press("Shift+Tab");
  await expect(state(page, /^Norway: /)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Norway: R2P as a principle");
  await page.goBack();

  const numbers = await numbersOf(page);
  expect(numbers.length).toBeGreaterThan(5);
  for (const { href, count } of numbers) {
    await page.goto(href);
    await expect(page.locator("main tr[data-actor]"), href).toHaveCount(count);
  }

  await page.goto(`${AS_OF}&region=un-grulac`);
  await expect(rowsOf(page, "Positions of member states")).toHaveCount(33);
  await axeClean(page);
  await page.getByRole("link", { name: "Show as a world map" }).click();
  await expect(page).toHaveURL(/view=map/);
  await expect(page.getByText("do not imply official endorsement")).toBeVisible();
  await axeClean(page);
  await page.goto(`${AS_OF}&view=map`);
  await expect(drawing(page).getByRole("link")).toHaveCount(195);
  await state(page, /^Nicaragua: opposes/).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nicaragua: R2P as a principle");
});

test("votes and participation: numbers walk to their rows, and a picture says what it shows", async ({ browser }) => {
  const page = await pageOf(browser, "viewer");
  await page.goto("/votes/a-res-75-277");
  await page.getByRole("link", { name: "Show on a map" }).click();
  await expect(state(page, /^Denmark: yes$/)).toBeVisible();
  await expect(rowsOf(page, "Votes of states")).toHaveCount(193);
  await page.goto("/map?by=vote&group=nordic");
  for (const { href, count } of await numbersOf(page)) {
    await page.goto(href);
    await expect(rowsOf(page, "Votes of states"), href).toHaveCount(count);
  }

  await page.goto("/dialogues/unga-r2p-2017");
  await page.getByRole("link", { name: "Show on a map" }).click();
  await expect(page.getByText(/^\d+ of 193 states spoke/)).toBeVisible();
  for (const address of [page.url(), "/map?by=participation&region=un-grulac"]) {
    await page.goto(address);
    for (const { href, count } of await numbersOf(page)) {
      await page.goto(href);
      await expect(page.locator("#map-table table tbody tr"), href).toHaveCount(count);
    }
  }
  await axeClean(page);

  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "SVG", exact: true }).click();
  const file = await (await saved).createReadStream();
  const text = Buffer.concat(await file.toArray()).toString("utf8");
  expect(text).toContain("Dialogues at which states spoke");
  expect(text).toContain("At none");
});

test("on a narrow screen the drawing scrolls in its own window; without JavaScript tiles are links", async ({
  browser,
}) => {
  const page = await pageOf(browser, "viewer");
  await page.setViewportSize({ width: 320, height: 700 });
  for (const address of [`${AS_OF}&view=map`, "/map?by=participation&dialogue=unga-r2p-2017"]) {
    await page.goto(address);
    await expectNoSidewaysScroll(page);
  }
  const tile = await drawing(page).locator(".place-area").first().boundingBox();
  expect(tile?.width).toBeGreaterThanOrEqual(24);

  const plain = await pageOf(browser, "viewer", { javaScriptEnabled: false });
  const answer = await plain.goto(`${AS_OF}&view=map&utm=1&group=nobody`);
  // As it travels: drawing, legend and table of all states.
  expect(gzipSync((await answer?.body()) ?? "").length).toBeLessThan(90_000);
  await state(plain, /^Nicaragua: opposes/).click();
  await expect(plain.getByRole("heading", { level: 1 })).toHaveText("Nicaragua: R2P as a principle");
});
