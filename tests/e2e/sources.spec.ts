import { fileURLToPath } from "node:url";
import { expect } from "@playwright/test";
import { test } from "../support/browser-test";
import { axeClean } from "../support/e2e";
import { writer, type Writer } from "../support/e2e-record";
import { expectNoSidewaysScroll, keysOf, pageOf, pressFor, refusalOf } from "../support/signed-in";

let write: Writer;
const SLUG = `said-${Date.now().toString(36)}`;
const TEXT = [
  "Mr. President,",
  "Denmark aligns itself with the statement of the European Union.",
  "We support the “responsibility to protect” as agreed in 2005.",
  "We regret the use of the veto.",
  "I thank you.",
].join("\n\n");

const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/documents/${name}`, import.meta.url));

test.beforeAll(async () => {
  write = await writer();
  await write.dialogue(SLUG, {});
});

async function newStatement(): Promise<string> {
  const { id } = await write.say(SLUG, { speaker: "DNK", language: "en" });
  return `/dialogues/${SLUG}/statements/${id}/texts`;
}

test("a pasted text is quoted from by mouse and keyboard, and its quotations move with their words", async ({
  browser,
}) => {
  const page = await pageOf(browser, "analyst");
  const path = await newStatement();
  await page.goto(path);
  await page.getByRole("link", { name: "Add a text" }).first().click();
  await page.getByRole("textbox", { name: "Text", exact: true }).fill(TEXT);
  await page.getByRole("button", { name: "Store the text" }).click();
  await expect(page.getByRole("article", { name: "Text" })).toContainText("We regret the use of the veto.");

  // The mouse: a double click selects a word, a triple click its paragraph.
  await page.locator("#paragraph-4").click({ clickCount: 3 });
  await expect(page.getByLabel("Quote from this text")).toHaveValue("We regret the use of the veto.");
  await page.getByRole("button", { name: "Quote", exact: true }).click();
  await expect(page.locator("mark")).toHaveText("We regret the use of the veto.");
  await expect(page).toHaveURL(/#quotation-/);

  // The keyboard: paragraph by paragraph, the end by Shift and an arrow, then q.
  await page.goto(path);
  await pressFor(page, "?", keysOf(page));
  await page.keyboard.press("Escape");
  for (let at = 0; at < 3; at += 1) await page.keyboard.press("j");
  const quote = "We support the “responsibility to protect”";
  const selection = () => page.evaluate(() => document.getSelection()?.toString() ?? "");
  // As one does by eye: until what is not wanted is outside.
  while ((await selection()).length > quote.length) await page.keyboard.press("Shift+ArrowLeft");
  await expect(page.getByLabel("Quote from this text")).toHaveValue(quote);
  await page.keyboard.press("q");
  await expect(page.locator("mark")).toHaveCount(2);
  await axeClean(page);

  // What is not in the text is refused, in words.
  await page.getByLabel("Quote from this text").fill("We oppose the responsibility to protect");
  await page.getByRole("button", { name: "Quote", exact: true }).click();
  await expect(refusalOf(page)).toContainText("not in the text");

  await page.goto(path);
  await page.getByRole("link", { name: "Correct" }).click();
  const changed = TEXT.replace("Mr. President", "Madam President").replace("We regret", "We deplore");
  await page.getByRole("textbox", { name: "Text", exact: true }).fill(changed);
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("1 quotation moved with its words.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "1 quotation without a place" })).toBeVisible();
  await page.getByText("Place it again").click();
  await expect(page.getByLabel("The words as they stand in the text now")).toHaveValue(/deplore the use of the veto/);
  await axeClean(page);
  await page.getByRole("button", { name: "Place the quotation here" }).click();
  await expect(page.locator("mark[data-shown]")).toContainText("deplore the use of the veto");

  await page.getByRole("link", { name: "Earlier versions" }).click();
  await expect(page.locator("ins", { hasText: "deplore" })).toBeVisible();
  await expect(page.locator("del", { hasText: "regret" })).toBeVisible();
  await axeClean(page);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page);
  await page.goto(path);
  await expectNoSidewaysScroll(page);

  await page.goto(path.replace("/texts", ""));
  await page.getByRole("link", { name: "History", exact: true }).click();
  await expect(page.getByText("left a quotation without its place in the text")).toBeVisible();
});

test("the text of a file is shown for correction; a script in a web page never runs", async ({ browser }) => {
  const page = await pageOf(browser, "analyst");
  let dialogs = 0;
  page.on("dialog", (dialog) => {
    dialogs += 1;
    void dialog.dismiss();
  });
  const path = await newStatement();
  await page.goto(`${path}/new`);
  await page.getByLabel("From a file").setInputFiles(fixture("libreoffice.docx"));
  await expect(page.getByText("The text of libreoffice.docx is below.")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Text", exact: true })).toHaveValue(
    /^Statement on the responsibility to protect\n\nMr\. President/,
  );
  await page.getByLabel("From a file").setInputFiles(fixture("chromium.pdf"));
  await expect(page.getByText("The text of chromium.pdf is below.")).toBeVisible();
  await axeClean(page);
  await page.getByRole("button", { name: "Store the text" }).click();
  await expect(page.getByText("Page 2", { exact: true })).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "chromium.pdf" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("chromium.pdf");

  await page.goto(`${path}/new`);
  const buffer = Buffer.from(
    "<!doctype html><p onclick='alert(1)'>Words.<script>alert(2)</script><img src=x onerror='alert(3)'>",
  );
  await page.getByLabel("From a file").setInputFiles({ name: "page.html", mimeType: "text/html", buffer });
  await expect(page.getByRole("textbox", { name: "Text", exact: true })).toHaveValue("Words.");
  expect(dialogs).toBe(0);
  await page.getByLabel("From a file").setInputFiles({ name: "scan.pdf", mimeType: "application/pdf", buffer });
  await expect(page.getByText("By its name this file is a PDF")).toBeVisible();
});

test("without JavaScript a file is sent, refused in words or its text shown for correction; a text is withdrawn and put back", async ({
  browser,
}) => {
  const page = await pageOf(browser, "analyst", { javaScriptEnabled: false });
  const path = await newStatement();
  await page.goto(`${path}/new`);
  const buffer = Buffer.from("<!doctype html><p>Words.");
  await page
    .getByLabel("File to take it from")
    .setInputFiles({ name: "scan.pdf", mimeType: "application/pdf", buffer });
  await page.getByRole("button", { name: "Send the file" }).click();
  await expect(page.getByRole("alert")).toContainText("By its name this file is a PDF");
  // What is said comes from us: an address that somebody made up says nothing.
  await page.goto(`${path}/new?refused=${Buffer.from("Call us").toString("base64url")}`);
  await expect(page.getByRole("alert")).toHaveCount(0);

  await page.getByLabel("File to take it from").setInputFiles(fixture("libreoffice.docx"));
  await page.getByRole("button", { name: "Send the file" }).click();
  await expect(page.getByText("The text of libreoffice.docx is below.")).toBeVisible();
  await expect(page.getByLabel("Language")).toHaveValue("en");
  const text = page.getByRole("textbox", { name: "Text", exact: true });
  await text.fill((await text.inputValue()).replace("I thank you.", "Thank you."));
  await page.getByRole("button", { name: "Store the text" }).click();
  await expect(page.getByRole("article", { name: "Text" })).toContainText("Thank you.");
  await expect(page.getByRole("link", { name: "libreoffice.docx" })).toBeVisible();

  await page.getByText("Withdraw this text").first().click();
  await page.getByLabel("Why is this text withdrawn?").fill("Of another statement.");
  await page.getByRole("button", { name: "Withdraw this text" }).click();
  await expect(page.getByText("No text of this statement is stored yet.")).toBeVisible();
  await page.getByRole("button", { name: "Undo", exact: false }).click();
  await expect(page.getByText(/^Undone: /).first()).toBeVisible();
  await page.goto(path);
  await expect(page.getByRole("article", { name: "Text" })).toContainText("Thank you.");

  // What was given out before and what was said are compared.
  await write.put(`/statements/${path.split("/")[4]}/text?kind=as_prepared&language=en`, { text: "Thanks, all." });
  await page.goto(path);
  await page.getByRole("link", { name: "Compare: as prepared" }).click();
  await expect(page.locator("del").first()).toContainText("Thanks");
  await expect(page.locator("ins").first()).toBeVisible();
});

test("without JavaScript a text is pasted, Arabic from right to left, and a link leads to a quotation", async ({
  browser,
}) => {
  const page = await pageOf(browser, "analyst", { javaScriptEnabled: false });
  const path = await newStatement();
  await page.goto(`${path}/new`);
  await page.getByLabel("Kind").selectOption("translation");
  await page.getByLabel("Language").fill("ar");
  const arabic = "السيد الرئيس، يؤيد وفد بلادي مسؤولية الحماية كما اتفق عليها في عام 2005.";
  await page.getByRole("textbox", { name: "Text", exact: true }).fill(arabic);
  await page.getByRole("button", { name: "Store the text" }).click();
  await expect(page.getByRole("article", { name: "Text" })).toHaveAttribute("dir", "rtl");
  await page.getByLabel("Quote from this text").fill("مسؤولية الحماية");
  await page.getByRole("button", { name: "Quote", exact: true }).click();
  await expect(page.locator("mark[data-shown]")).toHaveText("مسؤولية الحماية");
});
