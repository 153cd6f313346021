import http from "node:http";
import { readFile } from "node:fs/promises";
import { expect, type APIResponse, type Page } from "@playwright/test";
import { test } from "../support/browser-test";
import { signIn, tokenOf } from "../support/e2e";
import { csvRows, docxContent, xlsxSheets } from "../support/files";

const DIALOGUE = "/dialogues/unga-r2p-2017";
const COLUMNS = ["order", "speaker", "iso3", "m49", "printed", "onBehalfOf", "meeting", "person"];

/** Takes a file by the menu, as people do. */
async function take(page: Page, format: string): Promise<{ name: string; file: Buffer }> {
  await page.getByRole("button", { name: "Export" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: format, exact: true }).click(),
  ]);
  return { name: download.suggestedFilename(), file: await readFile(await download.path()) };
}

/** The rows of the table on screen: a dash stands for nothing, and the person stands beside the speaker. */
async function rowsOnScreen(page: Page): Promise<string[][]> {
  return page
    .getByRole("table", { name: "Participants" })
    .locator("tbody tr")
    .evaluateAll((rows) =>
      rows.map((row) =>
        [...row.children].map((cell) => {
          const text = (cell.querySelector("a:not([rel])") ?? cell).textContent ?? "";
          return text === "–" ? "" : text;
        }),
      ),
    );
}

test("the table on screen and each file have the same rows in the same order", async ({ page }) => {
  await signIn(page, "viewer");
  for (const filters of [
    "",
    "&kind=member_state&sort=-speaker",
    "&basis=group",
    "&q=nor&sort=-order",
    "&role=statement&sort=speaker",
  ]) {
    await page.goto(`${DIALOGUE}?columns=${COLUMNS.join(",")}${filters}`);
    const shown = await rowsOnScreen(page);
    expect(shown.length, filters).toBeGreaterThan(0);
    const csv = await take(page, "CSV");
    expect(csv.name).toBe("unga-r2p-2017-participants.csv");
    const [titles, ...rows] = csvRows(csv.file);
    expect(rows, filters).toEqual(shown);
    const [heading, ...cells] = (await xlsxSheets((await take(page, "Excel (XLSX)")).file))["Participants"] ?? [];
    expect(heading).toEqual(titles);
    expect(cells.map((row) => row.map((cell) => String(cell ?? "")))).toEqual(shown);
    const { rows: printed } = await docxContent((await take(page, "Word (DOCX)")).file);
    expect(printed).toEqual([titles, ...shown]);
    const document = JSON.parse(String((await take(page, "JSON")).file)) as {
      data: { order: number }[];
      total: number;
    };
    expect(document.data.map(({ order }) => String(order))).toEqual(shown.map(([order]) => order));
    expect(document.total).toBe(shown.length);
  }
});

test("files carry the counting rule that is on screen", async ({ page }) => {
  await signIn(page, "viewer");
  await page.goto(`${DIALOGUE}?rule=own_voice&aligned=include`);
  const headline = (await page.locator("#headline").innerText()).trim();
  const { paragraphs } = await docxContent((await take(page, "Word (DOCX)")).file);
  expect(paragraphs[1]).toBe(headline);
  const metadata = JSON.parse(String((await take(page, "What the CSV holds (metadata)")).file)) as {
    "dc:description": string;
    notes: { rule: string; aligned: string }[];
  };
  expect(metadata["dc:description"]).toBe(headline);
  expect(metadata.notes[0]).toMatchObject({ rule: "own_voice", aligned: "include" });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("one takes the list, too", async ({ page }) => {
    await signIn(page, "viewer");
    await page.goto(DIALOGUE);
    const { name, file } = await take(page, "Excel (XLSX)");
    expect(name).toBe("unga-r2p-2017-participants.xlsx");
    expect(Object.keys(await xlsxSheets(file))).toEqual(["About", "Participants"]);
  });
});

const CSV_ADDRESS = "/api/v1/dialogues/unga-r2p-2017/participants.csv";

/** Asks for a file and goes away: at the first byte, or before any. */
function goAway(address: URL, token: string, early: boolean): Promise<void> {
  return new Promise((resolve) => {
    const request = http.get(address, { headers: { authorization: `Bearer ${token}` }, agent: false });
    const leave = (): void => void request.destroy();
    request.once("close", resolve).once("error", () => {});
    request.once("response", (answer) => answer.once("data", leave));
    if (early) request.once("socket", (socket) => socket.once("connect", () => setTimeout(leave, 5)));
  });
}

test("fifty clients that go away take nobody's place", async ({ request, baseURL }) => {
  const token = await tokenOf("viewer", "read");
  const file = (extension: string): Promise<APIResponse> =>
    request.get(CSV_ADDRESS.replace(".csv", extension), { headers: { authorization: `Bearer ${token}` } });
  for (let round = 0; round < 50; round += 1) {
    const extension = [".csv", ".xlsx", ".docx", ".json"][round % 4] ?? "";
    await goAway(new URL(CSV_ADDRESS.replace(".csv", extension), baseURL), token, round % 2 === 0);
  }
  await expect.poll(async () => (await file(".xlsx")).status(), { timeout: 5000 }).toBe(200);
  const both = await Promise.all([file(".csv"), file(".docx")]);
  expect(both.map((answer) => answer.status())).toEqual([200, 200]);
  expect((await request.get("/api/health/ready")).status()).toBe(200);
});

test("a file leaves the server with its headers", async ({ request }) => {
  const token = await tokenOf("viewer", "read");
  const answer = await request.get(`${CSV_ADDRESS}?q=%22%3E`, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.headers()).toMatchObject({
    "content-type": "text/csv; charset=utf-8; header=present",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    link: '<participants.csv-metadata.json?q=%22%3E>; rel="describedby"; type="application/csvm+json"',
  });
  expect((await request.get(CSV_ADDRESS)).status()).toBe(401);
});
