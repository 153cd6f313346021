import { expect, type Locator, type Page } from "@playwright/test";
import { test } from "../support/browser-test";
import { axeClean } from "../support/e2e";
import { writer, type Writer } from "../support/e2e-record";
import { expectNoSidewaysScroll, pageOf, rowsOf } from "../support/signed-in";

let write: Writer;

test.beforeAll(async () => {
  write = await writer();
});

const field = (page: Page, label: string): Locator => page.getByLabel(new RegExp(`^${label}( \\*)?$`));
const kept = (page: Page): Locator => page.getByText(/^Draft saved (just now|\d+ s ago)$/);

test("what was typed outlives the tab that is killed, and goes when it is saved", async ({ browser }) => {
  await write.dialogue("killed-tab");
  const page = await pageOf(browser, "analyst");
  const context = page.context();
  await page.goto("/dialogues/killed-tab/statements/new");
  await field(page, "Speaker").fill("Denmark");
  await page.getByLabel("On behalf of others").check();
  await field(page, "For whom 1").fill("Nordic countries");
  await page.getByLabel("Finland").check();
  await expect(kept(page)).toBeVisible();
  await axeClean(page);
  await page.close({ runBeforeUnload: false });

  const again = await context.newPage();
  await again.goto("/dialogues/killed-tab/statements/new");
  await expect(again.getByText(/^You have an unsaved draft of \d+ \w+ \d+, \d+:\d+ UTC\.$/)).toBeVisible();
  await expect(field(again, "Speaker")).toHaveValue("");
  await axeClean(again);
  await again.setViewportSize({ width: 320, height: 700 });
  await expectNoSidewaysScroll(again);
  // What is typed beside an offered draft never takes its place.
  await field(again, "Speaker").fill("Norway");
  await expect(again.getByText("Decide about the draft above first")).toBeVisible();
  await field(again, "Speaker").fill("");
  await again.getByRole("link", { name: "Go on with it" }).click();
  await expect(field(again, "Speaker")).toHaveValue("Denmark");
  await expect(again.getByLabel("Finland")).toBeChecked();
  await expect(field(again, "For whom 1")).toHaveValue("Nordic countries");
  await again.getByRole("button", { name: "Record statement" }).click();
  await expect(again).toHaveURL(/recorded=/);
  await expect(rowsOf(again, "Participants")).toContainText("Nordic countries without Finland");
  await again.goto("/dialogues/killed-tab/statements/new");
  await expect(field(again, "Speaker")).toHaveValue("");
  await expect(again.getByText("You have an unsaved draft")).toHaveCount(0);
});

test("leaving with something typed is asked about; a draft that is kept is on the account page, and can be discarded", async ({
  browser,
}) => {
  await write.dialogue("leave-guard");
  const page = await pageOf(browser, "analyst");
  await page.goto("/dialogues/leave-guard/statements/new");
  // Nothing typed, nothing asked.
  await page.getByRole("link", { name: "Cancel" }).click();
  await expect(page).toHaveURL("/dialogues/leave-guard");
  await page.goto("/dialogues/leave-guard/statements/new");
  await field(page, "Speaker").fill("Icel");
  await page.getByRole("link", { name: "Cancel" }).click();
  const question = page.getByRole("dialog", { name: "Leave without saving?" });
  await expect(question).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(field(page, "Speaker")).toHaveValue("Icel");
  await page.getByRole("link", { name: "Cancel" }).click();
  await question.getByRole("button", { name: "Leave, keep the draft" }).click();
  await expect(page).toHaveURL("/dialogues/leave-guard");

  await page.goto("/account");
  const row = rowsOf(page, "Drafts").filter({ hasText: "New statement, Dialogue leave-guard" });
  await expect(row).toHaveCount(1);
  await axeClean(page);
  await row.getByRole("link").click();
  await expect(field(page, "Speaker")).toHaveValue("Icel");
  await page.goto("/account");
  await row.getByRole("button", { name: /Discard/ }).click();
  await expect(row).toHaveCount(0);
});

test("what was typed and chosen before the scripts of the page came is kept too", async ({ browser }) => {
  await write.dialogue("typed-early");
  const page = await pageOf(browser, "analyst");
  let come = (): void => {};
  const slow = new Promise<void>((resolve) => (come = resolve));
  await page.route("**/*.js", async (route) => {
    await slow;
    await route.continue();
  });
  await page.goto("/dialogues/typed-early/statements/new", { waitUntil: "commit" });
  await field(page, "Speaker").fill("Icel");
  await field(page, "Role").selectOption("opening");
  come();
  await expect(kept(page)).toBeVisible();
  await expect(field(page, "Speaker")).toHaveValue("Icel");
  await page.getByRole("link", { name: "Cancel" }).click();
  await expect(page.getByRole("dialog", { name: "Leave without saving?" })).toBeVisible();
});

test("a draft of a record that was changed since says so, and saving shows both versions", async ({ browser }) => {
  await write.dialogue("changed-since");
  const { id } = await write.say("changed-since", { speaker: "DNK" });
  const page = await pageOf(browser, "analyst");
  const path = `/dialogues/changed-since/statements/${id}/edit`;
  await page.goto(path);
  await page.getByText("Person, printed name, source, note").click();
  await field(page, "Note").fill("Typed before the change");
  await expect(kept(page)).toBeVisible();
  await write.revise(id, 1, { language: "fr" });

  await page.goto(path);
  await expect(page.getByText("The record was changed after you began")).toBeVisible();
  await page.getByRole("link", { name: "Go on with it" }).click();
  await expect(field(page, "Note")).toHaveValue("Typed before the change");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Somebody else changed this statement after you opened it.")).toBeVisible();
  await page.getByRole("button", { name: "Take theirs: Language" }).click();
  await page.getByRole("button", { name: "Save this version" }).click();
  await expect(page.getByText("Saved. This is version 3")).toBeVisible();
  expect(await write.get(`/statements/${id}`)).toMatchObject({ language: "fr", note: "Typed before the change" });
});

test("text typed after the session ended survives signing in again", async ({ browser }) => {
  await write.dialogue("session-ended");
  const later = await pageOf(browser, "analyst");
  await later.clock.install();
  await later.goto("/dialogues/session-ended/statements/new");
  await expect(later.getByText("You are signed out at")).toHaveCount(0);
  // Fourteen days after signing in, but for a quarter of an hour.
  await later.clock.fastForward(14 * 24 * 3600_000 - 15 * 60_000);
  await expect(later.getByText("You are signed out at")).toBeVisible();

  const page = await pageOf(browser, "analyst");
  await page.goto("/dialogues/session-ended/statements/new");
  const cookies = await page.context().cookies();
  await page.context().clearCookies();
  await field(page, "Speaker").fill("Sweden");
  await expect(page.getByText("Sign in again in another tab")).toBeVisible();
  await page.goto("/sign-in");
  // Signed in again in this window.
  await page.context().addCookies(cookies);
  await page.goto("/dialogues/session-ended/statements/new");
  await expect(field(page, "Speaker")).toHaveValue("Sweden");
  await expect(page.getByText("This is your draft of")).toBeVisible();
});
