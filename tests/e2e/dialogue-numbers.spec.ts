import { expect, type Locator, type Page } from "@playwright/test";
import { test } from "../support/browser-test";
import { choose, pageOf, rowsOf } from "../support/signed-in";

const headline = (page: Page): Locator => page.locator("#headline");

type Opening = { words: string; href: string; count: number };

/** Every number on a page that opens rows: in the sentence, below it, and in the table. */
async function numbersOn(page: Page): Promise<Opening[]> {
  return page.locator("main a[data-count]").evaluateAll((found) =>
    found.map((link) => ({
      words: link.textContent ?? "",
      href: link.getAttribute("href") ?? "",
      count: Number(link.getAttribute("data-count")),
    })),
  );
}

/** The number in the words of a link: "1 observer", "53 states + 1 organization", "no states"; the name of one stands for one. */
function numberIn(words: string): number {
  const numbers = words.match(/\d+/g);
  if (words.startsWith("no ")) return 0;
  if (!numbers) return 1;
  return words.includes(" + ") ? numbers.reduce((sum, one) => sum + Number(one), 0) : Number(numbers[0]);
}

const DIALOGUES = ["unga-r2p-2017", "unga-r2p-2021", "unga-r2p-2009", "unga-r2p-2018"];
const COUNTS = [
  "",
  "?rule=own_voice",
  "?rule=own_and_regional&aligned=include",
  "?rule=own_and_groups&aligned=include&meeting=1",
];

for (const slug of DIALOGUES) {
  test(`every number on the page of ${slug} opens exactly that many rows`, async ({ browser }) => {
    test.slow();
    // What stands in the page as it is delivered: hundreds of pages are opened, and none is worked with.
    const page = await pageOf(browser, "viewer", { javaScriptEnabled: false });
    let opened = 0;
    for (const query of COUNTS) {
      await page.goto(`/dialogues/${slug}${query}`);
      const numbers = await numbersOn(page);
      // No number with its noun leads anywhere without saying how many rows it opens.
      await expect(page.locator("main a:not([data-count])").filter({ hasText: /^(\d+|no) [a-z]/ })).toHaveCount(0);
      // A meeting may have been opened only, by remarks that do not count.
      if (numbers.length === 0) await expect(headline(page)).toHaveText("No counted statement is on record yet.");
      // One number of each kind in the table is enough: they all lead to the same page.
      const seen = new Set<string>();
      for (const { words, href, count } of numbers) {
        if (seen.has(`${words} ${href.replace(/[0-9a-f-]{36}/, "")}`)) continue;
        seen.add(`${words} ${href.replace(/[0-9a-f-]{36}/, "")}`);
        expect(count, words).toBe(numberIn(words));
        expect((await page.goto(href))?.status(), href).toBe(200);
        // A statement's page has more than one table; the number leads to whom it covers.
        const rows = href.endsWith("#covered")
          ? rowsOf(page, "Whom the statement covers")
          : page.locator("main tbody tr");
        expect(await rows.count(), `${slug}${query}: ${words}`).toBe(count);
        opened += 1;
      }
    }
    expect(opened).toBeGreaterThan(8);
  });
}

test("2017: the sentence, the chips, and why each state is counted", async ({ browser }) => {
  const page = await pageOf(browser, "viewer");
  await page.goto("/dialogues/unga-r2p-2017");
  await expect(headline(page)).toHaveText(
    "7 member states, 1 observer and the European Union delivered statements on behalf of 65 states. 1 civil society organization also spoke.",
  );
  await expect(page.getByRole("link", { name: "Incomplete: 7 of 73 published speakers recorded" })).toBeVisible();
  await page.getByRole("link", { name: "22 states are counted by more than one route" }).click();
  const denmark = page.getByRole("row", { name: /^Denmark/ });
  await expect(denmark).toContainText("European Union · statement by European Union");
  await expect(denmark).toContainText("Nordic countries · statement by Norway");
  await page.getByRole("link", { name: /Counted by more than one route/ }).click();
  await expect(page).not.toHaveURL(/overlap/);
  await page.goto("/dialogues/unga-r2p-2017");
  await page.getByRole("link", { name: /^For 33 states no source shows that they had joined/ }).click();
  await expect(page.locator("main tbody tr").first()).toContainText(
    "No source shows that it had joined by the day of the statement.",
  );
});

test("filters, order and columns live in the address and hold each other", async ({ browser }) => {
  const page = await pageOf(browser, "viewer");
  const rows = rowsOf(page, "Participants");
  await page.goto("/dialogues/unga-r2p-2017");
  await expect(rows).toHaveCount(16);
  await choose(page, "Kind: all", /^Member states$/);
  await expect(rows).toHaveCount(7);
  await choose(page, "Basis: all", /^Own capacity$/);
  await expect(rows).toHaveCount(4);
  await page.getByRole("link", { name: "Speaker", exact: true }).click();
  await expect(page.getByRole("columnheader", { name: "Speaker" })).toHaveAttribute("aria-sort", "ascending");
  const names = (): Promise<string[]> => rows.locator("th a").allInnerTexts();
  await expect.poll(names).toEqual(["Hungary", "India", "Italy", "Luxembourg"]);
  await page.getByRole("link", { name: "Speaker", exact: true }).click();
  await expect.poll(names).toEqual(["Luxembourg", "Italy", "India", "Hungary"]);
  await page.getByLabel("Find a participant").fill("it");
  await page.getByLabel("Find a participant").press("Enter");
  await expect.poll(names).toEqual(["Italy"]);
  await expect(page).toHaveURL("/dialogues/unga-r2p-2017?kind=member_state&basis=own&sort=-speaker&q=it");

  await page.getByRole("button", { name: "Columns" }).click();
  for (const column of ["#", "On behalf of", "Represents", "Basis", "Language", "Coding"]) {
    await page.getByRole("checkbox", { name: column === "Represents" ? "States" : column, exact: true }).uncheck();
  }
  for (const column of ["ISO3", "Person"]) await page.getByRole("checkbox", { name: column, exact: true }).check();
  await page.getByRole("button", { name: "Show these columns" }).click();
  await expect(page.getByRole("columnheader")).toHaveText([/^Speaker/, "ISO3", "Person"]);
  await expect(rows).toHaveText([/Italy.*ITA.*Inigo Lambertini/]);
  await expect(page).toHaveURL(
    /kind=member_state&basis=own&q=it&sort=-speaker&columns=speaker&columns=iso3&columns=person/,
  );
  const shown = await rows.allInnerTexts();
  const colleague = await pageOf(browser, "reviewer");
  await colleague.goto(page.url());
  expect(await rowsOf(colleague, "Participants").allInnerTexts()).toEqual(shown);
  // A choice in a menu keeps the columns.
  await choose(colleague, "Kind: Member states", /^All$/);
  await expect(colleague).toHaveURL(/columns=speaker%2Ciso3%2Cperson/);

  await colleague.goto("/dialogues/unga-r2p-2017?q=nobody+of+this+name&rule=own_voice");
  await expect(colleague.getByText("No statement fits these filters.")).toBeVisible();
  await colleague.getByRole("link", { name: "Show all 16" }).click();
  await expect(colleague).toHaveURL("/dialogues/unga-r2p-2017?rule=own_voice");
  await expect(rowsOf(colleague, "Participants")).toHaveCount(16);
});

test("an address that makes no sense shows what does make sense", async ({ browser }) => {
  const page = await pageOf(browser, "viewer");
  const junk = "?rule=none&aligned=perhaps&meeting=9&kind=ship&sort=up&columns=x&basis=&show=all&overlap=no&q=";
  for (const view of ["", "/speakers", "/represented", "/figures"]) {
    expect((await page.goto(`/dialogues/unga-r2p-2017${view}${junk}`))?.status(), view).toBe(200);
    await expect(page.locator("main tbody tr").first()).toBeVisible();
  }
  expect((await page.goto("/dialogues/unga-r2p-2017/represented?only=%00%ff&membership=x"))?.status()).toBe(200);
  await page.getByRole("link", { name: /remove this filter/ }).click();
  await expect(page.locator("main tbody tr")).toHaveCount(66);
  expect((await page.goto("/dialogues/unga-r2p-1999"))?.status()).toBe(404);
  expect((await page.goto("/dialogues/unga-r2p-2017/statements/nothing"))?.status()).toBe(404);
});

test("without JavaScript the menus open, and their choices work", async ({ browser }) => {
  const page = await pageOf(browser, "viewer", { javaScriptEnabled: false });
  await page.goto("/dialogues/unga-r2p-2017");
  await choose(page, /^Rule:/, /^own voice States that spoke/);
  await expect(headline(page)).toContainText("on behalf of 4 states");
  await choose(page, "Kind: all", /^Observers$/);
  await expect(rowsOf(page, "Participants")).toHaveCount(1);
  await expect(headline(page)).toContainText("on behalf of 4 states");
});
