import { expect, type APIRequestContext, type APIResponse, type Page } from "@playwright/test";
import { test } from "../support/browser-test";
import { ACCOUNTS, axeClean, signIn } from "../support/e2e";

const { email, name, password } = ACCOUNTS.viewer;

/** What the browser complains about while a test runs: refused scripts and styles, errors of hydration. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  return complaints;
}

async function fillIn(page: Page, given: { email: string; password: string }): Promise<void> {
  await page.getByLabel("E-mail").fill(given.email);
  await page.getByLabel("Password").fill(given.password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test("leads a stranger to sign in and back, with a policy that the browser has nothing to say against", async ({
  page,
}) => {
  const complaints = complaintsOf(page);
  await page.goto("/account?from=link");
  await expect(page).toHaveURL("/sign-in?next=%2Faccount%3Ffrom%3Dlink");
  await fillIn(page, { email, password });
  await expect(page).toHaveURL("/account?from=link");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Account");
  await expect(page.getByText(`${name}, Viewer`)).toBeVisible();
  await page.goto("/sign-in?next=/account");
  await expect(page).toHaveURL("/account");
  expect(complaints).toEqual([]);
});

test("gives every script and style of a page the nonce of its answer, a new one each time", async ({ request }) => {
  const nonces = new Set<string>();
  for (let answer = 0; answer < 2; answer += 1) {
    const response = await request.get("/sign-in");
    const policy = response.headers()["content-security-policy"] ?? "";
    const nonce = /script-src 'nonce-([^']+)' 'strict-dynamic';/.exec(policy)?.[1] ?? "";
    expect(Buffer.from(nonce, "base64")).toHaveLength(16);
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    for (const part of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"]) {
      expect(policy).toContain(part);
    }
    const tags = (await response.text()).match(/<(?:script|style)\b[^>]*>/g) ?? [];
    expect(tags.length).toBeGreaterThan(3);
    for (const tag of tags) expect(tag).toContain(`nonce="${nonce}"`);
    nonces.add(nonce);
  }
  expect(nonces.size).toBe(2);
});

test("says one thing to a wrong password and an unknown account, and keeps what was typed", async ({ page }) => {
  const answers: string[] = [];
  for (const typed of [email, "nobody@example.org"]) {
    await page.goto("/sign-in");
    await fillIn(page, { email: typed, password: "not the password" });
    const alert = page.locator("form").getByRole("alert");
    await expect(alert).toBeFocused();
    answers.push(await alert.innerText());
    await expect(page.getByLabel("E-mail")).toHaveValue(typed);
    await expect(page.getByLabel("Password")).toHaveValue("");
  }
  expect(answers).toEqual(Array(2).fill("E-mail or password is not right. Check both and try again."));
  await axeClean(page);
});

test("keeps the session in a cookie that scripts and other sites do not get", async ({ page, context }) => {
  await signIn(page, "viewer");
  const cookie = (await context.cookies()).find((one) => one.name === "next-auth.session-token");
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/", secure: false });
  expect(cookie?.value).not.toContain(email);
  expect(await page.evaluate(() => document.cookie)).not.toContain("session");
});

test("works by keyboard alone and at 320 pixels", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto("/sign-in?next=/account");
  await axeClean(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.type(email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/account");
});

test("signing out ends the session itself, not only the cookie", async ({ page, context, playwright, baseURL }) => {
  await signIn(page, "viewer");
  await page.goto("/account");
  const kept = await context.storageState();
  await page.getByRole("button", { name: `Account of ${name}` }).click();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(page).toHaveURL("/sign-in");
  expect((await context.cookies()).map((cookie) => cookie.name)).not.toContain("next-auth.session-token");
  const thief = await playwright.request.newContext({ baseURL: baseURL ?? "", storageState: kept });
  const answer = await thief.get("/account", { maxRedirects: 0 });
  expect(answer.status()).toBe(307);
  expect(answer.headers()["location"]).toBe("/sign-in?next=%2Faccount");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("one signs in, is told what is wrong, and signs out", async ({ page }) => {
    await page.goto("/sign-in?next=/account");
    await fillIn(page, { email, password: "not the password" });
    await expect(page.getByText("E-mail or password is not right.")).toBeVisible();
    await expect(page.getByLabel("E-mail")).toHaveValue(email);
    await fillIn(page, { email, password });
    await expect(page).toHaveURL("/account");
    await page.getByRole("button", { name: `Account of ${name}` }).click();
    await page.getByRole("button", { name: "Sign out", exact: true }).click();
    await expect(page).toHaveURL("/sign-in");
  });

  test("a link that does not work says so, with status 404", async ({ page }) => {
    const answer = await page.goto(`/set-up/${"A".repeat(43)}`);
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("This link does not work any more");
    await expect(page.getByRole("main").getByRole("link", { name: "Sign in" })).toBeVisible();
  });
});

test.describe("the standard addresses of next-auth", () => {
  async function tokenOf(request: APIRequestContext): Promise<string> {
    return ((await (await request.get("/api/auth/csrf")).json()) as { csrfToken: string }).csrfToken;
  }

  async function callback(request: APIRequestContext, given: Record<string, string>): Promise<APIResponse> {
    const form = { csrfToken: await tokenOf(request), json: "true", ...given };
    return request.post("/api/auth/callback/credentials", { form, maxRedirects: 0 });
  }

  test("sign in, tell who is signed in, and sign out", async ({ request }) => {
    expect((await callback(request, { email, password: "not the password" })).status()).toBe(401);
    expect(await (await request.get("/api/auth/session")).json()).toEqual({});
    const answer = await callback(request, { email, password, callbackUrl: "https://evil.example/" });
    expect(answer.status()).toBe(200);
    expect(new URL(((await answer.json()) as { url: string }).url).pathname).toBe("/");
    expect(await (await request.get("/api/auth/session")).json()).toMatchObject({
      user: { name, email, role: "viewer" },
    });
    expect((await request.get("/account")).status()).toBe(200);
    const kept = await request.storageState();
    await request.post("/api/auth/signout", { form: { csrfToken: await tokenOf(request), json: "true" } });
    expect(await (await request.get("/api/auth/session")).json()).toEqual({});
    const cookie = kept.cookies.map((one) => `${one.name}=${one.value}`).join("; ");
    expect(await (await request.get("/api/auth/session", { headers: { cookie } })).json()).toEqual({});
  });

  test("ask for the CSRF token that goes with the cookie", async ({ request }) => {
    const answer = await callback(request, { email, password, csrfToken: "a".repeat(64) });
    expect(answer.headers()["set-cookie"] ?? "").not.toContain("session-token");
    expect(await (await request.get("/api/auth/session")).json()).toEqual({});
  });

  test("answer 429 with the wait after ten wrong tries", async ({ request }) => {
    const guess = { email: "guessed@example.org", password: "wrong" };
    const statuses: number[] = [];
    for (let tries = 0; tries < 11; tries += 1) statuses.push((await callback(request, guess)).status());
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429]);
    const answer = await callback(request, guess);
    expect(Number(answer.headers()["retry-after"])).toBeGreaterThan(800);
    expect(await answer.json()).toMatchObject({
      status: 429,
      detail: expect.stringMatching(/^Too many tries\. Wait 1\d minutes/),
    });
  });

  test("take nothing else: no log from outside, no large or broken body", async ({ request }) => {
    expect((await request.post("/api/auth/_log", { form: { level: "error", code: "X" } })).status()).toBe(404);
    expect((await request.get("/api/auth/callback/credentials")).status()).toBe(404);
    const headers = { "content-type": "application/json" };
    const url = "/api/auth/callback/credentials";
    expect((await request.post(url, { headers, data: Buffer.from("{") })).status()).toBe(400);
    expect((await request.post(url, { headers, data: Buffer.alloc(20_000, 32) })).status()).toBe(413);
  });
});

test.describe("an action that no page of ours sent", () => {
  const FORGERIES: [string, Record<string, string>][] = [
    ["without an Origin", {}],
    ["from another site", { origin: "https://evil.example" }],
    ["from a document without origin", { origin: "null" }],
    ["from another site with a forged host", { origin: "https://evil.example", "x-forwarded-host": "evil.example" }],
    ["that another site fetched", { "sec-fetch-site": "cross-site" }],
  ];

  for (const [how, headers] of FORGERIES) {
    test(`${how} does nothing`, async ({ request }) => {
      const html = await (await request.get("/sign-in")).text();
      const hidden = [...html.matchAll(/<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?/g)];
      const fields = hidden.map(([, field = "", value = ""]) => [field, value.replaceAll("&quot;", '"')] as const);
      expect(fields.some(([field]) => field.startsWith("$ACTION"))).toBe(true);
      const multipart = { ...Object.fromEntries(fields), email, password };
      const forged = await request.post("/sign-in", { headers, multipart, maxRedirects: 0 });
      expect(forged.headers()["set-cookie"] ?? "").not.toContain("session-token");
      const { origin } = new URL(forged.url());
      const honest = await request.post("/sign-in", { headers: { origin }, multipart, maxRedirects: 0 });
      expect(honest.headers()["set-cookie"]).toContain("session-token");
    });
  }

  test("or with nonsense for its arguments, is refused without an error of ours", async ({ request }) => {
    const html = (await (await request.get("/sign-in")).text()).replaceAll("&quot;", '"');
    const id = /"id":"([0-9a-f]{40,})"/.exec(html)?.[1] ?? "";
    for (const sent of [
      "[]",
      '["junk",5]',
      "[null,null]",
      '[{"attempt":"x"},{"email":{}}]',
      '[{"attempt":1e999}]',
      "{",
      "",
    ]) {
      const origin = new URL(test.info().project.use.baseURL ?? "").origin;
      const headers = { origin, "next-action": id, "content-type": "text/plain;charset=UTF-8" };
      const answer = await request.post("/sign-in", { headers, data: sent });
      expect(answer.headers()["set-cookie"] ?? "", sent).not.toContain("session-token");
      if (sent.endsWith("]")) expect(answer.status(), sent).toBeLessThan(500);
    }
  });
});
