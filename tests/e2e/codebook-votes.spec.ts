import { expect, test, type Page } from "@playwright/test";
import { axeClean } from "../support/e2e";
import { writer, type Writer } from "../support/e2e-record";
import { expectNoSidewaysScroll, pageOf, refusalOf, rowsOf } from "../support/signed-in";

let write: Writer;

test.beforeAll(async () => {
  write = await writer();
});

const NARROW = { width: 320, height: 800 };

test("each number of a recorded vote opens exactly its states, and each state's page has its vote", async ({
  browser,
}) => {
  const page = await pageOf(browser, "viewer");
  await page.goto("/votes");
  await page.getByRole("link", { name: /prevention of genocide/ }).click();
  for (const [name, count] of [
    ["115 yes", 115],
    ["15 no", 15],
    ["28 abstentions", 28],
    ["35 did not vote", 35],
  ] as const) {
    await page.getByRole("main").getByRole("link", { name, exact: true }).first().click();
    await expect(rowsOf(page, "Votes of states")).toHaveCount(count);
  }
  await axeClean(page);
  await rowsOf(page, "By UN regional group")
    .filter({ hasText: "Eastern European Group" })
    .getByRole("link")
    .nth(1)
    .click();
  await expect(rowsOf(page, "Votes of states")).toHaveCount(2);
  await rowsOf(page, "Votes of states").getByRole("link", { name: "Belarus" }).click();
  await expect(rowsOf(page, "Recorded votes")).toContainText("No");
  await expect(page.getByRole("link", { name: "Record a vote" })).toHaveCount(0);
  await page.setViewportSize(NARROW);
  await page.goto("/votes/a-res-75-277");
  await expectNoSidewaysScroll(page);
});

test("a pasted roll call is checked, asked about, refused with the difference, and recorded; without JavaScript too", async ({
  browser,
}) => {
  for (const javaScriptEnabled of [true, false]) {
    const page = await pageOf(browser, "analyst", { javaScriptEnabled });
    const title = `A vote ${javaScriptEnabled ? "with" : "without"} JavaScript`;
    await page.goto("/votes/new");
    await page.getByLabel("Title").fill(title);
    await page.getByLabel(/^Day/).fill("2021-05-18");
    for (const [label, number] of [
      ["Yes", "2"],
      ["No", "2"],
      ["Abstained", "0"],
      ["Did not vote", "0"],
    ] as const) {
      await page.getByLabel(label, { exact: true }).fill(number);
    }
    await page.getByLabel(/^The roll call/).fill("In favour: Denmark, Korea.\nAgainst: Nicaragua.");
    await page.getByRole("button", { name: "Check the list" }).click();
    await expect(page.getByText("2 of 3 rows name a member state of that day.")).toBeVisible();
    if (javaScriptEnabled) await axeClean(page);
    await page.getByRole("button", { name: "Record the vote" }).click();
    await expect(refusalOf(page)).toContainText('Say who is meant by "Korea".');
    await page.getByLabel("“Korea” in line 1").selectOption({ label: "Republic of Korea" });
    await page.getByRole("button", { name: "Record the vote" }).click();
    await expect(refusalOf(page)).toContainText("The record states 2 no; 1 is listed.");
    await page.getByLabel("No", { exact: true }).fill("1");
    await page.getByRole("button", { name: "Record the vote" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
    await expect(rowsOf(page, "Votes of states")).toHaveCount(3);

    await page.getByRole("link", { name: "Revise" }).click();
    const list = page.getByLabel(/^The roll call/);
    await expect(list).toHaveValue(/^Y Denmark\nN Nicaragua\nY Korea$/);
    if (javaScriptEnabled) await axeClean(page);
    await list.fill((await list.inputValue()).replace("N Nicaragua", "A Nicaragua"));
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(refusalOf(page)).toContainText("The record states 1 no; 0 are listed.");
    await page.getByLabel("No", { exact: true }).fill("0");
    await page.getByLabel("Abstained", { exact: true }).fill("1");
    const { version, title: known } = await write.get<{ version: number; title: string }>(`/votes/${slugOf(page)}`);
    await write.patch(`/votes/${slugOf(page)}`, { note: "Somebody else’s note." }, version);
    expect(known).toBe(title);
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByText("Somebody else changed this recorded vote after you opened it.")).toBeVisible();
    await page.getByRole("button", { name: "Take theirs: Note" }).click();
    await page.getByRole("button", { name: /^Save/ }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
    await expect(rowsOf(page, "Votes of states").filter({ hasText: "Nicaragua" })).toContainText("Abstained");
    await expect(page.getByText("Somebody else’s note.").first()).toBeVisible();

    await page.getByText("Withdraw this recorded vote").first().click();
    await page.getByLabel("Why is this recorded vote withdrawn?").fill("It was a test.");
    await page.getByRole("button", { name: "Withdraw this recorded vote" }).click();
    await expect(page.getByText(`Withdrawal of the recorded vote “${title}”.`)).toBeVisible();
    await page.getByRole("button", { name: /^Undo/ }).click();
    await expect(page.getByText(/^Undone: /).first()).toBeVisible();
    await page.getByRole("main").getByRole("link", { name: title }).click();
    await expect(rowsOf(page, "Votes of states")).toHaveCount(3);
  }
});

/** The address of the vote that a page is about. */
function slugOf(page: Page): string {
  return new URL(page.url()).pathname.split("/")[2] ?? "";
}

test("the codebook and an issue can be read, on a narrow screen too", async ({ browser }) => {
  const page = await pageOf(browser, "viewer");
  await page.goto("/codebook");
  await axeClean(page);
  await expect(page.getByRole("button", { name: "Draft a new version" })).toHaveCount(0);
  await page.setViewportSize(NARROW);
  for (const path of ["/codebook", "/codebook/joint_office?codebook=1", "/codebook/versions"]) {
    await page.goto(path);
    await expectNoSidewaysScroll(page);
  }
  await page.goto("/codebook/joint_office?codebook=1");
  await expect(rowsOf(page, "Codings")).toHaveCount(5);
  expect((await page.goto("/codebook/draft"))?.status()).toBe(403);
});

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
  await expect(rowsOf(page, "Positions").filter({ hasText: "Joint office of the Special Advisers" })).toHaveCount(1);
  await axeClean(page);
  await page.getByRole("link", { name: "show the current one" }).click();
  await expect(page.getByText("Shown under version")).toHaveCount(0);
  await expect(page).toHaveURL(new URL(state).pathname);
  await expect(rowsOf(page, "Positions").filter({ hasText: /^Joint office(?! of)/ })).toHaveCount(1);
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
