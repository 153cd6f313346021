import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withClient } from "@/scripts/db";
import { runningPostgres } from "@/scripts/postgres";
import { addCaller, type RunningCaller } from "@/tests/support/callers";
import { freePort } from "@/tests/support/free-port";
import { press, sendFile } from "@/tests/support/no-script";
import { dataFolder, startProduct, type Product, type ProductSettings } from "@/tests/support/product";
import { damageAfter, NO_DAMAGE, sendAgain, storm, type Storm } from "@/tests/support/storm";
import { tcpProxy } from "@/tests/support/tcp-proxy";

// The product as npm start runs it, on data of its own, 14 hours ahead of the days that the record speaks of.
const SLUGS = ["storm-1", "storm-2", "storm-3", "storm-4"];
const SECRET = "a secret for tests that nobody else has";
const FIRST_DAY = "2031-01-01";

let product: Product;
let data: Awaited<ReturnType<typeof dataFolder>>;
let settings: ProductSettings;
let analyst: RunningCaller;
let ownerUrl = "";
const tried: Storm["tried"] = [];

const postmaster = () => Number(readFileSync(path.join(data.folder, "postgres/postmaster.pid"), "utf8").split("\n")[0]);
const postgresLog = () => readFileSync(path.join(data.folder, "postgres.log"), "utf8");

function lives(pid: number): boolean {
  try {
    // A process that has ended and was not waited for yet is a zombie: it has no command line any more.
    return readFileSync(`/proc/${pid}/cmdline`).length > 0;
  } catch {
    return false;
  }
}

async function start(): Promise<void> {
  product = await startProduct(settings);
  ownerUrl = runningPostgres(data.folder)?.ownerUrl ?? "";
}

function api(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${product.url}/api/v1${path}`, {
    method,
    headers: { Authorization: `Bearer ${analyst.token}`, "Content-Type": "application/json", ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** Milliseconds until the product answers a read of the database with 200. */
async function serves(within: number): Promise<number> {
  const from = Date.now();
  while (Date.now() - from < within) {
    const answer = await api("GET", "/dialogues?limit=1").catch(() => null);
    if (answer?.status === 200) return Date.now() - from;
    await sleep(50);
  }
  throw new Error(`The product did not serve within ${within} ms:\n${product.output()}`);
}

beforeAll(async () => {
  data = await dataFolder();
  settings = {
    DATA_DIR: data.folder,
    PORT: String(await freePort()),
    AUTH_SECRET: SECRET,
    SEED: "reference",
    LOG_LEVEL: "info",
    TZ: "Pacific/Kiritimati",
  };
  await start();
  analyst = await addCaller(ownerUrl, "analyst", SECRET);
  for (const slug of SLUGS) {
    const dialogue = { slug, title: slug, kind: "formal_debate", body: "General Assembly", startsOn: FIRST_DAY };
    expect((await api("POST", "/dialogues", { ...dialogue, endsOn: FIRST_DAY, meetings: [] })).status).toBe(201);
  }
}, 600_000);

afterAll(async () => {
  await product.stop();
  await data.remove();
}, 60_000);

/** Ends a storm and says what it did, with every unknown outcome cleared up. */
async function reckon(one: Storm): Promise<void> {
  await one.stop();
  tried.push(...one.tried);
  expect(one.tried.filter(({ outcome }) => outcome === "refused")).toEqual([]);
  expect(await damageAfter(ownerUrl, tried)).toEqual(NO_DAMAGE);
  await sendAgain(product.url, analyst.token, one.tried, ownerUrl);
  expect(await damageAfter(ownerUrl, tried)).toEqual(NO_DAMAGE);
}

describe("kill -9 in a storm of writes", () => {
  test.each([1, 2, 3])(
    "of the product, round %i: all or nothing, each with its event, and it starts again",
    async () => {
      const one = storm(product.url, analyst.token, SLUGS);
      await sleep(700 + Math.random() * 1000);
      const acknowledged = one.acknowledged();
      const orphan = postmaster();
      await product.kill();
      expect(lives(orphan)).toBe(true);
      await one.stop();
      await start();
      expect(lives(orphan)).toBe(false);
      expect(acknowledged).toBeGreaterThan(0);
      await reckon(one);
    },
    60_000,
  );

  test.each(["SIGKILL", "SIGQUIT"] as const)(
    "%s of Postgres: the product stays and serves again",
    async (signal) => {
      const { pid } = product;
      const one = storm(product.url, analyst.token, SLUGS);
      await sleep(700 + Math.random() * 500);
      const acknowledged = one.acknowledged();
      const killed = postmaster();
      process.kill(killed, signal);
      while (lives(killed)) await sleep(10);
      // The supervisor waits half a second; Postgres replays its log.
      expect(await serves(10_000)).toBeLessThan(5000);
      expect(product.pid).toBe(pid);
      expect(lives(pid)).toBe(true);
      await expect.poll(() => one.acknowledged(), { timeout: 20_000 }).toBeGreaterThan(acknowledged);
      expect(acknowledged).toBeGreaterThan(0);
      await reckon(one);
      expect((await fetch(`${product.url}/api/health/ready`)).status).toBe(200);
      expect(product.output()).not.toMatch(/unhandled|uncaught/i);
    },
    60_000,
  );
});

describe("an answer that is lost on the way", () => {
  test("is given again to a repeat with the same key, and nothing is written twice", async () => {
    const { port } = new URL(product.url);
    const line = await tcpProxy(Number(port));
    line.state("cut answers");
    const key = "lost-answer";
    const send = (base: string) =>
      fetch(`${base}/api/v1/dialogues/storm-1/statements`, {
        method: "POST",
        headers: { ...bearer(), "Content-Type": "application/json", "Idempotency-Key": key },
        body: JSON.stringify({ speaker: "DNK", note: key }),
      });
    await expect(send(`http://127.0.0.1:${line.port}`)).rejects.toThrow();
    await line.close();
    const rows = () =>
      withClient(ownerUrl, (client) => client.query<{ id: string }>("select id from statement where note = $1", [key]));
    const [first, ...others] = (await rows()).rows;
    expect(others).toEqual([]);
    const again = await send(product.url);
    expect(again.status).toBe(201);
    expect(again.headers.get("etag")).toBe('"1"');
    expect(await again.json()).toMatchObject({ id: first?.id, note: key, version: 1 });
    expect((await rows()).rows.length).toBe(1);
    expect(await damageAfter(ownerUrl, tried)).toEqual(NO_DAMAGE);
  });
});

const bearer = () => ({ Authorization: `Bearer ${analyst.token}` });

describe("kill -9 in the middle of an import", () => {
  test("nothing of it is there; run again, all of it is", async () => {
    const ROWS = 10_000;
    const codes = ["DNK", "NOR", "SWE", "FRA", "TCD"];
    const lines = Array.from(
      { length: ROWS },
      (_, index) => `${codes[index % 5]},imported ${index},${index % 3 ? "own" : "group:nordic"}`,
    );
    const text = `Speaker,Note,Represents\n${lines.join("\n")}\n`;
    expect(
      (
        await api("POST", "/dialogues", {
          slug: "imported",
          title: "Imported",
          kind: "formal_debate",
          body: "General Assembly",
          startsOn: FIRST_DAY,
          endsOn: FIRST_DAY,
          meetings: [],
        })
      ).status,
    ).toBe(201);
    const page = await sendFile(product.url, analyst.cookie, {
      kind: "participants",
      dialogue: "imported",
      name: "many.csv",
      text,
    });
    const ask = async (sql: string) =>
      (await withClient(ownerUrl, (client) => client.query<Record<string, string>>(sql))).rows[0] ?? {};
    const state = () => ask("select status::text, progress::text, errors::text from import");
    await expect.poll(state, { timeout: 20_000 }).toMatchObject({ status: "ready", progress: String(ROWS) });
    expect((await press(page, analyst.cookie, "Check the rows")).status).toBe(303);
    await expect.poll(state, { timeout: 20_000 }).toMatchObject({ status: "ready", errors: "0" });
    expect((await press(page, analyst.cookie, `Import ${ROWS.toLocaleString("en")} statements`)).status).toBe(303);
    // In the middle: the one transaction has written statements, and holds what it wrote until it commits.
    const writing = () =>
      ask(`select count(*)::text as transactions from pg_locks join pg_class c on c.oid = relation
           where c.relname = 'representation' and mode = 'RowExclusiveLock'`);
    await expect.poll(writing, { timeout: 20_000, interval: 20 }).not.toEqual({ transactions: "0" });
    await product.kill();
    await start();
    const nothing = { statements: "0", batches: "0", events: "0" };
    const counts = () =>
      ask(`select (select count(*) from statement where note like 'imported %') as statements, (select count(*) from batch) as batches,
           (select count(*) from audit_event where batch_id is not null) as events`);
    expect(await counts()).toEqual(nothing);
    const again = page.replace(/^http:\/\/[^/]+/, product.url);
    const html = async () => (await fetch(again, { headers: { Cookie: analyst.cookie } })).text();
    await expect.poll(html, { timeout: 15_000, interval: 250 }).toContain("Nothing was imported; you can start again.");
    expect((await press(again, analyst.cookie, `Import ${ROWS.toLocaleString("en")} statements`)).status).toBe(303);
    await expect.poll(state, { timeout: 30_000 }).toMatchObject({ status: "done" });
    expect(await counts()).toEqual({ statements: String(ROWS), batches: "1", events: String(ROWS) });
    expect(await damageAfter(ownerUrl, tried)).toEqual(NO_DAMAGE);
  }, 90_000);
});

describe("a clock far from Greenwich", () => {
  test("days are the days that were entered, in the API, on pages and in the database", async () => {
    const dialogue = await (await api("GET", "/dialogues/storm-1")).json();
    expect(dialogue).toMatchObject({ startsOn: FIRST_DAY, endsOn: FIRST_DAY });
    const page = await fetch(`${product.url}/dialogues/storm-1`, { headers: { Cookie: analyst.cookie } });
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(html).toContain("1 Jan 2031");
    expect(html).not.toMatch(/31 Dec 2030|2 Jan 2031/);
    const { rows } = await withClient(ownerUrl, (client) =>
      client.query<{ first: string }>("select starts_on::text as first from dialogue where slug = 'storm-1'"),
    );
    expect(rows[0]?.first).toBe(FIRST_DAY);
    // The United Kingdom left the European Union at the end of 31 January 2020: both days are days of membership.
    const members = async (day: string) => {
      const answer = await api("GET", `/actors/european-union/members?on=${day}&limit=100`);
      return answer.text();
    };
    expect(await members("2020-01-31")).toContain('"GBR"');
    expect(await members("2020-02-01")).not.toContain('"GBR"');
  });

  test("instants come from the database", async () => {
    const { rows } = await withClient(ownerUrl, (client) =>
      client.query<{ apart: number }>("select extract(epoch from now() - max(at))::float as apart from audit_event"),
    );
    expect(rows[0]?.apart).toBeGreaterThanOrEqual(0);
    expect(rows[0]?.apart).toBeLessThan(120);
  });
});

describe("SIGTERM while a request runs", () => {
  test("readiness goes first, the request finishes, Postgres stops cleanly, exit code 0", async () => {
    const before = statSync(path.join(data.folder, "postgres.log")).size;
    const held = await hold("storm-2");
    const running = api("POST", "/dialogues/storm-2/statements", { speaker: "NOR", note: "at the very end" });
    await held.waitedFor();
    const ended = product.stop("SIGTERM");
    await sleep(200);
    const ready = await fetch(`${product.url}/api/health/ready`);
    expect(ready.status).toBe(503);
    expect((await fetch(`${product.url}/api/health/live`)).status).toBe(200);
    await sleep(1300);
    await held.release();
    const finished = await running;
    expect(finished.status).toBe(201);
    expect(await finished.json()).toMatchObject({ note: "at the very end" });
    const from = Date.now();
    expect(await ended).toBe(0);
    expect(Date.now() - from).toBeLessThan(20_000);
    expect(postgresLog().slice(before)).toContain("database system is shut down");
    expect(postgresLog().slice(before)).not.toContain("immediate shutdown");
    await expect(fetch(`${product.url}/api/health/live`)).rejects.toThrow();
    await start();
    expect(await damageAfter(ownerUrl, tried)).toEqual(NO_DAMAGE);
  }, 60_000);
});

/** Holds a dialogue's row, as another writer does, until it is released. */
async function hold(slug: string): Promise<{ waitedFor(): Promise<void>; release(): Promise<void> }> {
  let release = () => {};
  const until = new Promise<void>((resolve) => {
    release = resolve;
  });
  let locked = () => {};
  const ready = new Promise<void>((resolve) => {
    locked = resolve;
  });
  const holding = withClient(ownerUrl, async (client) => {
    await client.query("begin");
    await client.query("select id from dialogue where slug = $1 for update", [slug]);
    locked();
    await until;
    await client.query("rollback");
  });
  await ready;
  return {
    waitedFor: async () => {
      const waiting = "select from pg_locks where not granted";
      while (!(await withClient(ownerUrl, (client) => client.query(waiting))).rowCount) await sleep(20);
    },
    release: async () => {
      release();
      await holding;
    },
  };
}
