import { expect, type Page } from "@playwright/test";
import { test } from "../support/browser-test";
import { axeClean } from "../support/e2e";
import { changesOf, expectNoSidewaysScroll, pageOf, refusalOf, rowsOf } from "../support/signed-in";

/** A dialogue of this test alone, through the form. */
async function addDialogue(page: Page, { title, slug, day }: { title: string; slug: string; day: string }) {
  await page.goto("/dialogues/new");
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("First day").fill(day);
  await page.getByLabel("Address").fill(slug);
  await page.getByRole("button", { name: "Add the dialogue" }).click();
  await expect(page).toHaveURL(`/dialogues/${slug}`);
}

test("lists dialogues, the newest first, with numbers that open exactly their rows", async ({ browser }) => {
  const page = await pageOf(browser, "viewer");
  await page.goto("/dialogues");
  const rows = rowsOf(page, "Dialogues");
  const days = await rows.locator("td:first-child").allInnerTexts();
  const years = days.map((text) => Number(/\d{4}(?!.*\d{4})/.exec(text)?.[0]));
  expect(years).toEqual(years.toSorted((a, b) => b - a));

  const of2017 = rows.filter({ hasText: "Ninth informal interactive dialogue" });
  await expect(of2017).toContainText("7 of 73");
  await axeClean(page);
  for (const column of [-2, -1]) {
    await page.goto("/dialogues");
    const link = of2017.locator("td").nth(column).getByRole("link");
    const number = Number(await link.innerText());
    await link.click();
    await expect(page).toHaveURL(/kind=member_state/);
    await expect(page.locator("main tbody tr")).toHaveCount(number);
  }
});

test("keeps filters in the address, and says in words when nothing fits", async ({ browser }) => {
  const page = await pageOf(browser, "viewer");
  await page.goto("/dialogues");
  await page.getByRole("button", { name: "Kind: all" }).click();
  await page.getByRole("link", { name: "Informal interactive dialogue", exact: true }).click();
  await expect(page).toHaveURL("/dialogues?kind=informal_interactive_dialogue");
  await page.getByRole("searchbox", { name: "Find a dialogue" }).fill("2017");
  await page.getByRole("button", { name: "Find" }).click();
  await expect(page).toHaveURL(/kind=informal_interactive_dialogue&q=2017/);
  await expect(page.locator("tbody tr")).toHaveCount(1);
  await page.goto("/dialogues?q=no+such+dialogue");
  await expect(page.getByText("No dialogue fits these filters.")).toBeVisible();
  await page.getByRole("link", { name: "Show all dialogues" }).click();
  await expect(page).toHaveURL("/dialogues");
});

test("offers a reader no form, and refuses the address of one", async ({ browser }) => {
  const page = await pageOf(browser, "viewer");
  await page.goto("/dialogues");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Dialogues");
  await expect(page.getByRole("link", { name: "Add a dialogue" })).toHaveCount(0);
  for (const path of ["/dialogues/new", "/dialogues/unga-r2p-2017/edit"]) {
    expect((await page.goto(path))?.status()).toBe(403);
  }
});

test("adds a dialogue of two meetings without JavaScript, and keeps what was typed beside each error", async ({
  browser,
}) => {
  const page = await pageOf(browser, "analyst", { javaScriptEnabled: false });
  await page.goto("/dialogues/new");
  await page.getByLabel("Title").fill("Dialogue without a script");
  await page.getByLabel("Formal debate").check();
  await page.getByLabel("First day").fill("2031-03-05");
  await page.getByLabel("Last day").fill("2031-03-04");
  await page.getByLabel("Day of meeting 1").fill("2031-03-05");
  await page.getByRole("button", { name: "Add a meeting" }).click();
  await expect(page.getByLabel("Title")).toHaveValue("Dialogue without a script");
  await page.getByLabel("Day of meeting 2").fill("2031-03-06");
  await page.getByLabel("Name of meeting 2").fill("Closing day");
  await page.getByRole("button", { name: "Add the dialogue" }).click();

  const summary = refusalOf(page);
  await expect(summary).toContainText("The last day is before the first.");
  await expect(page.getByLabel("Last day")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Last day")).toHaveAccessibleDescription(/The last day is before the first/);
  await expect(page.getByLabel("Name of meeting 2")).toHaveValue("Closing day");
  await expect(page.getByLabel("Formal debate")).toBeChecked();

  await page.getByLabel("Last day").fill("2031-03-06");
  await page.getByRole("button", { name: "Add the dialogue" }).click();
  await expect(page).toHaveURL("/dialogues/dialogue-without-a-script-2031");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Dialogue without a script");
  await page.goto("/dialogues/dialogue-without-a-script-2031/edit");
  await expect(page.getByLabel("Name of meeting 1")).toHaveValue("First meeting");
  await expect(page.getByLabel("Name of meeting 2")).toHaveValue("Closing day");
});

test("is filled in and saved by keyboard alone", async ({ browser }) => {
  const page = await pageOf(browser, "analyst");
  await page.goto("/dialogues/new");
  await expect(page.getByLabel("Title")).toBeFocused();
  await axeClean(page);
  await page.keyboard.type("Dialogue by keyboard");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Informal interactive dialogue")).toBeFocused();
  await page.getByLabel("First day").fill("2032-05-06");
  await page.getByRole("button", { name: "Add a meeting" }).focus();
  await page.keyboard.press("Space");
  await expect(page.getByLabel("Day of meeting 2")).toBeVisible();
  await expect(page.getByLabel("Title")).toHaveValue("Dialogue by keyboard");
  await page.getByLabel("Number").focus();
  await page.keyboard.type("not a number");
  await page.keyboard.press("Shift+Enter");
  await expect(refusalOf(page)).toBeFocused();
  await axeClean(page);
  await page.getByLabel("Number").fill("12");
  await page.keyboard.press("Shift+Enter");
  await expect(page).toHaveURL("/dialogues/dialogue-by-keyboard-2032");
});

test("tells the second of two editors, shows both versions, and loses neither", async ({ browser }) => {
  test.slow();
  const first = await pageOf(browser, "analyst");
  await addDialogue(first, { title: "Edited twice", slug: "edited-twice", day: "2033-01-02" });
  for (const javaScriptEnabled of [true, false]) {
    const second = await pageOf(browser, "analyst", { javaScriptEnabled });
    await first.goto("/dialogues/edited-twice/edit");
    await second.goto("/dialogues/edited-twice/edit");
    const theirs = `Theirs ${javaScriptEnabled}`;
    const mine = `Mine ${javaScriptEnabled}`;
    await first.getByLabel("Title").fill(theirs);
    await first.getByLabel("Body").fill(`Security Council ${javaScriptEnabled}`);
    await first.getByRole("button", { name: "Save changes" }).click();
    await expect(first).toHaveURL("/dialogues/edited-twice");

    await second.getByRole("textbox", { name: "Title" }).fill("Half a thought");
    await second.getByRole("textbox", { name: "Note" }).fill(mine);
    await second.getByRole("button", { name: "Save changes" }).click();
    const notice = second.getByText("Somebody else changed this dialogue after you opened it.");
    await expect(notice).toBeVisible();
    await expect(second.getByRole("status")).toContainText(theirs);
    await expect(second.getByRole("status")).toContainText("Half a thought");
    await expect(second.getByRole("textbox", { name: "Note" })).toHaveValue(mine);
    if (javaScriptEnabled) await axeClean(second);
    for (const field of ["Title", "Body"]) {
      await second.getByRole("button", { name: `Take theirs: ${field}` }).click();
      await expect(second.getByRole("button", { name: `Take theirs: ${field}` })).toHaveCount(0);
    }
    await expect(second.getByRole("textbox", { name: "Title" })).toHaveValue(theirs);
    await second.getByRole("button", { name: "Save this version" }).click();
    await expect(second).toHaveURL("/dialogues/edited-twice");
    await expect(second.getByRole("heading", { level: 1 })).toHaveText(theirs);
    await first.goto("/dialogues/edited-twice/edit");
    await expect(first.getByLabel("Note")).toHaveValue(mine);
    await expect(first.getByLabel("Body")).toHaveValue(`Security Council ${javaScriptEnabled}`);
  }
});

test("tells the history field by field, in words", async ({ browser }) => {
  const page = await pageOf(browser, "analyst");
  await addDialogue(page, { title: "With a past", slug: "with-a-past", day: "2034-06-07" });
  await page.goto("/dialogues/with-a-past/edit");
  await page.getByLabel("First day").fill("2034-06-06");
  await page.getByLabel("Formal debate").check();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page).toHaveURL("/dialogues/with-a-past");
  await page.getByRole("link", { name: "History" }).click();

  const [newest, oldest] = [changesOf(page).first(), changesOf(page).last()];
  await expect(newest).toContainText("Analyst One revised the dialogue");
  await expect(newest).toContainText("from 7 Jun 2034 → to 6 Jun 2034");
  await expect(newest).toContainText("from informal interactive dialogue → to formal debate");
  await expect(oldest).toContainText("Analyst One recorded the dialogue");
  await oldest.getByText("What was recorded").click();
  await expect(oldest.getByText("With a past")).toBeVisible();
  await axeClean(page);
  await page.goto("/dialogues/unga-r2p-2017/history");
  await page.getByRole("link", { name: "Netherlands" }).first().click();
  await expect(page).toHaveURL(/\/dialogues\/unga-r2p-2017\/statements\//);
});

test("needs no sideways scrolling at 320 pixels", async ({ browser }) => {
  test.slow();
  const page = await pageOf(browser, "analyst");
  await page.setViewportSize({ width: 320, height: 800 });
  for (const path of [
    "/dialogues",
    "/dialogues/new",
    "/dialogues/unga-r2p-2009/edit",
    "/dialogues/unga-r2p-2017/history",
  ]) {
    await page.goto(path);
    await expectNoSidewaysScroll(page);
  }
  await axeClean(page);
});
