import { expect, type Page } from "@playwright/test";
import { test } from "../support/browser-test";
import { axeClean } from "../support/e2e";
import { writer } from "../support/e2e-record";
import { expectNoSidewaysScroll, pageOf, refusalOf, rowsOf } from "../support/signed-in";

const BEFORE = "Nauru supports a place on the formal agenda.";
const AFTER = "Nauru cannot support a place on the formal agenda.";

const shift = (page: Page) => rowsOf(page, "Shifts").filter({ hasText: "Nauru" });

test("a reviewer confirms a shift that everybody then reads; coded anew it is proposed again, and a stale press decides nothing", async ({
  browser,
}) => {
  const by = await writer();
  const said: { id: string; code: (value: string, version?: number) => Promise<void> }[] = [];
  for (const [year, text] of [
    [2001, BEFORE],
    [2002, AFTER],
  ] as const) {
    const slug = `shifted-${year}`;
    await by.dialogue(slug, { title: `Shifted in ${year}`, startsOn: `${year}-03-04` });
    const { id } = await by.say(slug, { speaker: "NRU" });
    await by.put(`/statements/${id}/text`, { language: "en", text });
    const code = (value: string, version?: number) =>
      by.put(`/statements/${id}/positions`, [{ issue: "formal_agenda", value, quote: text }], version);
    said.push({ id, code });
  }
  const [first, second] = said;
  await first?.code("support");
  await second?.code("oppose");

  const viewer = await pageOf(browser, "viewer");
  await viewer.goto("/shifts?actor=NRU");
  await expect(shift(viewer)).toHaveCount(1);
  await expect(shift(viewer)).toContainText(BEFORE);
  await expect(shift(viewer)).toContainText(AFTER);
  await expect(shift(viewer)).toContainText("4 steps of the scale");
  await expect(viewer.getByRole("button", { name: /Confirm/ })).toHaveCount(0);
  await axeClean(viewer);
  await viewer.goto("/states/nauru");
  await expect(viewer.getByText("1 is proposed, and nobody has decided yet.")).toBeVisible();

  const reviewer = await pageOf(browser, "reviewer");
  await reviewer.goto("/shifts?actor=NRU&status=proposed");
  await axeClean(reviewer);
  const reason = reviewer.getByLabel("Why it is a shift, or why it is none");
  await reason.fill("Both answer the same question.");
  await reason.press("Tab");
  await reviewer.keyboard.press("Enter");
  await expect(reviewer.getByText("Nauru on Formal agenda item: the shift is confirmed.")).toBeVisible();
  await expect(shift(reviewer)).toHaveCount(0);

  await viewer.reload();
  await expect(viewer.getByText("1 shift of its own voice is confirmed.")).toBeVisible();
  await expect(viewer.getByText("Both answer the same question.")).toBeVisible();
  await viewer.getByRole("link", { name: "1 shift", exact: true }).click();
  await expect(shift(viewer)).toContainText("Confirmed");

  // Taken back where it was made, and then overtaken by a new coding.
  await reviewer.getByRole("button", { name: /^Undo/ }).click();
  await expect(reviewer.getByText("the decision is taken back; the shift is proposed again.")).toBeVisible();
  await second?.code("sceptical", 1);
  await reason.fill("It opposes.");
  await reviewer.getByRole("button", { name: /^Confirm/ }).click();
  await expect(refusalOf(reviewer)).toContainText("coded one of the two statements anew");
  await reviewer.reload();
  await expect(shift(reviewer)).toContainText("3 steps of the scale");
  await reason.fill("It is sceptical now.");
  await reviewer.getByRole("button", { name: /^Confirm/ }).click();
  await expect(reviewer.getByText("the shift is confirmed.")).toBeVisible();
  await second?.code("mixed", 2);
  await reviewer.goto("/shifts?actor=nauru");
  await expect(shift(reviewer)).toContainText("Proposed");
  await expect(shift(reviewer)).toContainText("coded anew since");
  await reviewer.setViewportSize({ width: 320, height: 800 });
  await expectNoSidewaysScroll(reviewer);
  await reviewer.context().close();
  await viewer.context().close();
});
