import { createServer, type AddressInfo } from "node:net";
import { expect, type Page } from "@playwright/test";
import { test } from "../support/browser-test";
import { axeClean } from "../support/e2e";
import { dataFolder, startProduct, type Product } from "../support/product";

let product: Product;
let removeData = async () => {};

async function freePort(): Promise<string> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return String(port);
}

test.beforeAll(async () => {
  test.setTimeout(180_000);
  const { folder, remove } = await dataFolder();
  removeData = remove;
  product = await startProduct({ DATA_DIR: folder, PORT: await freePort(), SEED: "none", LOG_LEVEL: "warn" });
});

test.afterAll(async () => {
  await product.stop();
  await removeData();
});

async function fillIn(page: Page, password: string): Promise<void> {
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Make the first account" }).click();
}

test("the link that a first start prints makes the first administrator, once, and without JavaScript too", async ({
  browser,
}) => {
  await expect.poll(() => product.output()).toContain("/set-up/");
  const link = /http:\/\/\S+\/set-up\/\S+/.exec(product.output())?.[0] ?? "";
  expect(new URL(link).origin).toBe(product.url);

  const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await plain.goto(link);
  await plain.getByLabel("Name").fill("Administrator One");
  await plain.getByLabel("E-mail").fill("First@Example.org");
  await fillIn(plain, "administrator one");
  await expect(plain.getByRole("alert").first()).toContainText("made of your name or e-mail");
  await expect(plain.getByLabel("Name")).toHaveValue("Administrator One");
  await expect(plain.getByLabel("E-mail")).toHaveValue("First@Example.org");
  await expect(plain.getByLabel("Password")).toHaveValue("");

  const other = await (await browser.newContext()).newPage();
  await other.goto(link);
  await axeClean(other);

  await fillIn(plain, "twelve green umbrellas in may");
  await expect(plain).not.toHaveURL(/set-up/);
  await plain.goto(`${product.url}/account`);
  await expect(plain.getByText("Administrator One, Administrator")).toBeVisible();

  await other.getByLabel("Name").fill("Second");
  await other.getByLabel("E-mail").fill("second@example.org");
  await fillIn(other, "twelve green umbrellas in june");
  await expect(other.getByRole("alert").first()).toContainText("This link does not work any more.");
  expect((await other.goto(link))?.status()).toBe(404);
  await axeClean(other);
  await plain.goto(`${product.url}/people`);
  await expect(plain.getByRole("table", { name: "People" }).getByRole("row")).toHaveCount(2);
});
