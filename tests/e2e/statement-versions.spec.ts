import { expect, type Locator, type Page } from "@playwright/test";
import { test } from "../support/browser-test";
import { axeClean } from "../support/e2e";
import { writer, type Writer } from "../support/e2e-record";
import { changesOf, pageOf, refusalOf, rowsOf } from "../support/signed-in";

let write: Writer;

test.beforeAll(async () => {
  write = await writer();
});

type Shown = { note: string | null; language: string | null; version: number; speaker: string; printed: string | null };

/** A statement on record, opened for revision in a browser with and in one without JavaScript. */
async function opened(slug: string, pages: Page[]): Promise<{ id: string; now: () => Promise<Shown> }> {
  await write.dialogue(slug);
  const { id } = await write.say(slug, { speaker: "DNK", note: "as it was", language: "en" });
  for (const page of pages) await page.goto(`/dialogues/${slug}/statements/${id}/edit`);
  return { id, now: () => write.get<Shown>(`/statements/${id}`) };
}

const save = (page: Page): Promise<void> => page.getByRole("button", { name: "Save changes" }).click();
const note = (page: Page): Locator => page.getByLabel("Note", { exact: true });
const language = (page: Page): Locator => page.getByLabel("Language", { exact: true });
const told = (page: Page): Locator => page.getByText("Somebody else changed this statement after you opened it.");

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "" : " without JavaScript";

  test(`two browsers revise one statement: the second is told, sees both, keeps theirs and mine${how}`, async ({
    browser,
  }) => {
    const first = await pageOf(browser, "analyst");
    const second = await pageOf(browser, "reviewer", { javaScriptEnabled });
    const { now } = await opened(`two-browsers-${javaScriptEnabled}`, [first, second]);
    await note(first).fill("theirs");
    await language(first).fill("fr");
    await save(first);
    await expect(first.getByRole("status")).toContainText("Saved. This is version 2");

    await note(second).fill("mine");
    await second.getByLabel("Name as the source prints it").fill("The Kingdom of Denmark");
    await save(second);
    await expect(told(second)).toBeInViewport();
    await expect(second.getByText("3 fields differ.")).toBeVisible();
    const difference = (label: string) =>
      second.getByRole("listitem").filter({ hasText: new RegExp(`^${label}Yours`) });
    await expect(difference("Note")).toContainText("YoursmineOn record nowtheirs");
    await expect(difference("Language")).toContainText("YoursenOn record nowfr");
    await expect(difference("Name as the source prints it")).toContainText(
      "YoursThe Kingdom of DenmarkOn record nownothing",
    );
    // Nothing of mine is lost, nothing of theirs is overwritten yet.
    await expect(note(second)).toHaveValue("mine");
    expect(await now()).toMatchObject({ note: "theirs", version: 2 });
    // axe is a script itself.
    if (javaScriptEnabled) await axeClean(second);

    await second.getByRole("button", { name: "Take theirs: Language" }).click();
    await expect(language(second)).toHaveValue("fr");
    await expect(note(second)).toHaveValue("mine");
    await expect(difference("Language")).toHaveCount(0);
    await second.getByRole("button", { name: "Save this version" }).click();
    await expect(second.getByRole("status")).toContainText("Saved. This is version 3");
    expect(await now()).toMatchObject({ note: "mine", language: "fr", printed: "The Kingdom of Denmark", version: 3 });
  });
}

test("a third change while the second reads is told again; leaving keeps what is on record", async ({ browser }) => {
  const [first, second] = [await pageOf(browser, "analyst"), await pageOf(browser, "reviewer")];
  const { id, now } = await opened("three-changes", [first, second]);
  await note(first).fill("theirs");
  await save(first);
  await note(second).fill("mine");
  await save(second);
  await expect(told(second)).toBeVisible();
  await first.goto(`/dialogues/three-changes/statements/${id}/edit`);
  await note(first).fill("theirs again");
  await save(first);
  await expect(first.getByRole("status")).toContainText("version 3");
  await second.getByRole("button", { name: "Save this version" }).click();
  await expect(second.getByText("theirs again")).toBeVisible();
  await expect(note(second)).toHaveValue("mine");
  await second.getByRole("link", { name: "Leave it as it is on record" }).click();
  await expect(second.getByRole("heading", { name: "Statement by Denmark" })).toBeVisible();
  expect(await now()).toMatchObject({ note: "theirs again", version: 3 });
});

test("a form of an old version cannot withdraw what somebody else has changed", async ({ browser }) => {
  const [first, second] = [await pageOf(browser, "analyst"), await pageOf(browser, "reviewer")];
  const { id, now } = await opened("old-withdrawal", [first]);
  await second.goto(`/dialogues/old-withdrawal/statements/${id}`);
  await note(first).fill("theirs");
  await save(first);
  await expect(first.getByRole("status")).toContainText("version 2");
  await second.getByText("Withdraw this statement").click();
  await second.getByLabel(/Why is Denmark's statement withdrawn/).fill("Twice");
  await second.getByRole("button", { name: "Withdraw the statement" }).click();
  await expect(refusalOf(second)).toBeFocused();
  await expect(refusalOf(second)).toContainText("Somebody changed this statement after you opened it.");
  await expect(second.getByLabel(/Why is Denmark's statement withdrawn/)).toHaveValue("Twice");
  expect(await now()).toMatchObject({ version: 2, withdrawn: null });
  await second.getByRole("button", { name: "Withdraw the statement" }).click();
  await expect(second.getByText("This statement is withdrawn and counts nowhere.")).toBeVisible();
});

test("withdrawn with a reason it leaves the numbers and the list; restored it is back in its place", async ({
  browser,
}) => {
  await write.dialogue("withdrawn-and-back");
  for (const speaker of ["CHN", "DNK", "FRA"]) await write.say("withdrawn-and-back", { speaker });
  const page = await pageOf(browser, "analyst");
  const headline = page.locator("#headline");
  await page.goto("/dialogues/withdrawn-and-back");
  await expect(headline).toContainText("3 member states");
  await page.getByRole("link", { name: "Denmark", exact: true }).click();
  await page.getByText("Withdraw this statement").click();
  await page.getByLabel(/Why is Denmark's statement withdrawn/).fill("Delivered on another day");
  await page.getByRole("button", { name: "Withdraw the statement" }).click();
  await expect(page.getByText(/UTC: Delivered on another day$/)).toBeVisible();
  const statement = page.url().replace(/\?.*/, "");

  await page.goto("/dialogues/withdrawn-and-back");
  await expect(headline).toContainText("2 member states");
  await expect(rowsOf(page, "Participants")).toHaveCount(2);
  await page.getByRole("link", { name: "1 withdrawn statement" }).click();
  await expect(rowsOf(page, "Participants")).toHaveCount(1);
  await expect(rowsOf(page, "Participants")).toContainText("Denmark");
  await page.goto(statement);
  await page.getByRole("button", { name: "Restore the statement" }).click();
  await expect(page.getByRole("status")).toContainText("Saved. This is version 3");
  await page.goto("/dialogues/withdrawn-and-back");
  await expect(headline).toContainText("3 member states");
  await expect(rowsOf(page, "Participants").nth(1)).toContainText("Denmark");
});

test("the history says who, when, from what to what, and leads back to an earlier version", async ({ browser }) => {
  const page = await pageOf(browser, "analyst");
  const { id, now } = await opened("with-history", [page]);
  await note(page).fill("as it became");
  await page.getByLabel("On behalf of others").check();
  await page.getByLabel("For whom 1", { exact: true }).fill("Nordic countries");
  await page.getByLabel("Finland").check();
  await save(page);
  await expect(page.getByRole("status")).toContainText("version 2");

  await page.getByRole("link", { name: "History", exact: true }).click();
  const drawer = page.getByRole("dialog", { name: "History of this statement" });
  await expect(drawer).toBeVisible();
  const [newest, oldest] = [changesOf(page).first(), changesOf(page).last()];
  await expect(newest).toContainText("Analyst One revised a statement");
  await expect(newest).toContainText(/\d{1,2} \w{3} \d{4}, \d{2}:\d{2}.* · version 2/);
  await expect(newest.locator("del").filter({ hasText: "as it was" })).toBeVisible();
  await expect(newest.locator("ins").filter({ hasText: "as it became" })).toBeVisible();
  await expect(newest).toContainText("own capacity");
  await expect(newest.locator("ins").filter({ hasText: "Nordic countries without Finland" })).toBeVisible();
  await expect(newest.getByRole("link", { name: "Go back to this version" })).toHaveCount(0);
  await axeClean(page);
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();
  await expect(page.getByRole("link", { name: "History", exact: true })).toBeFocused();

  await page.keyboard.press("Enter");
  await oldest.getByRole("link", { name: "Go back to this version" }).click();
  await expect(page.getByText(/Below is version 1, as Analyst One left it/)).toBeVisible();
  await expect(note(page)).toHaveValue("as it was");
  await expect(page.getByLabel("In own capacity")).toBeChecked();
  await save(page);
  await expect(page.getByRole("status")).toContainText("version 3");
  expect(await now()).toMatchObject({ note: "as it was", version: 3, represents: [{ basis: "own" }] });

  await page.goto("/dialogues/with-history/history");
  await expect(changesOf(page)).toHaveCount(4);
  await expect(changesOf(page).first()).toContainText("Analyst One revised a statement by Denmark");
  // Without JavaScript the button leads there too.
  const plain = await pageOf(browser, "viewer", { javaScriptEnabled: false });
  await plain.goto(`/dialogues/with-history/statements/${id}`);
  await plain.getByRole("link", { name: "History", exact: true }).first().click();
  await expect(changesOf(plain)).toHaveCount(4);
  await expect(plain.getByRole("link", { name: "Go back to this version" })).toHaveCount(0);
});
