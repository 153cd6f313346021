import { expect, type Page } from "@playwright/test";
import { test } from "../support/browser-test";
import { axeClean } from "../support/e2e";
import { writer } from "../support/e2e-record";
import { expectNoSidewaysScroll, pageOf, rowsOf } from "../support/signed-in";

const HEADERS = "Delegation;Was;Represents";
const WRONG = `${HEADERS}\nDenmark;x;group:nordic-FIN\nNobody at all;x;\n`;
const RIGHT = `${HEADERS}\nDenmark;x;group:nordic-FIN\nBrazil;x;\n`;

async function send(page: Page, dialogue: string, text: string): Promise<void> {
  await page.goto(`/import?dialogue=${dialogue}`);
  const file = { name: "speakers.csv", mimeType: "text/csv", buffer: Buffer.from(text) };
  await page.getByLabel("File", { exact: false }).setInputFiles(file);
  await page.getByRole("button", { name: "Send the file" }).click();
  await expect(page).toHaveURL(/\/import\/[0-9a-f-]{36}$/);
}

/** Without JavaScript nothing on the page asks again. */
async function shows(page: Page, text: string | RegExp): Promise<void> {
  await expect(async () => {
    if (!(await page.getByText(text).first().isVisible())) await page.reload();
    await expect(page.getByText(text).first()).toBeVisible({ timeout: 1500 });
  }).toPass({ timeout: 30_000 });
}

for (const javaScriptEnabled of [true, false]) {
  test(`maps, is told row and column, corrects, imports and undoes, JavaScript: ${javaScriptEnabled}`, async ({
    browser,
  }) => {
    test.slow();
    const slug = `imported-${javaScriptEnabled}`;
    await (await writer()).dialogue(slug);
    const page = await pageOf(browser, "analyst", { javaScriptEnabled });
    await send(page, slug, WRONG);
    await shows(page, "What are the columns?");
    await expect(page.getByLabel("Delegation is taken as")).toHaveValue("speaker");
    await page.getByLabel("Was is taken as").selectOption("Note");
    if (javaScriptEnabled) await axeClean(page);
    await page.getByRole("button", { name: "Check the rows" }).click();
    await shows(page, "1 error in 2 rows.");
    await expect(rowsOf(page, "Rows of the file").nth(1)).toContainText(
      "Error: Nobody on record is called “Nobody at all”.",
    );
    await expect(page.getByRole("button", { name: /^Import/ })).toHaveCount(0);
    if (javaScriptEnabled) await axeClean(page);

    await send(page, slug, RIGHT);
    await shows(page, "What are the columns?");
    await expect(page.getByLabel("Was is taken as")).toHaveValue("note");
    await page.getByRole("button", { name: "Check the rows" }).click();
    await shows(page, "Every row fits the record.");
    await page.getByRole("button", { name: "Import 2 statements" }).click();
    await shows(page, "2 statements are on record.");
    await page.getByRole("link", { name: "Look at what was imported" }).click();
    await expect(rowsOf(page, "Participants")).toHaveCount(2);
    await page.goto("/acts");
    if (javaScriptEnabled) await axeClean(page);
    await page.setViewportSize({ width: 320, height: 800 });
    await expectNoSidewaysScroll(page);
    // Others undo acts at the same time: only the own row tells.
    const act = rowsOf(page, "Recent acts").filter({ hasText: slug });
    await act.getByRole("button", { name: /^Undo/ }).click();
    await expect(act).toContainText("Undone");
    await page.goto(`/dialogues/${slug}`);
    await expect(page.getByText("No statement is recorded yet.")).toBeVisible();
  });
}
