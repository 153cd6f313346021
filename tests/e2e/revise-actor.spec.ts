import { expect } from "@playwright/test";
import { test } from "../support/browser-test";
import { axeClean } from "../support/e2e";
import { writer, type Writer } from "../support/e2e-record";
import { expectNoSidewaysScroll, pageOf } from "../support/signed-in";

let write: Writer;

test.beforeAll(async () => {
  write = await writer();
});

async function namesOf(ref: string): Promise<string[]> {
  const { names } = await write.get<{ names: { name: string }[] }>(`/actors/${ref}`);
  return names.map(({ name }) => name);
}

test("a name is added and removed again, and a stale save shows both versions", async ({ browser }) => {
  const page = await pageOf(browser, "analyst");
  const before = await namesOf("SVN");
  await page.goto("/states/slovenia");
  await page.getByRole("link", { name: "Revise" }).click();
  await expect(page.getByRole("heading", { name: "Revise Slovenia" })).toBeVisible();
  await axeClean(page);
  await page.setViewportSize({ width: 320, height: 700 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1280, height: 800 });
  const other = await page.context().newPage();
  await other.goto("/states/slovenia/edit");

  await page.getByRole("button", { name: "Add a name" }).click();
  await page.getByLabel(`Name ${before.length + 1}`, { exact: true }).fill("Solvenia");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page).toHaveURL(/\/states\/slovenia#names$/);
  expect((await namesOf("SVN")).toSorted()).toEqual([...before, "Solvenia"].toSorted());

  await other.getByLabel("Note", { exact: true }).fill("Looked at once more.");
  await other.getByRole("button", { name: "Save changes" }).click();
  await expect(other.getByText("Somebody else changed this actor after you opened it")).toBeVisible();
  await expect(other.getByText("Solvenia")).toBeVisible();
  await other.getByRole("button", { name: "Take theirs: Names" }).click();
  await expect(other.getByLabel("Note", { exact: true })).toHaveValue("Looked at once more.");
  const names = other.getByRole("textbox", { name: /^Name \d+$/ });
  const place = (): Promise<number> =>
    names.evaluateAll((fields) => fields.findIndex((field) => (field as HTMLInputElement).value === "Solvenia"));
  await expect.poll(place).toBeGreaterThanOrEqual(0);
  await names.nth(await place()).fill("");
  await other.getByRole("button", { name: "Save this version" }).click();
  await expect(other).toHaveURL(/\/states\/slovenia#names$/);
  expect((await namesOf("SVN")).toSorted()).toEqual(before.toSorted());
});

test("a group is revised on its page, and a wrong code is said under its field", async ({ browser }) => {
  const page = await pageOf(browser, "analyst");
  await page.goto("/states/asean/edit");
  await expect(page).toHaveURL(/\/groups\/asean\/edit$/);
  await page.getByLabel("ISO2 code").fill("as");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Two capital letters.").first()).toBeVisible();
  await page.getByLabel("ISO2 code").fill("");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page).toHaveURL(/\/groups\/asean\?view=names$/);
});
