import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { test } from "../support/browser-test";
import { axeClean } from "../support/e2e";
import { writer, type Writer } from "../support/e2e-record";
import { expectNoSidewaysScroll, keysOf, pageOf, pressFor, refusalOf, rowsOf } from "../support/signed-in";

const PRESS_RELEASE = readFileSync(new URL("../fixtures/pasted/press-release.txt", import.meta.url), "utf8");
let write: Writer;

test.beforeAll(async () => {
  write = await writer();
});

/** Presses keys one by one and counts them. */
function keyboard(page: Page) {
  const pressed: string[] = [];
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) {
      pressed.push(key);
      await page.keyboard.press(key);
    }
  };
  return { press, pressed };
}

/** What has the focus: the accessible name of its line. */
const asked = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.closest("fieldset")?.querySelector("legend")?.textContent ?? "");

test("a press release with 75 speakers is on record after a few keys, and undone by one", async ({ browser }) => {
  await write.dialogue("pasted");
  await write.say("pasted", { speaker: "CHE" });
  const page = await pageOf(browser, "analyst");
  await page.goto("/dialogues/pasted");
  await pressFor(page, "?", keysOf(page));
  await page.keyboard.press("Escape");
  const { press, pressed } = keyboard(page);

  await press("p");
  await expect(page.getByRole("heading", { name: "Paste a list" })).toBeVisible();
  await expect(page.getByLabel("The list")).toBeFocused();
  await page.keyboard.insertText(PRESS_RELEASE);
  await press("Shift+Enter");

  await expect(rowsOf(page, "Lines of the list")).toHaveCount(75);
  await expect(page.getByText("3 questions are open.")).toBeVisible();
  const choices: Record<string, RegExp> = {
    Congo: /Democratic Republic/,
    Korea: /Republic of Korea/,
    Sloveka: /Slovakia/,
  };
  for (const printed of Object.keys(choices)) {
    await expect.poll(() => asked(page)).toContain(`“${printed}”`);
    const row = page.locator("tr[data-question]").filter({ has: page.getByText(printed, { exact: true }) });
    const names = await row.locator("fieldset label").allInnerTexts();
    const place = names.findIndex((name) => choices[printed]?.test(name) && !/Democratic People/.test(name));
    await press(String(place + 1));
  }
  // Switzerland spoke already: it is left out unless somebody says otherwise.
  await expect(page.getByText("Every line is decided.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Record 74 statements" })).toBeFocused();
  await press("Enter");

  await expect(page).toHaveURL(/\/dialogues\/pasted\?act=/);
  await expect(page.getByText(/74 statements recorded from a list/)).toBeVisible();
  await expect(rowsOf(page, "Participants")).toHaveCount(75);
  expect(pressed.length).toBeLessThan(40);
  const denmark = rowsOf(page, "Participants").filter({ hasText: "Denmark" });
  await expect(denmark).toContainText("Nordic countries");
  await expect(rowsOf(page, "Participants").filter({ hasText: "Rwanda" })).toContainText("own capacity");

  // The choice is remembered as another name of its actor.
  const { names } = await write.get<{ names: { name: string; source: string | null }[] }>("/actors/SVK");
  expect(names.find(({ name }) => name === "Sloveka")?.source).toBe(
    "Chosen for this spelling in a pasted list, dialogue of 6 Sep 2017",
  );

  const inTab = await page.context().newPage();
  await inTab.goto("/states/slovakia");
  await expect(rowsOf(inTab, "Names").filter({ hasText: "Sloveka" })).toHaveCount(1);
  await expect(inTab.getByText("Chosen for this spelling in a pasted list")).toBeVisible();

  await page.getByRole("button", { name: /^Undo/ }).click();
  await expect(page.getByText(/^Undone:/)).toBeVisible();
  await expect(rowsOf(page, "Participants")).toHaveCount(1);
});

test("a mistake loses nothing, somebody else and somebody new are typed in place, and every screen is clean", async ({
  browser,
}) => {
  await write.dialogue("pasted-again");
  let page = await pageOf(browser, "analyst");
  await page.goto("/dialogues/pasted-again/paste");
  await page.keyboard.insertText("1. Denmark\n2. Forum for Early Warning\n3. The Land of Oz\n4. Denmark\n5. Atlantis");
  await pressFor(page, "Shift+Enter", page.getByText("4 questions are open."));
  await axeClean(page);
  await page.setViewportSize({ width: 320, height: 700 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1280, height: 800 });

  await expect.poll(() => asked(page)).toContain("Forum for Early Warning");
  await page.keyboard.press("n");
  await expect(page.getByText(/^Draft saved ./)).toBeVisible();
  // The tab is gone; another goes on where it was.
  const context = page.context();
  await page.close();
  page = await context.newPage();
  await page.goto("/dialogues/pasted-again/paste");
  await page.getByRole("link", { name: "Go on with it" }).click();
  await expect(page.getByText("3 questions are open.")).toBeVisible();
  await expect(page.getByRole("radio", { name: /new on record/ }).first()).toBeChecked();
  await expect.poll(() => asked(page)).toContain("The Land of Oz");
  await page.keyboard.press("o");
  await page.keyboard.type("Korea");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Enter");
  await expect.poll(() => asked(page)).toContain("Denmark");
  await page.keyboard.press("1");
  await page.keyboard.press("d");
  await page.keyboard.press("Enter");

  await expect(refusalOf(page)).toContainText('"Korea" may mean');
  await expect(page.getByRole("radio", { name: /new on record/ }).first()).toBeChecked();
  await page.getByLabel("Somebody else, line 3").fill("Norway");
  await page.getByRole("button", { name: /^Record/ }).click();
  await expect(page.getByText(/4 statements recorded from a list/)).toBeVisible();
  await expect(rowsOf(page, "Participants")).toHaveCount(4);
  await expect(rowsOf(page, "Participants").filter({ hasText: "Forum for Early Warning" })).toContainText(
    "Civil society",
  );
  await expect(rowsOf(page, "Participants").filter({ hasText: "Norway" })).toHaveCount(1);
  await axeClean(page);
});

test("without JavaScript the same form reads, asks and records", async ({ browser }) => {
  await write.dialogue("pasted-plain");
  const page = await pageOf(browser, "analyst", { javaScriptEnabled: false });
  await page.goto("/dialogues/pasted-plain/paste");
  await page.getByLabel("The list").fill("Sweden (on behalf of Nordic)\nCongo\nMali\n");
  await page.getByRole("button", { name: "Read the list" }).click();
  await expect(rowsOf(page, "Lines of the list")).toHaveCount(3);
  await page.getByRole("button", { name: /^Record/ }).click();
  await expect(refusalOf(page)).toContainText('Line 2: choose who "Congo" is.');
  await page.getByLabel(/Democratic Republic of the Congo/).check();
  await page.getByRole("button", { name: /^Record/ }).click();
  await expect(rowsOf(page, "Participants")).toHaveCount(3);
});
