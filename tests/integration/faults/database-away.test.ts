import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { withClient } from "@/scripts/db";
import { startPostgres, type RunningPostgres } from "@/scripts/postgres";
import { addCaller, type RunningCaller } from "@/tests/support/callers";
import { freePort } from "@/tests/support/free-port";
import { dataFolder, startProduct, type Product } from "@/tests/support/product";
import { tcpProxy, type TcpProxy } from "@/tests/support/tcp-proxy";

// The product on a Postgres that is not its own, over a line that can be broken.
const SECRET = "a secret for tests that nobody else has";
const DAY = "2031-01-01";

let folder: Awaited<ReturnType<typeof dataFolder>>;
let server: RunningPostgres;
let line: TcpProxy;
let product: Product;
let analyst: RunningCaller;

beforeAll(async () => {
  folder = await dataFolder();
  server = await startPostgres({ dataDir: folder.folder });
  line = await tcpProxy(server.port);
  const over = new URL(server.superUrl);
  over.port = String(line.port);
  product = await startProduct({
    DATABASE_URL: over.href,
    DATA_DIR: folder.folder,
    PORT: String(await freePort()),
    AUTH_SECRET: SECRET,
    SEED: "reference",
    LOG_LEVEL: "info",
  });
  analyst = await addCaller(server.superUrl, "analyst", SECRET);
  for (const slug of ["held", "free"]) {
    const dialogue = { slug, title: slug, kind: "formal_debate", body: "General Assembly", startsOn: DAY, endsOn: DAY };
    expect((await api("POST", "/dialogues", { ...dialogue, meetings: [] })).status).toBe(201);
  }
}, 600_000);

afterAll(async () => {
  line.state("pass");
  await product.stop();
  await line.close();
  await server.stop();
  await folder.remove();
}, 60_000);

afterEach(() => line.state("pass"));

function send(method: string, path: string, more: RequestInit = {}): Promise<Response> {
  return fetch(`${product.url}${path}`, { redirect: "manual", signal: AbortSignal.timeout(30_000), method, ...more });
}

function api(method: string, path: string, body?: unknown, key?: string): Promise<Response> {
  const headers = {
    Authorization: `Bearer ${analyst.token}`,
    "Content-Type": "application/json",
    ...(key ? { "Idempotency-Key": key } : {}),
  };
  return send(method, `/api/v1${path}`, { headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
}

const page = (path: string) => send("GET", path, { headers: { Cookie: analyst.cookie } });

/** Every way to ask that needs the database. */
const ASKING: Record<string, () => Promise<Response>> = {
  "a list of the API": () => api("GET", "/actors?limit=1"),
  "a record of the API": () => api("GET", "/dialogues/free"),
  "figures of the API": () => api("GET", "/dialogues/free/figures"),
  "a write of the API": () => api("POST", "/dialogues/free/statements", { speaker: "DNK" }),
  "a list page": () => page("/dialogues"),
  "a record's page": () => page("/dialogues/free"),
  "a form's page": () => page("/dialogues/free/statements/new"),
  "who is signed in": () => send("GET", "/api/auth/session", { headers: { Cookie: analyst.cookie } }),
};

type Timed = { name: string; response: Response; text: string; ms: number };

async function timed(name: string): Promise<Timed> {
  const from = performance.now();
  const response = await ASKING[name]!();
  const text = await response.text();
  return { name, response, text, ms: performance.now() - from };
}

/** 503 in words, with when to try again, in time. */
function expectAway({ name, response, text, ms }: Timed, within = 5000): void {
  expect(response.status, `${name}: ${text.slice(0, 300)}`).toBe(503);
  expect(ms, name).toBeLessThan(within);
  expect(response.headers.get("retry-after"), name).toMatch(/^\d+$/);
  expect(response.headers.get("content-security-policy"), name).toContain("default-src 'none'");
  expect(response.headers.get("cache-control"), name).toContain("no-store");
  if (name.includes("page")) {
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(text).toContain("<h1>The database does not answer just now</h1>");
    expect(text).toContain("Try again</a>");
    expect(text).not.toContain("<script");
  } else {
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(JSON.parse(text)).toMatchObject({ status: 503, detail: expect.stringMatching(/database does not answer/) });
  }
}

async function expectAllAway(within?: number): Promise<void> {
  for (const one of await Promise.all(Object.keys(ASKING).map(timed))) expectAway(one, within);
}

async function expectHealth(ready: 200 | 503): Promise<void> {
  const from = performance.now();
  expect((await send("GET", "/api/health/live")).status).toBe(200);
  expect(performance.now() - from).toBeLessThan(1000);
  expect((await send("GET", "/api/health/ready")).status).toBe(ready);
}

/** Everything answers again within five seconds, in the same process, and no connection is lost to the pool. */
async function expectBack(): Promise<void> {
  const from = Date.now();
  for (;;) {
    const answer = await api("GET", "/dialogues/free").catch(() => null);
    if (answer?.status === 200) break;
    expect(Date.now() - from).toBeLessThan(5000);
    await sleep(100);
  }
  for (const one of await Promise.all([...Object.keys(ASKING), ...Object.keys(ASKING)].map(timed))) {
    expect(one.response.status, `${one.name}: ${one.text.slice(0, 300)}`).toBeLessThan(300);
  }
  await sleep(1000);
  await expectHealth(200);
  expect(product.output()).not.toMatch(/unhandled|uncaught/i);
}

describe("a database that is away", () => {
  test("is said in words by every answer within 5 s, and found again without a restart", async () => {
    await server.stop();
    for (let round = 0; round < 3; round += 1) {
      await expectAllAway();
      await expectHealth(503);
      await sleep(500);
    }
    server = await startPostgres({ dataDir: folder.folder });
    await expectBack();
  }, 90_000);

  test("whose line breaks in the middle of requests is found again", async () => {
    const running = Promise.all(Array.from({ length: 20 }, () => api("GET", "/dialogues/free/figures")));
    await sleep(20);
    line.state("refuse");
    for (const answer of await running) expect([200, 503]).toContain(answer.status);
    await expectAllAway();
    line.state("pass");
    await expectBack();
  }, 60_000);

  test("that falls silent uses up the pool: later requests are told within 4 s, held ones at the end of theirs", async () => {
    await Promise.all(Array.from({ length: 20 }, () => api("GET", "/dialogues/free")));
    line.state("silent");
    const held = Promise.all(Array.from({ length: 10 }, () => timed("a record of the API")));
    await sleep(500);
    const late = await Promise.all(Array.from({ length: 5 }, () => timed("a record of the API")));
    for (const one of late) expectAway(one, 4000);
    await expectHealth(503);
    for (const one of await held) expectAway(one, 15_000);
    line.state("refuse");
    line.state("pass");
    await expectBack();
  }, 90_000);
});

/** Takes a lock as another program does; returns how to let go of it. */
async function hold(sql: string): Promise<() => Promise<void>> {
  const holder = new pg.Client({ connectionString: server.superUrl });
  // A server that stops under it must not end the tests.
  holder.on("error", () => {});
  await holder.connect();
  await holder.query("begin");
  await holder.query(sql);
  return async () => {
    await holder.query("rollback");
    await holder.end();
  };
}

describe("a line that breaks while the database commits", () => {
  test("leaves a write whose outcome nobody knows: it is not said to be lost, and a repeat with its key finds it", async () => {
    const key = "outcome-unknown";
    const write = () => api("POST", "/dialogues/free/statements", { speaker: "ISL", note: key }, key);
    const rows = async () =>
      (
        await withClient(server.superUrl, (client) =>
          client.query<{ id: string }>("select id from statement where note = $1", [key]),
        )
      ).rows;
    line.state("cut commits");
    const told = await write();
    line.state("pass");
    expect(told.status).toBe(503);
    expect(told.headers.get("retry-after")).toMatch(/^\d+$/);
    const { detail } = (await told.json()) as { detail: string };
    expect(detail).not.toContain("Nothing was saved");
    expect(detail).toContain("Look whether it is on record");
    const [made] = await rows();
    expect(made).toBeDefined();
    const again = await write();
    expect(again.status).toBe(201);
    expect(await again.json()).toMatchObject({ id: made?.id });
    expect((await rows()).length).toBe(1);
  });
});

describe("a record that somebody else holds", () => {
  test("is 503 after the lock's 3 s, while other records are written", async () => {
    const release = await hold("select from dialogue where slug = 'held' for update");
    const from = performance.now();
    const waiting = api("POST", "/dialogues/held/statements", { speaker: "DNK" });
    for (let round = 0; round < 3; round += 1) {
      expect((await api("POST", "/dialogues/free/statements", { speaker: "NOR" })).status).toBe(201);
    }
    const others = performance.now() - from;
    const refused = await waiting;
    const ms = performance.now() - from;
    await release();
    expect(others).toBeLessThan(ms);
    expect(ms).toBeGreaterThan(2500);
    expectAway({ name: "a held record", response: refused, text: await refused.text(), ms });
    expect((await api("POST", "/dialogues/held/statements", { speaker: "DNK" })).status).toBe(201);
  }, 30_000);

  test("with thirty readers behind it: each is answered, and all is well afterwards", async () => {
    const release = await hold("lock table dialogue in access exclusive mode");
    const waiting = Promise.all(Array.from({ length: 30 }, () => timed("a record of the API")));
    await sleep(200);
    await expectHealth(200).catch(() => expectHealth(503));
    for (const one of await waiting) expectAway(one, 8000);
    await release();
    await expectBack();
  }, 60_000);

  test("without leaving anything half-written", async () => {
    const { rows } = await withClient(server.superUrl, (client) =>
      client.query(
        `select s.id from statement s where not exists (select from audit_event e where e.subject_id = s.id)
         union all select e.subject_id from audit_event e
         where e.subject_type = 'statement' and not exists (select from statement s where s.id = e.subject_id)`,
      ),
    );
    expect(rows).toEqual([]);
  });
});
