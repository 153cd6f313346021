import { describe, expect, inject, test } from "vitest";
import { withClient } from "@/scripts/db";
import { addressOf, knownAddresses, routesOfBuild } from "@/tests/support/addresses";
import { expectNoSecrets } from "@/tests/support/evidence";
import { CANARY } from "@/tests/support/running";

const { url, callers, ownerUrl, log } = inject("running");
const { cookie, token } = callers.admin;
const SEARCHED = "canary-searched-4711";

type Asked = { status: number; headers: Headers; text: string };

async function ask(path: string, init: RequestInit = {}): Promise<Asked> {
  const response = await fetch(`${url}${path}`, { redirect: "manual", ...init });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const asAdmin = { headers: { Cookie: cookie } };
const withToken = { headers: { Authorization: `Bearer ${token}` } };

/** What every answer has, whoever gave it. */
function expectBase({ headers }: Asked, what: string): void {
  expect(headers.get("x-content-type-options"), what).toBe("nosniff");
  expect(headers.get("referrer-policy"), what).toBe("same-origin");
  expect(headers.get("x-frame-options"), what).toBe("DENY");
  expect(headers.get("cross-origin-opener-policy"), what).toBe("same-origin");
  expect(headers.get("x-powered-by"), what).toBeNull();
  // Over http a promise of https would lock people out.
  expect(headers.get("strict-transport-security"), what).toBeNull();
  const policy = headers.get("content-security-policy") ?? "";
  expect(policy, what).toMatch(/default-src '(?:none|self)'/);
  expect(policy, what).toContain("base-uri 'none'");
  expect(policy, what).toContain("frame-ancestors 'none'");
  expect(policy, what).not.toMatch(/script-src[^;]*'unsafe/);
}

/** A document: every script in it carries the nonce of this answer. */
function expectNonce({ headers, text }: Asked, what: string): void {
  const policy = headers.get("content-security-policy") ?? "";
  const nonce = /script-src 'nonce-([^']+)' 'strict-dynamic'/.exec(policy)?.[1] ?? "";
  expect(nonce, what).not.toBe("");
  expect(policy, what).toContain("object-src 'none'");
  expect(policy, what).toContain("form-action 'self'");
  for (const [tag] of text.matchAll(/<script\b[^>]*>/g)) expect(tag, what).toContain(`nonce="${nonce}"`);
  expect(text, what).not.toMatch(/<[a-z]+[^>]* on[a-z]+="/);
}

describe("headers", async () => {
  const known = await knownAddresses(ownerUrl, callers);
  const routes = routesOfBuild()
    .map(([file, route]) => ({ file, route }))
    .filter(({ route }) => !route.startsWith("/_") && !/[[{](?:\.\.\.|token)/.test(route));

  test("of every page and route of the build, signed in", async () => {
    for (const { file, route } of routes) {
      const path = addressOf(route, known);
      const isPage = file.endsWith("/page");
      const answer = await ask(path, path.startsWith("/api/v1") ? withToken : asAdmin);
      expect(answer.status, path).toBeLessThan(500);
      expectBase(answer, path);
      if (isPage || path.startsWith("/api/v1")) expect(answer.headers.get("cache-control"), path).toMatch(/no-store/);
      if (isPage && answer.status === 200) expectNonce(answer, path);
    }
  });

  test("of every page as part of another: a client that goes there gets data, not a document that could be framed", async () => {
    for (const { route } of routes.filter(({ file }) => file.endsWith("/page"))) {
      const path = addressOf(route, known);
      const answer = await ask(path, { headers: { Cookie: cookie, RSC: "1" } });
      expectBase(answer, path);
      expect(answer.headers.get("cache-control"), path).toMatch(/no-store/);
    }
  });

  test.each([
    ["a page that is not there", "/nothing", asAdmin, 404],
    ["a record that is not there", "/dialogues/nothing", asAdmin, 404],
    ["an address of the API that is not there", "/api/v1/nothing", withToken, 404],
    ["a file that is not there", "/_next/static/chunks/nothing.js", {}, 404],
    ["a link that is not one", "/set-up/nothing", {}, 404],
    ["a page that one may not open", "/people", { headers: { Cookie: callers.viewer.cookie } }, 403],
    ["a stranger", "/dialogues", {}, 307],
    ["a stranger at the API", "/api/v1/dialogues", {}, 401],
    ["a method that the API does not have", "/api/v1/dialogues", { ...withToken, method: "PUT" }, 405],
    ["a method that pages do not have", "/dialogues", { ...asAdmin, method: "PUT" }, 405],
    ["a path that is not UTF-8", "/dialogues/%ff", asAdmin, 400],
    ["the image optimizer", "/_next/image?url=%2Ficon.svg&w=64&q=75", asAdmin, 404],
    ["a search", `/dialogues?q=${SEARCHED}`, asAdmin, 200],
    ["a filter that is none", "/dialogues/unga-r2p-2017?kind=planet&sort=%00", asAdmin, 200],
  ])("of %s", async (_, path, init, status) => {
    const answer = await ask(path, init);
    expect(answer.status).toBe(status);
    expectBase(answer, path);
    expect(answer.headers.get("cache-control") ?? "").toMatch(/no-store/);
  });

  test("of files that never change: kept by browsers, and still not sniffed", async () => {
    const { text } = await ask("/sign-in");
    const files = [...text.matchAll(/(?:src|href)="(\/_next\/static\/[^"]+)"/g)].map(([, file]) => file ?? "");
    expect(files.length).toBeGreaterThan(2);
    for (const file of files) {
      const answer = await ask(file.replaceAll("&amp;", "&"));
      expect(answer.status, file).toBe(200);
      expectBase(answer, file);
      expect(answer.headers.get("cache-control"), file).toBe("public, max-age=31536000, immutable");
    }
    const icon = await ask("/icon.svg");
    expect(icon.status).toBe(200);
    expectBase(icon, "/icon.svg");
  });
});

describe("what is broken on our side", () => {
  /** Runs `work` while a table has another name: every query of it fails, as after a mistake of ours. */
  async function withoutTable(table: string, work: () => Promise<void>): Promise<void> {
    const rename = (from: string, to: string) =>
      withClient(ownerUrl, (client) => client.query(`alter table public."${from}" rename to "${to}"`));
    await rename(table, `${table}_gone`);
    try {
      await work();
    } finally {
      await rename(`${table}_gone`, table);
    }
  }

  test("is 500 in words, on pages without JavaScript too, and says nothing of the fault", async () => {
    await withoutTable("report", async () => {
      const page = await ask("/reports?a=%22%3Cb%3E", asAdmin);
      expect(page.status).toBe(500);
      expectBase(page, "page");
      expect(page.headers.get("cache-control")).toMatch(/no-store/);
      expect(page.text).toContain("<h1>This page did not work</h1>");
      expect(page.text).toContain(page.headers.get("x-request-id"));
      expect(page.text).toContain('<a href="/reports?a=%22%3Cb%3E">Try again</a>');
      expect(page.text).not.toMatch(/<script|report_gone|relation|prisma/i);
      expect(Number(page.headers.get("content-length"))).toBe(Buffer.byteLength(page.text));

      const api = await ask("/api/v1/reports", withToken);
      expect(api.status).toBe(500);
      expectBase(api, "API");
      expect(JSON.parse(api.text)).toEqual({
        type: "urn:problem-type:rostrum:internal",
        title: "Internal error",
        status: 500,
        detail: "Something went wrong on our side.",
      });
      // Other pages go on.
      expect((await ask("/states", asAdmin)).status).toBe(200);
    });
    expect((await ask("/reports", asAdmin)).status).toBe(200);
  });
});

test("people who sign in, rightly or wrongly, are not named in the log", async () => {
  const csrf = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const sent = (csrf.headers.getSetCookie()[0] ?? "").split(";")[0] ?? "";
  const wrong = "canary wrong password 4711";
  const signIn = (password: string) =>
    ask("/api/auth/callback/credentials", {
      method: "POST",
      headers: { Cookie: sent, Origin: url },
      body: new URLSearchParams({ csrfToken, email: CANARY.email, password }),
    });
  const denied = await signIn(wrong);
  expect(denied.headers.getSetCookie().join()).not.toContain("session-token");
  const right = await signIn(CANARY.password);
  const session = /session-token=([^;]+)/.exec(right.headers.getSetCookie().join())?.[1] ?? "";
  expect(session.length).toBeGreaterThan(100);
  expectNoSecrets(log, callers, [SEARCHED, wrong, session, csrfToken]);
});
