import { expect } from "@playwright/test";
import { test } from "../support/browser-test";
import { freePort } from "../support/free-port";
import { ACCOUNTS } from "../support/accounts";
import { signIn } from "../support/e2e";
import { admin, dataFolder, startProduct, type Product } from "../support/product";
import { walkNumbers } from "../support/walk";

// A product of its own: elsewhere others write to the record while numbers are compared.
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
  token = await admin(product.env, ["token", "create", "--email", email, "--scope", "write"]);
});

test.afterAll(async () => {
  await product.stop();
  await removeData();
});

async function put(method: string, path: string, body: unknown): Promise<{ id: string }> {
  const response = await fetch(`${product.url}/api/v1${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  expect(response.ok, `${path}: ${text}`).toBe(true);
  return JSON.parse(text) as { id: string };
}

const TEXT = "We support the formal agenda. We have some doubts about restraint of the veto.";

/** Statements coded from their texts: in one's own voice, for a group, twice by one state, one of them with another view. */
async function code(dialogue: string, speaker: string, value: string, represents?: unknown[]): Promise<void> {
  const { id } = await put("POST", `/dialogues/${dialogue}/statements`, {
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

  const page = await (await browser.newContext({ baseURL: product.url })).newPage();
  await signIn(page, "admin");
  const starts = [
    "/",
    "/dialogues/unga-r2p-2017",
    "/states/denmark",
    "/groups/group-of-friends-r2p",
    "/groups/european-union",
    "/codebook/formal_agenda",
  ];
  const walked = await page.evaluate(walkNumbers, { starts, pagesOfAShape: 2, numbersOfAShape: 2 });
  expect(walked.broken).toEqual([]);
  expect(walked.wrong).toEqual([]);
  expect(walked.numbers).toBeGreaterThan(100);
});
