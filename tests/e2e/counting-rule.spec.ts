import { expect, type Locator, type Page } from "@playwright/test";
import { test } from "../support/browser-test";
import { writer, type Writer } from "../support/e2e-record";
import { choose, pageOf, rowsOf } from "../support/signed-in";

const headline = (page: Page): Locator => page.locator("#headline");

test("rule, aligned states and meeting change the sentence, live in the address, and come back by the back button", async ({
  browser,
}) => {
  const write: Writer = await writer();
  const slug = "counted-differently";
  await write.dialogue(slug, {
    endsOn: "2017-09-07",
    meetings: [{ date: "2017-09-06" }, { date: "2017-09-07" }],
  });
  const eu = { basis: "group", group: "european-union", exclude: ["FIN"] };
  await write.say(slug, { speaker: "EU", meeting: 1, represents: [eu, { basis: "aligned", actor: "ALB" }] });
  await write.say(slug, { speaker: "NOR", meeting: 2, represents: [{ basis: "group", group: "nordic" }] });
  await write.say(slug, { speaker: "CHN", meeting: 2 });
  const page = await pageOf(browser, "analyst");
  await page.goto(`/dialogues/${slug}?sort=-speaker`);
  const said: string[] = [];
  const sentence = async (): Promise<string> => {
    said.push(await headline(page).innerText());
    return said.at(-1) ?? "";
  };
  expect(await sentence()).toBe("2 member states and the European Union delivered statements on behalf of 31 states.");

  await choose(page, /^Rule:/, /^own voice States that spoke/);
  await expect(headline(page)).toContainText("on behalf of 1 state.");
  await sentence();
  await choose(page, /^Rule:/, /regional organizations/);
  await expect(headline(page)).toContainText("on behalf of 28 states.");
  await sentence();
  await choose(page, /^Aligned states do not count/, "Aligned states count");
  await expect(headline(page)).toContainText("on behalf of 29 states.");
  await sentence();
  await choose(page, /^All meetings/, /7 Sep 2017/);
  await expect(headline(page)).toContainText("2 member states delivered statements on behalf of 1 state.");
  await expect(rowsOf(page, "Participants")).toHaveCount(2);
  for (const part of ["sort=-speaker", "rule=own_and_regional", "aligned=include", "meeting=2"]) {
    expect(page.url()).toContain(part);
  }

  // A copied link shows the same to a colleague, also the rows behind the number.
  const colleague = await pageOf(browser, "viewer");
  await colleague.goto(page.url());
  expect(await headline(colleague).innerText()).toBe(await sentence());
  await headline(colleague).getByRole("link", { name: "1 state" }).click();
  await expect(colleague.locator("main tbody tr")).toHaveCount(1);
  await colleague.getByRole("link", { name: "Participants" }).click();
  await expect(colleague).toHaveURL(/rule=own_and_regional&aligned=include&meeting=2/);

  for (const before of said.slice(0, -1).toReversed()) {
    await page.goBack();
    await expect(headline(page)).toHaveText(before);
  }
});
