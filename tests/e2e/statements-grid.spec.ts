import { expect, type Page } from "@playwright/test";
import { test } from "../support/browser-test";
import { axeClean, tokenOf } from "../support/e2e";
import { writer, type Writer } from "../support/e2e-record";
import { expectNoSidewaysScroll, keysOf, pageOf, pressFor, rowsOf } from "../support/signed-in";

let write: Writer;

test.beforeAll(async () => {
  write = await writer();
});

type Row = { id: string; speaker: string; order: number; role: string; covers: { states: number }; version: number };

const rowsOnRecord = async (slug: string) =>
  (await write.get<{ data: Row[] }>(`/dialogues/${slug}/statements?limit=1000`)).data;
const speakers = async (slug: string) => (await rowsOnRecord(slug)).map(({ speaker }) => speaker);
/** The rows of a grid that nobody types in, as "1 Denmark". */
const shown = (page: Page) =>
  rowsOf(page, "Statements")
    .filter({ has: page.locator("[data-row]") })
    .evaluateAll((rows) =>
      rows.map((row) => `${row.children[0]?.textContent} ${row.querySelector("button")?.firstChild?.textContent}`),
    );

/** How often the history says that each of these statements was recorded. */
async function recordedSince(since: string, ids: ReadonlySet<string>): Promise<Map<string, number>> {
  const token = await tokenOf("reviewer", "read");
  const address = `${test.info().project.use.baseURL}/api/v1/changes?limit=1000&since=${since}`;
  const answer = await fetch(address, { headers: { Authorization: `Bearer ${token}` } });
  const { data } = (await answer.json()) as { data: { type: string; subjectId: string }[] };
  const events = data.filter(({ type, subjectId }) => type === "statement.recorded" && ids.has(subjectId));
  return new Map([...ids].map((id) => [id, events.filter(({ subjectId }) => subjectId === id).length]));
}

test("a debate is typed by keyboard alone: next field, save and go on, the last group again, insert, move, correct", async ({
  browser,
}) => {
  await write.dialogue("debate-night");
  const page = await pageOf(browser, "analyst");
  const { keyboard } = page;
  await page.goto("/dialogues/debate-night");
  await pressFor(page, "?", keysOf(page));
  await keyboard.press("Escape");
  await keyboard.press("g");
  await expect(page.getByRole("heading", { name: "Debate-night mode" })).toBeVisible();
  await keyboard.press("?");
  await expect(keysOf(page)).toContainText("the group that was last named");
  await keyboard.press("Escape");
  await keyboard.press("n");
  await expect(page.getByLabel("Speaker, new row")).toBeFocused();

  await keyboard.type("den");
  await keyboard.press("Enter");
  await expect(page.getByLabel("For whom, new row")).toBeFocused();
  await keyboard.type("nordic");
  await keyboard.press("Enter");
  await keyboard.type("-fin");
  await keyboard.press("Enter");
  await expect(rowsOf(page, "Statements").last()).toContainText("Nordic countries without Finland");
  await keyboard.press("Enter");
  await expect(page.getByLabel("Role, new row")).toBeFocused();
  await keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Save", exact: true })).toBeFocused();
  expect(await speakers("debate-night")).toEqual([]);
  await keyboard.press("Shift+Enter");
  await expect(rowsOf(page, "Statements").first()).toContainText("4 states");
  await expect(page.getByText("Saved: Denmark, number 1.")).toBeVisible();

  // The row after it is there already; one key repeats the group.
  await keyboard.type("est");
  await keyboard.press("Enter");
  await keyboard.press("=");
  await keyboard.type("~alb");
  await keyboard.press("Shift+Enter");
  await expect.poll(() => shown(page)).toEqual(["1 Denmark", "2 Estonia"]);
  await expect(rowsOf(page, "Statements").nth(1)).toContainText("Nordic countries without Finland; aligned: Albania");

  // Ambiguous: it stays as it was typed, says why, and the next rows go on.
  await keyboard.type("Korea");
  await keyboard.press("Escape");
  await keyboard.press("Shift+Enter");
  await expect(page.getByText(/"Korea" may mean .+ or .+\. Type the code/)).toBeVisible();
  await axeClean(page);
  await keyboard.type("norway");
  await keyboard.press("Shift+Enter");
  await expect.poll(() => shown(page)).toEqual(["1 Denmark", "2 Estonia", "3 Norway"]);
  await page.getByLabel("Speaker, new row").first().focus();
  await keyboard.press("ControlOrMeta+A");
  await keyboard.type("KOR");
  await keyboard.press("Shift+Enter");
  // In its place: before the one that was typed after it.
  await expect.poll(() => shown(page)).toEqual(["1 Denmark", "2 Estonia", "3 Republic of Korea", "4 Norway"]);

  await page.getByRole("button", { name: "Estonia, change row 2" }).focus();
  await keyboard.press("Alt+ArrowUp");
  await expect.poll(() => shown(page)).toEqual(["1 Estonia", "2 Denmark", "3 Republic of Korea", "4 Norway"]);
  await expect(page.getByRole("button", { name: "Estonia, change row 1" })).toBeFocused();
  await keyboard.press("i");
  await keyboard.type("iceland");
  await keyboard.press("Shift+Enter");
  await expect.poll(() => speakers("debate-night")).toEqual(["EST", "ISL", "DNK", "KOR", "NOR"]);
  await page.getByRole("button", { name: "Norway, change row 5" }).focus();
  await keyboard.press("Enter");
  await expect(page.getByLabel("Speaker, row 5")).toBeFocused();
  await keyboard.press("Enter");
  await keyboard.press("Enter");
  await keyboard.type("Joint");
  await keyboard.press("Shift+Enter");
  await expect.poll(async () => (await rowsOnRecord("debate-night")).at(-1)?.role).toBe("joint_statement");
  await axeClean(page);
  await page.setViewportSize({ width: 320, height: 700 });
  await expectNoSidewaysScroll(page);
});

test("two analysts and a program write to one dialogue at once: every row is there once, and everybody sees it", async ({
  browser,
}) => {
  const began = new Date().toISOString();
  await write.dialogue("at-once");
  const pages = await Promise.all([pageOf(browser, "analyst"), pageOf(browser, "reviewer")]);
  for (const page of pages) await page.goto("/dialogues/at-once/grid");
  const typed = [
    ["AFG", "ALB", "DZA", "AND", "AGO", "ARG", "ARM", "AUS"],
    ["AUT", "AZE", "BHS", "BHR", "BGD", "BRB", "BLR", "BEL"],
  ];
  const posted = ["BLZ", "BEN", "BTN", "BOL", "BIH", "BWA", "BRA", "BRN", "BGR", "BFA", "BDI", "CPV", "KHM", "CMR"];
  const byHand = async (page: Page, codes: string[]) => {
    await page.getByLabel("Speaker, new row").last().focus();
    for (const code of codes) {
      await page.keyboard.type(code);
      await page.keyboard.press("Shift+Enter");
    }
  };
  const byProgram = async () => {
    for (const speaker of posted) await write.say("at-once", { speaker });
  };
  await Promise.all([byProgram(), ...pages.map((page, at) => byHand(page, typed[at] ?? []))]);

  const all = [...typed.flat(), ...posted].sort();
  await expect.poll(async () => (await speakers("at-once")).sort()).toEqual(all);
  const rows = await rowsOnRecord("at-once");
  expect(rows.map(({ order }) => order)).toEqual(rows.map((_, at) => at + 1));
  // Each writer's own rows stand in the order in which they were typed.
  for (const codes of [...typed, posted]) {
    expect(rows.map(({ speaker }) => speaker).filter((speaker) => codes.includes(speaker))).toEqual(codes);
  }
  const seen = await Promise.all(
    pages.map(async (page) => {
      await expect.poll(async () => (await shown(page)).length).toBe(all.length);
      return shown(page);
    }),
  );
  expect(seen[0]).toEqual(seen[1]);
  // In the history, once each.
  expect(await recordedSince(began, new Set(rows.map(({ id }) => id)))).toEqual(new Map(rows.map(({ id }) => [id, 1])));
});

test("what others do is seen within seconds; a row that both changed shows both versions", async ({ browser }) => {
  await write.dialogue("both-change");
  const { id } = await write.say("both-change", { speaker: "DNK" });
  const page = await pageOf(browser, "analyst");
  await page.goto("/dialogues/both-change/grid");
  await write.say("both-change", { speaker: "SWE" });
  await expect(page.getByRole("row", { name: /Sweden/ })).toContainText("by ");
  await expect(page.getByText(/^Changed: Sweden, number 2, by /)).toBeVisible();

  await page.getByRole("button", { name: "Denmark, change row 1" }).click();
  await write.revise(id, 1, { role: "joint_statement" });
  await page.getByLabel("For whom, row 1").fill("Nordic countries");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Shift+Enter");
  await expect(page.getByText("Somebody else changed this row after you opened it.")).toBeVisible();
  await expect(page.getByText("yours Statement, on record now Joint statement")).toBeVisible();
  await axeClean(page);
  await page.getByRole("button", { name: "Keep mine" }).click();
  await expect
    .poll(async () => (await rowsOnRecord("both-change"))[0])
    .toMatchObject({
      role: "statement",
      covers: { states: 5 },
      version: 3,
    });

  // A session that ends is noticed, and what is typed stays.
  await page.getByLabel("Speaker, new row").fill("FIN");
  await page.context().clearCookies();
  await expect(page.getByText("You are signed out")).toBeVisible();
  await page.getByLabel("Speaker, new row").press("Shift+Enter");
  await expect(page.getByText("Sign in again in another tab, then save again.")).toBeVisible();
  await expect(page.getByLabel("Speaker, new row").first()).toHaveValue("Finland");
});

test("a save whose answer is lost is sent again and recorded once", async ({ browser }) => {
  await write.dialogue("lost-answer");
  const page = await pageOf(browser, "analyst");
  await page.goto("/dialogues/lost-answer/grid");
  let lost = 0;
  await page.route("**/api/v1/dialogues/lost-answer/statements", async (route) => {
    await route.fetch();
    lost += 1;
    if (lost === 1) await route.abort();
    else await route.fallback();
  });
  await page.getByLabel("Speaker, new row").fill("ISL");
  await page.keyboard.press("Shift+Enter");
  await expect(page.getByText("the row is never recorded twice")).toBeVisible();
  await page.getByRole("button", { name: "Save again" }).click();
  await expect.poll(() => shown(page)).toEqual(["1 Iceland"]);
  expect(await speakers("lost-answer")).toEqual(["ISL"]);
  expect(lost).toBe(2);
});
