import { expect, type Page } from "@playwright/test";
import { test } from "../support/browser-test";
import { axeClean } from "../support/e2e";
import { writer, type Writer } from "../support/e2e-record";
import { expectNoSidewaysScroll, keysOf, pageOf, pressFor, refusalOf } from "../support/signed-in";

let write: Writer;
let statement = "";
const SLUG = `looked-at-${Date.now().toString(36)}`;

test.beforeAll(async () => {
  write = await writer();
  await write.dialogue(SLUG, {
    title: "A dialogue with a rather long title that has to be broken over several lines",
    endsOn: "2017-09-07",
    meetings: [{ date: "2017-09-06" }, { date: "2017-09-07" }],
  });
  const long = "Verylongwordthathasnoplacetobebroken".repeat(4);
  const { id } = await write.say(SLUG, {
    speaker: "DNK",
    printed: long,
    person: { name: "Analyst One", title: long },
    sourceUrl: `https://example.org/${long}`,
    note: `${long}\nand a second line`,
    represents: [
      { basis: "own" },
      { basis: "group", group: "group-of-friends-r2p", exclude: ["SGP"] },
      { basis: "aligned", actor: "ALB" },
    ],
  });
  statement = id;
  await write.say(SLUG, { speaker: "GHA", role: "opening" });
});

type State = { name: string; at: string; reach?: (page: Page) => Promise<void> };

/** Every page and state of this part of the product. */
const STATES: State[] = [
  { name: "the dialogue", at: "" },
  {
    name: "the dialogue, all columns",
    at: "?columns=order,speaker,iso3,m49,printed,kind,role,onBehalfOf,states,observers,organizations,basis,meeting,language,person,title,source,note",
  },
  { name: "a menu open", at: "", reach: (page) => page.getByRole("button", { name: /^Rule:/ }).click() },
  { name: "the columns open", at: "", reach: (page) => page.getByRole("button", { name: "Columns" }).click() },
  {
    name: "the keys",
    at: "",
    reach: async (page) => {
      await page.locator("h1").click();
      await pressFor(page, "?", keysOf(page));
    },
  },
  { name: "no row", at: "?q=nobody+of+this+name" },
  { name: "the speakers", at: "/speakers" },
  { name: "the represented", at: "/represented?aligned=include" },
  { name: "the figures", at: "/figures" },
  { name: "the statement", at: "/statements/ID" },
  { name: "the withdrawal", at: "/statements/ID", reach: (page) => page.getByText("Withdraw this statement").click() },
  {
    name: "the history",
    at: "/statements/ID",
    reach: (page) => page.getByRole("link", { name: "History", exact: true }).click(),
  },
  { name: "the new form", at: "/statements/new" },
  { name: "the filled form", at: "/statements/ID/edit" },
  {
    name: "both versions",
    at: "/statements/ID/edit",
    reach: async (page) => {
      const version = page.locator("input[name=version]");
      await version.evaluate((field: HTMLInputElement) => (field.value = "999"));
      await page.getByRole("button", { name: "Save changes" }).click();
      await expect(page.getByText("Somebody else changed this statement after you opened it.")).toBeInViewport();
    },
  },
  {
    name: "the form with errors",
    at: "/statements/new",
    reach: async (page) => {
      await page.getByRole("combobox", { name: "Speaker" }).fill("Atlantis");
      await page.getByLabel("On behalf of others").check();
      await page.getByRole("button", { name: "Record statement" }).click();
      await expect(refusalOf(page)).toBeVisible();
    },
  },
];

for (const { name, at, reach } of STATES) {
  test(`${name}: no axe violation in light and dark, and at 320 pixels no scrolling sideways`, async ({ browser }) => {
    test.slow();
    const page = await pageOf(browser, "analyst");
    const open = async (): Promise<void> => {
      await page.goto(`/dialogues/${SLUG}${at.replace("ID", statement)}`);
      await reach?.(page);
    };
    await open();
    await axeClean(page);
    await page.setViewportSize({ width: 320, height: 640 });
    await open();
    await expectNoSidewaysScroll(page);
    await axeClean(page);
  });
}

/** Walks through a page by Tab and names every stop that something else lies over. */
async function hiddenStops(page: Page, steps: number): Promise<string[]> {
  const hidden: string[] = [];
  for (let step = 0; step < steps; step += 1) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate(() => {
      const at = document.activeElement;
      if (!at || at === document.body) return null;
      const box = at.getBoundingClientRect();
      const inside = (x: number, y: number): boolean => {
        const seen = document.elementFromPoint(x, y);
        return seen !== null && (at.contains(seen) || seen.contains(at));
      };
      // A stop is in sight when any part of it can be seen: tables are longer than the window.
      const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
      const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
      if (right <= left || bottom <= top) return at.outerHTML.slice(0, 200);
      const xs = [0.1, 0.5, 0.9].map((part) => left + (right - left) * part);
      const ys = [0.2, 0.5, 0.8].map((part) => top + (bottom - top) * part);
      return xs.some((x) => ys.some((y) => inside(x, y))) ? null : at.outerHTML.slice(0, 200);
    });
    if (found) hidden.push(found);
  }
  return hidden;
}

for (const width of [1280, 320]) {
  test(`what has the focus can be seen, ${width} pixels wide`, async ({ browser }) => {
    test.slow();
    const page = await pageOf(browser, "analyst");
    await page.setViewportSize({ width, height: 480 });
    for (const at of [
      "/dialogues/unga-r2p-2009",
      "/dialogues/unga-r2p-2017/represented",
      `/dialogues/${SLUG}/statements/${statement}/edit`,
    ]) {
      await page.goto(at);
      expect(await hiddenStops(page, 90), at).toEqual([]);
    }
  });
}

test("everything that is pressed is at least 24 pixels in size, or stands apart", async ({ browser }) => {
  const page = await pageOf(browser, "analyst");
  for (const at of [`/dialogues/${SLUG}`, `/dialogues/${SLUG}/statements/${statement}/edit`]) {
    await page.goto(at);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll("main button, main input:not([type=hidden]), main select, main summary")]
        .filter((element) => element.checkVisibility() && !element.classList.contains("sr-only"))
        .map((element) => {
          const { width, height } = (element.closest("label") ?? element).getBoundingClientRect();
          return { width, height, html: element.outerHTML.slice(0, 120) };
        })
        .filter(({ width, height }) => width < 24 || height < 24),
    );
    expect(small, at).toEqual([]);
  }
});

test("a reader's pages ship less than 200 kB of compressed JavaScript", async ({ browser }) => {
  for (const path of ["/dialogues/unga-r2p-2017", "/positions", "/map?view=map", "/states/denmark"]) {
    // A browser of its own, which has nothing yet.
    const page = await pageOf(browser, "viewer");
    const scripts: { url: string; encoding: string | undefined }[] = [];
    page.on("response", (response) => {
      if (response.request().resourceType() === "script") {
        scripts.push({ url: response.url(), encoding: response.headers()["content-encoding"] });
      }
    });
    await page.goto(path, { waitUntil: "networkidle" });
    expect(scripts.length, path).toBeGreaterThan(3);
    expect(scripts.filter(({ encoding }) => encoding === undefined)).toEqual([]);
    const bytes = await page.evaluate(() =>
      performance
        .getEntriesByType("resource")
        .filter((entry) => entry instanceof PerformanceResourceTiming && new URL(entry.name).pathname.endsWith(".js"))
        .reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).encodedBodySize, 0),
    );
    expect(bytes, path).toBeGreaterThan(50_000);
    expect(bytes, path).toBeLessThan(200_000);
  }
});

test("a dialogue of 200 statements is answered in time", async ({ browser }) => {
  test.setTimeout(240_000);
  const slug = "two-hundred";
  await write.dialogue(slug);
  const { data } = await write.get<{ data: { iso3: string }[] }>("/actors?kind=member_state&limit=1000");
  const groups = ["nordic", "baltic", "european-union", "group-of-friends-r2p"];
  for (let at = 0; at < 200; at += 1) {
    const represents =
      at % 10 === 0 ? [{ basis: "own" }, { basis: "group", group: groups[(at / 10) % 4] }] : [{ basis: "own" }];
    await write.say(slug, { speaker: data[at % data.length]?.iso3, represents });
  }
  const page = await pageOf(browser, "viewer");
  await page.goto(`/dialogues/${slug}`);
  await expect(page.locator("main tbody tr")).toHaveCount(200);
  const times: number[] = [];
  for (let round = 0; round < 20; round += 1) {
    const from = performance.now();
    expect((await page.request.get(`/dialogues/${slug}`)).status()).toBe(200);
    times.push(performance.now() - from);
  }
  // The target is 150 ms of server time (npm run bench measures it); the machine that runs this may be busy with more.
  expect(Math.min(...times)).toBeLessThan(450);
});
