import { expect } from "@playwright/test";
import { test } from "../support/browser-test";
import { axeClean, signIn } from "../support/e2e";

test("an actor that is on record twice becomes one, and two again", async ({ page }) => {
  await signIn(page, "analyst");
  await page.goto("/groups/new");
  await page.getByLabel(/^Short name/).fill("Nordic states of the north");
  await page.getByRole("radio", { name: "Group", exact: true }).check();
  await page.getByRole("button", { name: "Add to the record" }).click();
  await expect(page).toHaveURL("/groups/nordic-states-of-the-north");
  await page.getByRole("link", { name: "Revise" }).click();
  await page.getByRole("link", { name: "Merge into another" }).click();
  await page.getByLabel("Name or code of the other actor").fill("Nordic countries");
  await page.getByRole("button", { name: "Find" }).click();
  await expect(page.getByText("as other names: Nordic states of the north")).toBeVisible();
  await axeClean(page);
  await page.getByRole("button", { name: /^Merge into/ }).click();
  await expect(page).toHaveURL("/acts");
  await page.goto("/groups/nordic-states-of-the-north");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Nordic");
  await page.goto("/acts");
  await page.getByRole("button", { name: /Undo: Merge of Nordic states of the north/ }).click();
  await expect(page.getByRole("row", { name: /Merge of Nordic states of the north/ })).toContainText("Undone by");
  await page.goto("/groups/nordic-states-of-the-north");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nordic states of the north");
});
