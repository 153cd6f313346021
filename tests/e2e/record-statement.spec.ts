import { expect, type Locator, type Page } from "@playwright/test";
import { test } from "../support/browser-test";
import { signIn } from "../support/e2e";
import { writer, type Writer } from "../support/e2e-record";
import { keysOf, pageOf, pressFor, refusalOf, rowsOf } from "../support/signed-in";

let write: Writer;

test.beforeAll(async () => {
  write = await writer();
});

const headline = (page: Page): Locator => page.locator("#headline");
/** A field by its label; a star stands behind the label of one that is needed. */
const field = (page: Page, label: string): Locator => page.getByLabel(new RegExp(`^${label}( \\*)?$`));

/** The rows behind a number, opened as a reader does; then back. */
async function rowsBehind(page: Page, number: string): Promise<number> {
  await headline(page).getByRole("link", { name: number, exact: true }).click();
  await expect(page).not.toHaveURL(/\/dialogues\/[^/]+$/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  const rows = await page.locator("main tbody tr").count();
  await page.goBack();
  await expect(headline(page)).toBeVisible();
  return rows;
}

test("an analyst signs in, opens a dialogue, records a statement on behalf of a group and sees the sentence change", async ({
  page,
}) => {
  await signIn(page, "analyst");
  await page.goto("/dialogues");
  await page.getByRole("link", { name: /Fourth informal interactive dialogue/ }).click();
  await expect(headline(page)).toHaveText("11 member states delivered statements on behalf of 11 states.");
  expect([await rowsBehind(page, "11 member states"), await rowsBehind(page, "11 states")]).toEqual([11, 11]);

  await page.keyboard.press("n");
  await expect(page.getByRole("heading", { name: "Record a statement" })).toBeVisible();
  await expect(field(page, "Speaker")).toBeFocused();
  await field(page, "Speaker").fill("Sweden");
  await page.getByLabel("On behalf of others").check();
  await field(page, "For whom 1").fill("Nordic countries");
  await expect(page.getByText("5 members on that day.")).toBeVisible();
  await page.getByLabel("Finland").check();
  await page.getByRole("button", { name: "Record statement" }).click();

  await expect(page).toHaveURL(/\/dialogues\/unga-r2p-2012\?recorded=/);
  await expect(page.getByRole("status")).toContainText("Recorded: the statement by Sweden, number 20.");
  await expect(headline(page)).toHaveText("12 member states delivered statements on behalf of 15 states.");
  const row = rowsOf(page, "Participants").filter({ hasText: "Sweden" });
  await expect(row).toContainText("Nordic countries without Finland");
  await expect(row.getByRole("link", { name: "4 states" })).toBeVisible();
  expect([await rowsBehind(page, "12 member states"), await rowsBehind(page, "15 states")]).toEqual([12, 15]);

  await headline(page).getByRole("link", { name: "15 states" }).click();
  const denmark = page.getByRole("row", { name: /Denmark/ });
  await expect(denmark).toContainText("Nordic countries · statement by Sweden");
  await expect(page.getByRole("row", { name: /Finland/ })).toHaveCount(0);
  await denmark.getByRole("link", { name: "Sweden" }).click();
  await expect(page.getByRole("heading", { name: "Statement by Sweden" })).toBeVisible();
  await expect(rowsOf(page, "Whom the statement covers")).toHaveCount(4);
  await expect(page.getByText("Not covered: Finland (struck out).")).toBeVisible();

  // As it was, for whoever reads it next.
  await page.getByText("Withdraw this statement").click();
  await page.getByLabel(/Why is Sweden's statement withdrawn/).fill("Recorded to see how it is done");
  await page.getByRole("button", { name: "Withdraw the statement" }).click();
  await expect(page.getByText("This statement is withdrawn and counts nowhere.")).toBeVisible();
});

test("the same without JavaScript, with an error on the way", async ({ browser }) => {
  await write.dialogue("without-script");
  const page = await pageOf(browser, "analyst", { javaScriptEnabled: false });
  await page.goto("/dialogues/without-script");
  await expect(headline(page)).toHaveText("No counted statement is on record yet.");
  await page.getByRole("link", { name: /Add statement/ }).click();
  await field(page, "Speaker").fill("Denmarkk");
  await page.getByLabel("On behalf of others").check();
  await field(page, "For whom 1").fill("nordic countries");
  await expect(page.getByText("5 members on that day.")).toHaveCount(0);
  await page.getByRole("button", { name: "Add another" }).click();
  // The page comes back with the members of what was typed, and one row more.
  await expect(page.getByText("5 members on that day.")).toBeVisible();
  await expect(field(page, "Speaker")).toHaveValue("Denmarkk");
  await page.getByLabel("Finland").check();
  await field(page, "For whom 2").fill("Estonia");
  await page.getByLabel("Basis 2").selectOption("on behalf of a named actor");
  await page.getByText("Person, printed name, source, note").click();
  await field(page, "Note").fill("Two lines,\nthe second.");
  await page.getByRole("button", { name: "Record statement" }).click();

  await expect(refusalOf(page)).toContainText('Nobody on record is called "Denmarkk".');
  await expect(field(page, "Speaker")).toHaveAttribute("aria-invalid", "true");
  await expect(field(page, "Speaker")).toHaveValue("Denmarkk");
  await expect(page.getByLabel("On behalf of others")).toBeChecked();
  await expect(page.getByLabel("Finland")).toBeChecked();
  await expect(field(page, "For whom 2")).toHaveValue("Estonia");
  await expect(page.getByLabel("Basis 2")).toHaveValue("named");
  await expect(field(page, "Note")).toHaveValue("Two lines,\nthe second.");
  await refusalOf(page).getByRole("link").click();
  await expect(field(page, "Speaker")).toBeFocused();

  await field(page, "Speaker").fill("Denmark");
  // Enter in a field saves, as in every form without JavaScript; it never presses another button.
  await field(page, "Speaker").press("Enter");
  await expect(page).toHaveURL(/\/dialogues\/without-script\?recorded=/);
  await expect(headline(page)).toHaveText("1 member state spoke on behalf of 5 states.");
  expect(await rowsBehind(page, "5 states")).toBe(5);
  await rowsOf(page, "Participants").getByRole("link", { name: "5 states" }).click();
  await expect(page.getByText("Two lines,").filter({ visible: true })).toHaveText("Two lines,\nthe second.", {
    useInnerText: true,
  });
  await expect(rowsOf(page, "Whom the statement covers")).toHaveCount(5);

  await page.getByRole("link", { name: "Revise" }).click();
  await expect(field(page, "Speaker")).toHaveValue("Denmark");
  await expect(page.getByLabel("Finland")).toBeChecked();
  await page.getByLabel("Finland").uncheck();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("status")).toContainText("Saved. This is version 2");
  await page.getByText("Withdraw this statement").click();
  await page.getByRole("button", { name: "Withdraw the statement" }).click();
  await page.getByLabel(/Why is Denmark's statement/).fill("Twice");
  await page.getByRole("button", { name: "Withdraw the statement" }).click();
  await page.getByRole("button", { name: "Restore the statement" }).click();
  await expect(page.getByRole("status")).toContainText("Saved. This is version 4");
});

test("errors stand under their fields, the first is a link away, and nothing that was typed is lost", async ({
  browser,
}) => {
  await write.dialogue("with-errors");
  const page = await pageOf(browser, "analyst");
  await page.goto("/dialogues/with-errors/statements/new");
  await field(page, "Speaker").fill("Korea");
  await page.getByLabel("Both").check();
  await field(page, "For whom 1").fill("Group of Friends");
  await page.getByRole("button", { name: "Add another" }).click();
  await field(page, "For whom 2").fill("Norway");
  await field(page, "Language").fill("English");
  await field(page, "Place in the order").fill("last");
  await page.getByText("Person, printed name, source, note").click();
  await field(page, "Note").fill("typed");
  await page.getByRole("button", { name: "Record statement" }).click();

  const summary = refusalOf(page);
  await expect(summary).toBeFocused();
  await expect(summary.getByRole("link")).toHaveCount(2);
  await expect(field(page, "Note")).toHaveValue("typed");
  await expect(field(page, "Language")).toHaveAttribute("aria-invalid", "true");
  await field(page, "Language").fill("en");
  await field(page, "Place in the order").fill("1");
  await page.getByRole("button", { name: "Record statement" }).click();
  await expect(summary.getByRole("link")).toHaveText([
    /"Korea" may mean .+ or .+\. Type the code of the one you mean\./,
  ]);
  await field(page, "Speaker").fill("KOR");
  await page.getByRole("button", { name: "Record statement" }).click();
  await expect(page.getByText("Norway is not a group or regional organization.")).toHaveCount(2);
  await expect(field(page, "For whom 2")).toHaveValue("Norway");
  await page.getByLabel("Basis 2").selectOption("an actor aligned itself");
  await page.getByRole("button", { name: "Record statement" }).click();
  await expect(page).toHaveURL(/recorded=/);
  await expect(rowsOf(page, "Participants")).toContainText(
    "own capacity; Group of Friends of the Responsibility to Protect; aligned: Norway",
  );
});

test("a group without members that day is recorded, and the page says that it covers nobody", async ({ browser }) => {
  await write.dialogue("before-the-union", { startsOn: "1950-01-01" });
  const page = await pageOf(browser, "analyst");
  await page.goto("/dialogues/before-the-union/statements/new");
  await field(page, "Speaker").fill("FRA");
  await page.getByLabel("Both").check();
  await field(page, "For whom 1").fill("EU");
  await expect(page.getByText("No member is on record on that day")).toBeVisible();
  await page.getByRole("button", { name: "Record statement" }).click();
  const warning = page
    .getByRole("status")
    .filter({ hasText: "European Union has no members on record on 1 Jan 1950." });
  await expect(warning).toBeVisible();
  await page.getByRole("link", { name: "Open it" }).click();
  await expect(warning).toBeVisible();
});

test("wholly by keyboard: Enter moves on, Shift+Enter saves, nothing is sent by accident", async ({ browser }) => {
  await write.dialogue("wholly-by-keyboard", {
    endsOn: "2017-09-07",
    meetings: [{ date: "2017-09-06" }, { date: "2017-09-07" }],
  });
  const page = await pageOf(browser, "analyst");
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST" && !request.url().endsWith("/api/drafts")) sent.push(request.url());
  });
  const { keyboard } = page;
  await page.goto("/dialogues/wholly-by-keyboard");
  await pressFor(page, "?", keysOf(page));
  await keyboard.press("Escape");
  await keyboard.press("/");
  await expect(page.getByLabel("Search the record")).toBeFocused();
  await keyboard.press("Escape");
  await page.getByRole("heading", { level: 1 }).click();
  await keyboard.press("f");
  await expect(page.getByLabel("Find a participant")).toBeFocused();
  // Typing is typing, not a command.
  await keyboard.type("n?/");
  await expect(page.getByLabel("Find a participant")).toHaveValue("n?/");
  await page.getByLabel("Find a participant").fill("");
  await page.getByRole("button", { name: "Find" }).focus();
  await keyboard.press("n");
  await expect(page).toHaveURL("/dialogues/wholly-by-keyboard/statements/new");

  await expect(field(page, "Speaker")).toBeFocused();
  await keyboard.type("den");
  await expect(page.getByRole("option", { name: "Denmark DNK" })).toHaveAttribute("aria-selected", "true");
  await keyboard.press("Enter");
  await expect(field(page, "Speaker")).toHaveValue("Denmark");
  await expect(page.getByLabel("In own capacity")).toBeFocused();
  await keyboard.press("ArrowDown");
  await expect(page.getByLabel("On behalf of others")).toBeChecked();
  await keyboard.press("Enter");
  await expect(page.getByLabel("Basis 1")).toBeFocused();
  await keyboard.press("Enter");
  await expect(field(page, "For whom 1")).toBeFocused();
  await keyboard.type("nordic");
  await keyboard.press("Enter");
  await expect(field(page, "For whom 1")).toHaveValue("Nordic countries");
  // The boxes are one stop: Space strikes out, arrows and Tab go among them, Enter leaves.
  await expect(page.getByLabel("Denmark")).toBeFocused();
  await keyboard.press("Tab");
  await keyboard.press("Space");
  await expect(page.getByLabel("Finland")).toBeChecked();
  await keyboard.press("Enter");
  await expect(page.getByLabel("Role")).toBeFocused();
  await keyboard.type("Joint");
  await keyboard.press("Enter");
  await expect(page.getByLabel("Meeting")).toBeFocused();
  await keyboard.press("Enter");
  await expect(field(page, "Language")).toBeFocused();
  await keyboard.type("en");
  for (const next of ["Place in the order", "Record statement"]) {
    await keyboard.press("Enter");
    await expect(
      next === "Record statement" ? page.getByRole("button", { name: next }) : field(page, next),
    ).toBeFocused();
  }
  expect(sent).toEqual([]);
  await field(page, "Speaker").focus();
  await keyboard.press("Shift+Enter");
  await expect(page).toHaveURL(/recorded=/);
  await expect(rowsOf(page, "Participants")).toContainText("Nordic countries without Finland");
  await expect(rowsOf(page, "Participants")).toContainText("Joint");
  expect(sent).toHaveLength(1);
});

test("a second press while the first is on its way records nothing twice", async ({ browser }) => {
  await write.dialogue("pressed-twice");
  const page = await pageOf(browser, "analyst");
  await page.goto("/dialogues/pressed-twice/statements/new");
  await field(page, "Speaker").fill("Denmark");
  await page.getByRole("button", { name: "Record statement" }).dblclick();
  await expect(page).toHaveURL(/recorded=/);
  await expect(rowsOf(page, "Participants")).toHaveCount(1);
});

test("the members are those of the chosen meeting's day", async ({ browser }) => {
  await write.dialogue("two-days", {
    startsOn: "2013-06-30",
    endsOn: "2013-07-01",
    meetings: [{ date: "2013-06-30" }, { date: "2013-07-01" }],
  });
  const page = await pageOf(browser, "analyst");
  await page.goto("/dialogues/two-days/statements/new");
  await field(page, "Speaker").fill("European Union");
  await page.getByLabel("On behalf of others").check();
  await field(page, "For whom 1").fill("European Union");
  await expect(page.getByText("27 members on that day.")).toBeVisible();
  await page.getByLabel("Meeting").selectOption({ label: "1 Jul 2013 · Second meeting" });
  await expect(page.getByText("28 members on that day.")).toBeVisible();
  await page.getByLabel("Croatia").check();
  await page.getByRole("button", { name: "Record statement" }).click();
  await expect(headline(page)).toHaveText("The European Union spoke on behalf of 27 states.");
});

test("a reader is offered no form, and is refused at its address", async ({ browser }) => {
  const page = await pageOf(browser, "viewer");
  await page.goto("/dialogues/unga-r2p-2012");
  await expect(page.getByRole("link", { name: /Add statement/ })).toHaveCount(0);
  await page.keyboard.press("n");
  await expect(page).toHaveURL("/dialogues/unga-r2p-2012");
  expect((await page.goto("/dialogues/unga-r2p-2012/statements/new"))?.status()).toBe(403);
  await page.goto("/dialogues/unga-r2p-2012");
  await rowsOf(page, "Participants").first().getByRole("link").first().click();
  await expect(page.getByRole("heading", { name: /Statement by/ })).toBeVisible();
  await expect(page.getByRole("link", { name: "Revise" })).toHaveCount(0);
  await expect(page.getByText("Withdraw this statement")).toHaveCount(0);
  expect((await page.goto(`${page.url()}/edit`))?.status()).toBe(403);
});
