import { expect, type Locator, type Page } from "@playwright/test";
import { test } from "../support/browser-test";
import { axeClean } from "../support/e2e";
import { writer, type Writer } from "../support/e2e-record";
import { expectNoSidewaysScroll, keysOf, pageOf, refusalOf, rowsOf } from "../support/signed-in";

let write: Writer;

test.beforeAll(async () => {
  write = await writer();
});

const TEXT = [
  "Mr. President, my delegation thanks you for convening this dialogue. We welcome the report.",
  "We support the inclusion of the responsibility to protect on the formal agenda of this Assembly. We will work for it.",
  "We call on the permanent members to refrain from using the veto. We recall the scope agreed in 2005.",
].join("\n\n");
const AGENDA = "We support the inclusion of the responsibility to protect on the formal agenda of this Assembly.";
const WHY = "Known from a summary by others; the words are not stored.";

type Coded = { version: number; memo: string | null; data: Said[] };
type Said = { issue: string; kind: string; value: string | null; quote: string | null; note: string | null };

/** A dialogue with statements to code, the first of them with a text. */
async function toCode(slug: string, speakers: string[]): Promise<string[]> {
  await write.dialogue(slug);
  const ids: string[] = [];
  for (const speaker of speakers) ids.push((await write.say(slug, { speaker, language: "en" })).id);
  await write.put(`/statements/${ids[0]}/text`, { language: "en", text: TEXT });
  return ids.map((id) => `/dialogues/${slug}/statements/${id}/coding`);
}

const idOf = (path: string): string => path.split("/")[4] ?? "";
const coded = (path: string): Promise<Coded> => write.get<Coded>(`/statements/${idOf(path)}/positions`);
const card = (page: Page, issue: string): Locator => page.getByRole("region", { name: issue, exact: true });
const choice = (page: Page, issue: string, value: string): Locator =>
  card(page, issue).getByRole("radio", { name: value, exact: true });
const quotation = (page: Page, issue: string): Locator => card(page, issue).getByLabel("Quotation", { exact: true });
const kept = (page: Page): Locator => page.getByText(/^Draft saved (just now|\d+ s ago)$/);

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Goes to the card of an issue by its key. */
async function goTo(page: Page, issue: string): Promise<void> {
  for (let step = 0; step < 30; step += 1) {
    const active = page.locator('[aria-current="true"]');
    if ((await active.getByRole("heading").textContent()) === issue) return;
    await page.keyboard.press("j");
  }
}

test("three issues are coded without a mouse, with a quotation that the keyboard chose; then the next statement", async ({
  browser,
}) => {
  const [first = "", second = ""] = await toCode("by-keyboard", ["DNK", "SWE"]);
  const page = await pageOf(browser, "analyst");
  await page.goto("/coding");
  await axeClean(page);
  await page.goto("/dialogues/by-keyboard/coding");
  await expect(page.getByText("0 of 2 statements coded.")).toBeVisible();
  await axeClean(page);
  await press(page, "n");
  await expect(page).toHaveURL(first);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Denmark");

  await goTo(page, "Formal agenda item");
  await press(page, "1", "s", "ArrowDown", "ArrowDown", "q");
  await expect(choice(page, "Formal agenda item", "Supports")).toBeChecked();
  await expect(quotation(page, "Formal agenda item")).toHaveValue(AGENDA);
  await expect(card(page, "Formal agenda item")).toContainText("Paragraph 2 · found verbatim in the source");
  // What the chosen value means is in view.
  await expect(card(page, "Formal agenda item")).toContainText("Asks for, welcomes or votes for the inclusion.");

  await goTo(page, "Veto restraint");
  // From the last quotation on: a sentence, with Shift the one after it too, then one less.
  await press(page, "2", "s", "ArrowDown", "Shift+ArrowDown", "Shift+ArrowUp", "q", "n");
  // A letter is a letter in a field.
  await page.keyboard.type("j 5 q 0");
  await expect(card(page, "Veto restraint").getByLabel("Note")).toHaveValue("j 5 q 0");
  await expect(choice(page, "Veto restraint", "Conditional")).toBeChecked();
  await press(page, "Tab", "Tab");

  await goTo(page, "Responsibility while protecting");
  await press(page, "m");
  await expect(card(page, "Responsibility while protecting").getByLabel(/^Kind/)).toHaveValue("mention");
  await expect(page.getByText("3 of 29 issues coded · 26 undecided: submitted as not addressed")).toBeVisible();
  await expect(kept(page)).toBeVisible();
  await axeClean(page);
  await press(page, "?");
  await expect(keysOf(page)).toContainText("Next issue");
  await press(page, "Escape", "Shift+Enter");

  await expect(page).toHaveURL(`${second}?coded=${idOf(first)}`);
  await expect(page.getByRole("status")).toContainText("Submitted: Denmark, 3 positions. 1 of 2 statements");
  const { data } = await coded(first);
  expect(data.map(({ issue, kind, value, quote, note }) => [issue, kind, value, quote, note])).toEqual([
    ["formal_agenda", "position", "support", AGENDA, null],
    [
      "veto_restraint",
      "position",
      "conditional",
      "We call on the permanent members to refrain from using the veto.",
      "j 5 q 0",
    ],
    ["responsibility_while_protecting", "mention", null, null, null],
  ]);

  // A statement without a text says so, and is coded with a reason; errors stand in the card that they are about.
  await expect(page.getByText("This statement has no text yet.")).toBeVisible();
  await goTo(page, "Formal agenda item");
  await press(page, "5", "Shift+Enter");
  await expect(refusalOf(page)).toBeVisible();
  await expect(card(page, "Formal agenda item")).toContainText("Quote the words that say so");
  await card(page, "Formal agenda item").getByLabel("Or why there is no quotation").fill(WHY);
  await press(page, "Shift+Enter");
  await expect(page.getByText("Coding", { exact: true }).first()).toBeVisible();
  await expect(page.getByText("Submitted.")).toBeVisible();

  await page.goto("/dialogues/by-keyboard/coding?status=coded");
  await expect(rowsOf(page, "Coding of the statements")).toHaveCount(2);
  await page.goto("/dialogues/by-keyboard");
  await expect(rowsOf(page, "Participants").first().getByRole("link", { name: "Coded" })).toBeVisible();
  await page.goto(first.replace(/\/coding$/, ""));
  const said = rowsOf(page, "Positions").filter({ hasText: "Formal agenda item" });
  await expect(said).toContainText("Supports");
  await axeClean(page);
  await said.getByRole("link", { name: /Paragraph 2/ }).click();
  await expect(page.locator("mark[data-shown]")).toHaveText(AGENDA);
  await page.goto("/states/DNK#positions");
  await expect(rowsOf(page, "Latest positions").filter({ hasText: "Formal agenda item" })).toContainText("Supports");
  await axeClean(page);
});

test("a coding outlives the tab that is killed", async ({ browser }) => {
  const [path = ""] = await toCode("desk-killed", ["DNK"]);
  const page = await pageOf(browser, "analyst");
  const context = page.context();
  await page.goto(path);
  // As fast as keys can come: each acts on the issue that the one before it went to.
  await press(page, "j", "0", "j", "0");
  await expect(choice(page, "2005 agreement is settled", "Not addressed")).toBeChecked();
  await expect(choice(page, "Definition and consensus", "Not addressed")).toBeChecked();
  await expect(choice(page, "R2P as a principle", "Not addressed")).not.toBeChecked();
  await goTo(page, "Formal agenda item");
  await press(page, "1", "s", "ArrowDown", "ArrowDown", "q");
  await expect(quotation(page, "Formal agenda item")).toHaveValue(AGENDA);
  await goTo(page, "Standing agenda item");
  await press(page, "0");
  await expect(kept(page)).toBeVisible();
  await page.close({ runBeforeUnload: false });

  const again = await context.newPage();
  await again.goto(path);
  await again.getByRole("link", { name: "Go on with it" }).click();
  await expect(choice(again, "Formal agenda item", "Supports")).toBeChecked();
  await expect(quotation(again, "Formal agenda item")).toHaveValue(AGENDA);
  await expect(choice(again, "Standing agenda item", "Not addressed")).toBeChecked();
  await again.setViewportSize({ width: 320, height: 700 });
  await expectNoSidewaysScroll(again);
  await axeClean(again);
  await again.getByRole("button", { name: "Submit", exact: true }).click();
  await expect(again).toHaveURL(/coded=/);
  expect((await coded(path)).data).toMatchObject([{ issue: "formal_agenda", value: "support", quote: AGENDA }]);
});

test("somebody coded the statement meanwhile: both are shown issue by issue; theirs is taken, mine is kept", async ({
  browser,
}) => {
  const [path = ""] = await toCode("desk-stale", ["DNK"]);
  const page = await pageOf(browser, "analyst");
  await page.goto(path);
  await goTo(page, "Formal agenda item");
  await press(page, "2", "s", "ArrowDown", "ArrowDown", "q");
  await expect(quotation(page, "Formal agenda item")).toHaveValue(AGENDA);
  await write.put(`/statements/${idOf(path)}/positions`, [
    { issue: "formal_agenda", value: "support", quote: AGENDA },
    { issue: "veto_restraint", value: "mixed", noQuoteReason: WHY },
  ]);
  await press(page, "Shift+Enter");
  await expect(page.getByText("Somebody else changed this coding after you opened it.")).toBeVisible();
  await axeClean(page);
  await page.getByRole("button", { name: "Take theirs: Veto restraint" }).click();
  await expect(choice(page, "Veto restraint", "Mixed")).toBeChecked();
  await page.getByRole("button", { name: "Submit this version" }).click();
  await expect(page).toHaveURL(/coded=/);
  const { version, data } = await coded(path);
  expect([version, data.map(({ issue, value }) => [issue, value])]).toEqual([
    2,
    [
      ["formal_agenda", "conditional"],
      ["veto_restraint", "mixed"],
    ],
  ]);
});

test("without JavaScript the desk is a plain form", async ({ browser }) => {
  const [path = ""] = await toCode("desk-plain", ["DNK", "SWE"]);
  await write.put(`/statements/${idOf(path)}/text?kind=translation&language=fr`, { text: "Nous vous remercions." });
  const page = await pageOf(browser, "analyst", { javaScriptEnabled: false });
  await page.goto(path);
  await expect(page.getByRole("article", { name: "Text" })).toContainText(AGENDA);
  // A statement with several texts is coded from the one that is chosen.
  await page.getByRole("button", { name: "Translation, fr" }).click();
  await expect(page.getByRole("article", { name: "Text" })).toContainText("Nous vous remercions.");
  await page.getByRole("button", { name: "As delivered, en" }).click();
  await choice(page, "Formal agenda item", "Supports").check();
  await quotation(page, "Formal agenda item").fill("We support the exclusion");
  await page.getByLabel("Memo about the statement as a whole").fill("Read once.");
  await page.getByRole("button", { name: "Submit", exact: true }).click();
  await expect(refusalOf(page)).toBeVisible();
  await expect(card(page, "Formal agenda item")).toContainText("These words are in none of the statement's texts.");
  await expect(page.getByLabel("Memo about the statement as a whole")).toHaveValue("Read once.");
  await quotation(page, "Formal agenda item").fill(AGENDA);
  await card(page, "Formal agenda item").getByRole("button", { name: "Code another kind here" }).click();
  await card(page, "Formal agenda item").getByLabel("Kind: Formal agenda item, coding 2").selectOption("signature");
  await page.getByRole("button", { name: "Submit", exact: true }).click();
  await expect(page.getByText("Submitted.")).toBeVisible();
  const { memo, data } = await coded(path);
  expect([memo, data.map(({ kind, value }) => [kind, value])]).toEqual([
    "Read once.",
    [
      ["position", "support"],
      ["signature", null],
    ],
  ]);
});

// Last, and in this file: a version that is published while somebody codes is told to who submits.
test("a reviewer drafts, sees what a change does to codings, puts it back and publishes; the old version can be shown", async ({
  browser,
}) => {
  const page = await pageOf(browser, "reviewer");
  await page.goto("/codebook");
  await expect(page.getByText("Version 1, published")).toBeVisible();
  await axeClean(page);
  await page.getByRole("button", { name: "Draft a new version" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Draft of version 2");
  await axeClean(page);

  await page.getByRole("link", { name: "Joint office of the Special Advisers" }).click();
  const title = page.getByRole("textbox", { name: "Title", exact: true });
  await title.fill("Joint office");
  await title.press("Shift+Enter");
  const changes = rowsOf(page, "What the draft changes");
  await expect(changes).toContainText(["Renamed"]);
  await expect(changes.first().getByRole("link", { name: /coding/ })).toHaveText("5 codings");

  await page.getByRole("link", { name: "Veto restraint" }).click();
  await page.getByRole("link", { name: "Split it into several issues" }).click();
  await axeClean(page);
  await page.getByLabel("Title of part 1").fill("Typed before the tab died");
  await expect(page.getByText(/^Draft saved/).first()).toBeVisible();
  await page.reload();
  await page.getByRole("link", { name: "Go on with it" }).click();
  await expect(page.getByLabel("Title of part 1")).toHaveValue("Typed before the tab died");
  for (const [part, code] of [
    [1, "veto_restraint_call"],
    [2, "veto_restraint_pledge"],
  ] as const) {
    await page.getByLabel(`Title of part ${part}`).fill(code.replaceAll("_", " "));
    await page.getByLabel(`Code of part ${part}`).fill(code);
  }
  await page.getByRole("button", { name: "Split it" }).click();
  await expect(changes).toHaveCount(3);
  await page.getByRole("button", { name: "Put Veto restraint back" }).click();
  await expect(changes).toHaveCount(1);

  await page.getByLabel(/^What this version changes/).fill("A shorter title.");
  await page.getByRole("button", { name: "Publish version 2" }).click();
  await expect(page.getByText("Version 2, published")).toBeVisible();
  await page.goto("/codebook/joint_office?codebook=1");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Joint office of the Special Advisers");
  await expect(rowsOf(page, "Codings")).toHaveCount(5);
  await page.getByRole("link", { name: "Version 2", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Joint office");

  // Under version 1 every page calls the issue what version 1 called it, and links stay under it.
  await page.goto("/codebook/joint_office?codebook=1");
  await rowsOf(page, "Codings").first().getByRole("link").first().click();
  await expect(page.getByText("Shown under version 1 of the codebook")).toBeVisible();
  const state = page.url();
  await expect(
    rowsOf(page, "Latest positions").filter({ hasText: "Joint office of the Special Advisers" }),
  ).toHaveCount(1);
  await axeClean(page);
  await page.getByRole("link", { name: "show the current one" }).click();
  await expect(page.getByText("Shown under version")).toHaveCount(0);
  await expect(page).toHaveURL(new URL(state).pathname);
  await expect(rowsOf(page, "Latest positions").filter({ hasText: /^Joint office(?! of)/ })).toHaveCount(1);
  for (const [path, shown] of [
    ["/search?q=special+advisers&kind=issue&codebook=1", "Joint office of the Special Advisers"],
    ["/positions?codebook=1&issues=joint_office", "Joint office of the Special Advisers"],
    ["/dialogues/unga-r2p-2017/coding?codebook=1", "Shown under version 1 of the codebook"],
    ["/dialogues/unga-r2p-2017?codebook=1", "Shown under version 1 of the codebook"],
    ["/coding?codebook=1", "Shown under version 1 of the codebook"],
    ["/groups/group-of-friends-r2p?view=positions&codebook=1", "under version 1 of the codebook"],
  ] as const) {
    await page.goto(path);
    await expect(page.getByText("Shown under version 1 of the codebook"), path).toBeVisible();
    await expect(page.getByRole("main"), path).toContainText(shown);
  }
  await page.goto("/positions?codebook=99&issues=joint_office");
  await expect(page.getByText("Shown under version")).toHaveCount(0);
});
