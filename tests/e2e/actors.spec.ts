import { expect, type Page } from "@playwright/test";
import { test } from "../support/browser-test";
import { axeClean } from "../support/e2e";
import { expectNoSidewaysScroll, pageOf, refusalOf, rowsOf } from "../support/signed-in";

test("lists the states, with numbers that open exactly their rows", async ({ browser }) => {
  const page = await pageOf(browser, "viewer");
  await page.goto("/states?on=2017-09-06");
  await expect(page.getByText("193 member states and 2 observers on 6 Sep 2017")).toBeVisible();
  await expect(rowsOf(page, "States")).toHaveCount(195);
  await expect(rowsOf(page, "States").filter({ hasText: "Turkey" })).toHaveCount(1);
  const groups = page.getByRole("list", { name: "By regional group" }).getByRole("listitem");
  const counts = (await groups.allInnerTexts()).map((text) => Number(/\d+$/.exec(text)?.[0]));
  expect(counts).toEqual([54, 53, 23, 33, 29, 3]);
  await groups.filter({ hasText: "WEOG" }).getByRole("link").click();
  await expect(page).toHaveURL(/region=un-weog/);
  await expect(rowsOf(page, "States")).toHaveCount(29);
  await axeClean(page);
});

test("finds a state by any of its names, and keeps filters and order in the address", async ({ browser }) => {
  const page = await pageOf(browser, "viewer");
  await page.goto("/states");
  for (const [typed, found] of [
    ["cote divoire", "Côte d'Ivoire"],
    ["丹麦王国", "Denmark"],
    ["208", "Denmark"],
  ] as const) {
    await page.getByRole("searchbox", { name: "Any name or code" }).fill(typed);
    await page.getByRole("button", { name: "Find" }).click();
    await expect(rowsOf(page, "States")).toHaveCount(1);
    await expect(rowsOf(page, "States")).toContainText(found);
  }
  await page.goto("/states?group=european-union&on=2013-07-01");
  await expect(rowsOf(page, "States")).toHaveCount(28);
  await page.getByRole("link", { name: "Admitted" }).click();
  await expect(page).toHaveURL(/sort=admitted/);
  await page.getByRole("link", { name: "Admitted" }).click();
  await expect(page).toHaveURL("/states?group=european-union&on=2013-07-01&sort=-admitted");
  await expect(page.getByRole("columnheader", { name: "Admitted" })).toHaveAttribute("aria-sort", "descending");
  await page.goto("/states?q=nobody+is+called+so");
  await expect(page.getByText("No state fits these filters.")).toBeVisible();
});

test("shows who a state is: names, groups and statements over the years", async ({ browser }) => {
  const page = await pageOf(browser, "viewer");
  await page.goto("/states/TUR");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Türkiye");
  await expect(page.getByText("ISO2 TR · ISO3 TUR · M49 792")).toBeVisible();
  const former = rowsOf(page, "Names").filter({ hasText: "Former" });
  await expect(former).toContainText("Turkey");
  await expect(former).toContainText("until 31 May 2022");
  await axeClean(page);

  await page.goto("/states/denmark");
  await expect(rowsOf(page, "Groups over time").filter({ hasText: "Nordic countries" })).toContainText(
    "start not known",
  );
  const delivered = await page.getByRole("heading", { name: /statements? delivered/ }).innerText();
  await expect(rowsOf(page, "Statements delivered")).toHaveCount(Number.parseInt(delivered, 10));
  const of2017 = rowsOf(page, "Statements by others that covered it").filter({ hasText: "6 Sep 2017" });
  await expect(of2017.filter({ hasText: "through European Union" })).toHaveCount(1);
  await axeClean(page);
  expect((await page.goto("/states/no-such-state"))?.status()).toBe(404);
  await page.goto("/states/european-union");
  await expect(page).toHaveURL("/groups/european-union");
});

test("shows the members of a group on a day: both ends of a period included, organizations apart", async ({
  browser,
}) => {
  const page = await pageOf(browser, "viewer");
  for (const [day, sentence, members] of [
    ["2013-06-30", "27 members on 30 Jun 2013", 27],
    ["2013-07-01", "28 members on 1 Jul 2013", 28],
    ["2020-01-31", "28 members on 31 Jan 2020", 28],
    ["2020-02-01", "27 members on 1 Feb 2020", 27],
  ] as const) {
    await page.goto(`/groups/european-union?on=${day}`);
    await expect(page.getByText(sentence)).toBeVisible();
    await expect(rowsOf(page, "Member states and observers")).toHaveCount(members);
  }
  await page.goto("/groups/group-of-friends-r2p");
  await page.getByLabel("Members on").fill("2021-05-18");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL("/groups/group-of-friends-r2p?on=2021-05-18");
  await expect(page.getByText(/54 members on 18 May 2021: 53 states and the European Union/)).toBeVisible();
  await expect(rowsOf(page, "Members that are organizations")).toHaveCount(1);
  await expect(rowsOf(page, "Member states and observers").first()).toContainText("start not known");
  await expect(page.getByText(/are not known. Such a membership is taken to have begun/)).toBeVisible();
  await axeClean(page);
});

test("lists all periods with their sources, the statements on behalf of a group, and its names", async ({
  browser,
}) => {
  const page = await pageOf(browser, "viewer");
  await page.goto("/groups/european-union?view=periods");
  await expect(rowsOf(page, "All periods of membership")).toHaveCount(28);
  await expect(rowsOf(page, "All periods of membership").filter({ hasText: "United Kingdom" })).toContainText(
    "1 Jan 1973 – 31 Jan 2020",
  );
  await expect(page.getByRole("list", { name: "Sources" })).toContainText("unsourced");
  await axeClean(page);
  await page.getByRole("link", { name: "Statements" }).click();
  const total = await page.getByRole("heading", { name: /on behalf of its members/ }).innerText();
  await expect(rowsOf(page, "Statements on behalf of its members")).toHaveCount(Number.parseInt(total, 10));
  await page.getByRole("link", { name: "Positions", exact: true }).last().click();
  await expect(page.getByText(/What it said at each dialogue/)).toBeVisible();
  await axeClean(page);
  await page.goto("/groups?on=2017-09-06");
  await expect(rowsOf(page, "Groups and organizations").filter({ hasText: "European Union" })).toContainText(
    "28 states",
  );
  await axeClean(page);
});

test("offers a reader no form, and refuses the address of one", async ({ browser }) => {
  const page = await pageOf(browser, "viewer");
  await page.goto("/groups/nordic");
  await expect(rowsOf(page, "Member states and observers")).toHaveCount(5);
  await expect(page.getByRole("link", { name: /Add a membership|Correct or end/ })).toHaveCount(0);
  for (const path of ["/groups/nordic/members/new", "/groups/new", "/states/new"]) {
    expect((await page.goto(path))?.status()).toBe(403);
  }
});

for (const javaScriptEnabled of [true, false]) {
  test(`adds an actor that is found by its other names ${javaScriptEnabled ? "with" : "without"} JavaScript`, async ({
    browser,
  }) => {
    const name = javaScriptEnabled ? "Institute of Scripts" : "Institute without Scripts";
    const page = await pageOf(browser, "analyst", { javaScriptEnabled });
    await page.goto("/states?kind=civil_society");
    await page.getByRole("link", { name: "Add an actor" }).click();
    await expect(page).toHaveTitle(/Add an actor/);
    if (javaScriptEnabled) await axeClean(page);
    await page.getByLabel("Short name").fill(name);
    await page.getByLabel("Other names").fill(`${name} one\n${name} two\n`);
    await page.getByLabel("Address").fill("denmark");
    await page.getByRole("button", { name: "Add to the record" }).click();
    await expect(refusalOf(page)).toContainText("Another actor has this address.");
    await page.getByLabel("Address").fill("");
    await page.getByRole("button", { name: "Add to the record" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
    await expect(rowsOf(page, "Names")).toHaveCount(3);
    await page.goto(`/states?kind=civil_society&q=${name}+two`);
    await expect(rowsOf(page, "Civil society organizations")).toHaveCount(1);
  });
}

async function fillInMembership(page: Page, member: string, from: string): Promise<void> {
  await page.getByRole("combobox", { name: "Member" }).fill(member);
  await page.getByLabel("First day").fill(from);
  await page.getByRole("textbox", { name: "Source", exact: true }).fill("A list of participating states");
  await page.getByRole("button", { name: "Add the membership" }).click();
}

// The OSCE's members are not recorded, so nothing else counts on them.
for (const javaScriptEnabled of [true, false]) {
  test(`adds and ends a membership ${javaScriptEnabled ? "with" : "without"} JavaScript`, async ({ browser }) => {
    const page = await pageOf(browser, "analyst", { javaScriptEnabled });
    const member = javaScriptEnabled ? "Norway" : "Iceland";
    await page.goto("/groups/osce/members/new");
    await fillInMembership(page, "Atlantis", "2001-01-01");
    await expect(refusalOf(page)).toContainText('Nobody on record is called "Atlantis".');
    await expect(page.getByLabel("First day")).toHaveValue("2001-01-01");
    if (javaScriptEnabled) await axeClean(page);
    await fillInMembership(page, member.toLowerCase(), "2001-01-01");
    await expect(page).toHaveURL("/groups/osce?view=periods");
    const row = rowsOf(page, "All periods of membership").filter({ hasText: member });
    await expect(row).toContainText("since 1 Jan 2001");

    await page.goto("/groups/osce/members/new");
    await fillInMembership(page, member, "2010-01-01");
    await expect(refusalOf(page)).toContainText("This member is already in the group on some of these days.");
    await expect(page.getByLabel("First day")).toHaveAttribute("aria-invalid", "true");

    await page.goto("/groups/osce?view=periods");
    await row.getByRole("link", { name: "Correct or end" }).click();
    await page.getByLabel("Last day").fill("2000-12-31");
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(refusalOf(page)).toContainText("The last day is before the first.");
    await page.getByLabel("Last day").fill("2015-12-31");
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(row).toContainText("1 Jan 2001 – 31 Dec 2015");
  });
}

test("tells the second who ends a membership, and removes one with its reason", async ({ browser }) => {
  const first = await pageOf(browser, "analyst");
  await first.goto("/groups/osce/members/new");
  await fillInMembership(first, "Sweden", "1973-06-25");
  const row = rowsOf(first, "All periods of membership").filter({ hasText: "Sweden" });
  await row.getByRole("link", { name: "Correct or end" }).click();
  await expect(first.getByRole("heading", { level: 1 })).toHaveText("Sweden");
  const second = await pageOf(browser, "analyst");
  await second.goto(first.url());
  await first.getByLabel("Note").fill("Under another name until 1994.");
  await first.getByRole("button", { name: "Save changes" }).click();
  await expect(first).toHaveURL("/groups/osce?view=periods");
  await second.getByRole("textbox", { name: "Source", exact: true }).fill("A better list");
  await second.getByRole("button", { name: "Save changes" }).click();
  await expect(second.getByText("Somebody else changed this membership after you opened it.")).toBeVisible();
  await axeClean(second);
  await second.getByRole("button", { name: "Take theirs: Note" }).click();
  await second.getByRole("button", { name: "Save this version" }).click();
  await expect(second).toHaveURL("/groups/osce?view=periods");
  const again = rowsOf(second, "All periods of membership").filter({ hasText: "Sweden" });
  await expect(again).toContainText("Under another name until 1994.");
  await again.getByRole("link", { name: "Correct or end" }).click();
  await expect(second.getByText("Analyst One revised a membership").first()).toBeVisible();
  await second.getByText("It should never have been recorded: remove it").click();
  await second.getByLabel("Why it was wrong").fill("Entered for a test.");
  await second.getByRole("button", { name: "Remove the membership" }).click();
  await expect(second).toHaveURL("/groups/osce?view=periods");
  await expect(again).toHaveCount(0);
});

test("needs no sideways scrolling at 320 pixels", async ({ browser }) => {
  const page = await pageOf(browser, "analyst");
  await page.setViewportSize({ width: 320, height: 800 });
  for (const path of ["/states", "/states/denmark", "/groups", "/groups/nordic", "/groups/nordic/members/new"]) {
    await page.goto(path);
    await expectNoSidewaysScroll(page);
  }
});
