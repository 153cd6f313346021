import { expect } from "@playwright/test";
import { test } from "../support/browser-test";
import { axeClean } from "../support/e2e";
import { writer, type Writer } from "../support/e2e-record";
import { expectNoSidewaysScroll, pageOf, rowsOf } from "../support/signed-in";

let write: Writer;

test.beforeAll(async () => {
  write = await writer();
});

test("rows are ticked from the keyboard, previewed, changed as one act, and undone", async ({ browser }) => {
  await write.dialogue("many-rows");
  for (const speaker of ["DNK", "NOR", "SWE", "FIN", "ISL"]) await write.say("many-rows", { speaker });
  const page = await pageOf(browser, "analyst");
  await page.goto("/dialogues/many-rows");
  await page.getByRole("link", { name: "Change many" }).click();
  const box = (name: string) => page.getByRole("checkbox", { name });
  await box("Norway, number 2").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(box("Finland, number 4")).toBeFocused();
  await page.keyboard.press("Shift+Space");
  await expect(box("Sweden, number 3")).toBeChecked();
  await expect(box("Denmark, number 1")).not.toBeChecked();
  await page.getByLabel("Change", { exact: true }).selectOption("On behalf of a group: add it");
  await page.getByLabel("Group", { exact: true }).selectOption("Nordic countries");
  await page.getByRole("button", { name: "Preview what changes" }).click();

  await expect(rowsOf(page, "What changes")).toHaveCount(3);
  await expect(rowsOf(page, "What changes").first()).toContainText("own capacity; Nordic countries");
  await axeClean(page);
  await page.setViewportSize({ width: 320, height: 700 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1280, height: 720 });
  expect((await write.get<{ total: number }>("/dialogues/many-rows/participants?basis=group")).total).toBe(0);
  await page.getByRole("button", { name: "Change 3 statements" }).click();

  await expect(page).toHaveURL(/\/dialogues\/many-rows\?act=/);
  await expect(page.getByText(/^3 statements changed, Dialogue many-rows/)).toBeVisible();
  await expect(rowsOf(page, "Participants").filter({ hasText: "Nordic countries" })).toHaveCount(3);
  await axeClean(page);
  await page.getByRole("button", { name: /^Undo/ }).click();
  await expect(rowsOf(page, "Participants").filter({ hasText: "Nordic countries" })).toHaveCount(0);
});

test("without JavaScript a refused change says what is in its way", async ({ browser }) => {
  await write.dialogue("many-rows-plain");
  for (const speaker of ["DNK", "NOR"]) await write.say("many-rows-plain", { speaker });
  const page = await pageOf(browser, "analyst", { javaScriptEnabled: false });
  await page.goto("/dialogues/many-rows-plain/bulk-edit");
  await page.getByRole("button", { name: "Preview what changes" }).click();
  await expect(page.getByText("Tick at least one statement.")).not.toHaveCount(0);
  await page.getByRole("checkbox", { name: "Norway, number 2" }).check();
  await page.getByLabel("To", { exact: true }).selectOption("Civil society statement");
  await page.getByRole("button", { name: "Preview what changes" }).click();
  await expect(page.getByText("Norway is not a civil society organization")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Change \d/ })).toHaveCount(0);
  await page.getByLabel("To", { exact: true }).selectOption("Panellist");
  await page.getByRole("button", { name: "Preview what changes" }).click();
  await page.getByRole("button", { name: "Change 1 statement" }).click();
  await expect(page.getByText(/^1 statement changed/)).toBeVisible();
});
