import { expect, type Page } from "@playwright/test";
import { test } from "../support/browser-test";
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
    await page.setViewportSize(NARROW);
    await expectNoSidewaysScroll(page);
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
