import { expect, type Browser, type Page } from "@playwright/test";
import { test } from "../support/browser-test";
import { freePort } from "../support/free-port";
import { ACCOUNTS, type Role } from "../support/accounts";
import { signIn } from "../support/e2e";
import { addAccounts, admin, dataFolder, startProduct, type Product } from "../support/product";
import { walkNumbers } from "../support/walk";

// A product of its own: elsewhere others write to the record while what two pages say is compared.
let product: Product;
let removeData = async () => {};
let token: string;

test.beforeAll(async () => {
  test.setTimeout(240_000);
  const { folder, remove } = await dataFolder();
  removeData = remove;
  const { email, password } = ACCOUNTS.admin;
  product = await startProduct({
    DATA_DIR: folder,
    PORT: String(await freePort()),
    ADMIN_EMAIL: email,
    ADMIN_PASSWORD: password,
    SEED: "record",
    LOG_LEVEL: "warn",
  });
  await addAccounts(product.env);
  token = await admin(product.env, ["token", "create", "--email", email, "--scope", "write"]);
});

test.afterAll(async () => {
  await product.stop();
  await removeData();
});

/** A page of a browser of its own, signed in on this product. */
async function openAs(browser: Browser, role: Role): Promise<Page> {
  const context = await browser.newContext({ baseURL: product.url });
  const page = await context.newPage();
  await signIn(page, role);
  return page;
}

async function put<Answer>(method: string, path: string, body: unknown): Promise<Answer> {
  const response = await fetch(`${product.url}/api/v1${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  expect(response.ok, `${path}: ${text}`).toBe(true);
  return JSON.parse(text) as Answer;
}

const TEXT = "We support the formal agenda. We have some doubts about restraint of the veto.";

/** Statements coded from their texts: in one's own voice, for a group, twice by one state, one of them with another view. */
async function code(dialogue: string, speaker: string, value: string, represents?: unknown[]): Promise<void> {
  const { id } = await put<{ id: string }>("POST", `/dialogues/${dialogue}/statements`, {
    speaker,
    ...(represents ? { represents } : {}),
  });
  await put("PUT", `/statements/${id}/text`, { language: "en", text: TEXT });
  await put("PUT", `/statements/${id}/positions`, [
    { issue: "formal_agenda", value, quote: "support the formal agenda" },
    { issue: "veto_restraint", value: "sceptical", quote: "some doubts about restraint of the veto" },
  ]);
}

test("every number on every page opens exactly as many rows", async ({ browser }) => {
  test.setTimeout(300_000);
  await code("unga-r2p-2018", "NOR", "support", [{ basis: "group", group: "nordic", exclude: ["FIN"] }]);
  await code("unga-r2p-2018", "BRA", "conditional");
  await code("unga-r2p-2021", "BRA", "oppose");
  await code("unga-r2p-2021", "BRA", "support");
  await code("unga-r2p-2021", "DNK", "mixed");
  await code("unga-r2p-2021", "european-union", "support", [{ basis: "group", group: "european-union" }]);

  const page = await openAs(browser, "admin");
  const starts = [
    "/",
    "/dialogues/unga-r2p-2017",
    "/states/denmark",
    "/groups/european-union",
    "/codebook/formal_agenda",
  ];
  const walked = await page.evaluate(walkNumbers, { starts, pagesOfAShape: 2, numbersOfAShape: 2 });
  expect(walked.broken).toEqual([]);
  expect(walked.wrong).toEqual([]);
  expect(walked.numbers).toBeGreaterThan(100);
});

/** Pages that can be kept as a view, with filters that leave some rows, and where those rows are. */
const VIEWS: [name: string, address: string, rows: string][] = [
  ["Positions", "/positions?asOf=unga-r2p-2021&group=nordic&issues=formal_agenda", "#matrix tbody tr[data-actor]"],
  ["States", "/states?region=weog&sort=-name", "main tbody tr"],
  ["Search", "/search?q=responsibility&kind=issue", "main ol > li"],
  ["Participants", "/dialogues/unga-r2p-2017?basis=own&sort=-speaker&columns=speaker,basis", "#participants tbody tr"],
  ["Represented", "/dialogues/unga-r2p-2017/represented?rule=own_voice", "#represented tbody tr"],
  ["Speakers", "/dialogues/unga-r2p-2017/speakers?kind=member_state", "#speakers tbody tr"],
  ["Map", "/map", "main tbody tr"],
  ["Trends", "/trends?rule=own_voice", "main tbody tr"],
];

/** What the rows say, without what only some roles are offered. */
async function rowsAt(page: Page, address: string, rows: string): Promise<string[]> {
  await page.goto(address);
  const found = page.locator(rows);
  await expect(found.first()).toBeAttached();
  const texts = await found.allTextContents();
  return texts.map((text) => text.replace(/\s+/g, " ").trim());
}

test("a link copied from any view opens the same rows for somebody else", async ({ browser }) => {
  const [page, stranger] = [await openAs(browser, "analyst"), await openAs(browser, "viewer")];
  for (const [name, address, rows] of VIEWS) {
    const view = await put<{ address: string }>("POST", "/views", { name: `Kept: ${name}`, address, shared: true });
    const mine = await rowsAt(page, address, rows);
    expect(mine.length, name).toBeGreaterThan(0);
    expect(await rowsAt(stranger, view.address, rows), name).toEqual(mine);
  }
});
