import { expect } from "@playwright/test";
import { test } from "../support/browser-test";
import { axeClean } from "../support/e2e";
import { writer, type Writer } from "../support/e2e-record";
import { expectNoSidewaysScroll, pageOf, rowsOf } from "../support/signed-in";

const WHY = "The statement was heard in the room.";
const position = (issue: string, value: string) => ({ issue, value, noQuoteReason: WHY });

/** Two states that speak at three dialogues of their own years, for themselves. */
async function speakThrice(by: Writer): Promise<void> {
  const said: Record<string, [string, string][][]> = {
    TUV: [
      [["formal_agenda", "support"]],
      [
        ["formal_agenda", "support"],
        ["veto_restraint", "support"],
      ],
      [
        ["formal_agenda", "support"],
        ["r2p_principle", "support"],
      ],
    ],
    PLW: [
      [["r2p_principle", "support"]],
      [["veto_restraint", "oppose"]],
      [
        ["formal_agenda", "support"],
        ["annual_ga_discussion", "mixed"],
      ],
    ],
  };
  for (const [place, year] of [2003, 2004, 2005].entries()) {
    const slug = `compared-${year}`;
    await by.dialogue(slug, { title: `Compared in ${year}`, startsOn: `${year}-05-02` });
    for (const speaker of ["TUV", "PLW"]) {
      const { id } = await by.say(slug, { speaker });
      const positions = said[speaker]?.[place] ?? [];
      await by.put(
        `/statements/${id}/positions`,
        positions.map(([issue, value]) => position(issue, value)),
      );
    }
  }
}

test("a state's page leads from its sentence to its dialogues, its positions over time, and a comparison with another", async ({
  browser,
}) => {
  await speakThrice(await writer());
  const page = await pageOf(browser, "viewer");
  await page.goto("/states/tuvalu");
  await expect(page.getByText(/^Tuvalu spoke at/)).toContainText("first on 2 May 2003 and last on 2 May 2005");
  await axeClean(page);
  await page
    .getByText(/^Tuvalu spoke at/)
    .getByRole("link", { name: "3", exact: true })
    .click();
  await expect(rowsOf(page, "Dialogues")).toHaveCount(3);
  await page.goBack();

  // One stop for the tab key: the window of the table, then its cells by arrow keys.
  const timeline = page.getByRole("table", { name: "Positions over time" });
  const agenda = timeline.locator('tr[data-issue="formal_agenda"]');
  await agenda.getByRole("link", { name: "Supports" }).first().focus();
  const card = page.locator("[popover].peek");
  await expect(card).toContainText("Compared in 2003");
  await expect(card).toContainText(`No quotation: ${WHY}`);
  await page.keyboard.press("ArrowRight");
  await expect(card).toContainText("Compared in 2004");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Tuvalu: Formal agenda item");
  await expect(page.getByText("At Compared in 2004:")).toBeVisible();
  await page.goBack();

  const all = rowsOf(page, "Latest positions").filter({ hasText: "Formal agenda item" });
  await expect(all).toContainText("Supported in 3 of 3 own statements, 2003–2005.");
  await all.getByRole("link", { name: "3", exact: true }).first().click();
  await expect(rowsOf(page, "Evidence")).toHaveCount(3);
  await page.goBack();

  await page.getByRole("link", { name: "Compare with…" }).click();
  await expect(page.getByText("Name at least two states or groups.")).toBeVisible();
  const field = page.getByRole("combobox", { name: "Add a state or group" });
  await field.fill("palau");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Add" }).click();
  const headline = page.getByText(/have the same value on/);
  await expect(headline).toHaveText("Tuvalu and Palau have the same value on 2 of 3 issues that both addressed.");
  await axeClean(page);
  await expect(rowsOf(page, "Issues that all addressed")).toHaveCount(3);
  await expect(rowsOf(page, "Issues that only some addressed")).toContainText("Tuvalu");
  await headline.getByRole("link", { name: "2", exact: true }).click();
  await expect(rowsOf(page, "Issues that all addressed")).toHaveCount(2);
  await page.goBack();
  const veto = rowsOf(page, "Issues that all addressed").filter({ hasText: "Veto restraint" });
  await expect(veto).toContainText("4 steps");
  await veto.getByRole("link", { name: "1 position" }).last().click();
  await expect(rowsOf(page, "Evidence")).toHaveCount(1);
  await expect(rowsOf(page, "Evidence")).toContainText("Opposes");

  // Of a year in which both had addressed one issue only, there is no agreement to speak of.
  await page.goto("/compare?actors=TUV,PLW&asOf=compared-2004");
  await expect(page.getByText(/^Not enough evidence: Tuvalu and Palau both addressed/)).toContainText("1 issue");
  for (const path of [
    "/states/tuvalu",
    "/compare?actors=TUV,PLW",
    "/states/tuvalu/dialogues",
    "/statements?actor=TUV",
  ]) {
    await page.setViewportSize({ width: 320, height: 800 });
    await page.goto(path);
    await expectNoSidewaysScroll(page);
  }
  await page.context().close();

  const plain = await pageOf(browser, "viewer", { javaScriptEnabled: false });
  await plain.goto("/compare?actors=TUV");
  await plain.getByLabel("Add a state or group").fill("Palau");
  await plain.getByRole("button", { name: "Add" }).click();
  await expect(plain.getByText(/have the same value on/)).toContainText("2 of 3");
  await plain.context().close();
});
