import { beforeAll, describe, expect, it } from "vitest";
import { database as connection } from "@/lib/database";
import { call, json, pathsOf, routeFiles, tokenFor, type Sent } from "@/tests/support/api";
import { useDatabase } from "@/tests/support/database";

const database = useDatabase();
let token = "";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const DENMARK = { kind: "member_state", slug: "denmark", name: "Denmark", iso3: "DNK" };
const NORWAY = { kind: "member_state", slug: "norway", name: "Norway", iso3: "NOR" };

type Problem = { type: string; title: string; status: number; detail: string };

/** How many rows there are of what a write could have left behind. */
async function rows(): Promise<unknown> {
  const [found] = await database.sql(
    `select (select count(*) from actor) as actors, (select count(*) from actor_name) as names,
            (select count(*) from audit_event) as events, (select count(*) from idempotency_key) as keys`,
  );
  return found;
}

async function expectProblem(response: Response, status: number): Promise<Problem> {
  const text = await response.clone().text();
  expect(response.status, text).toBe(status);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  const problem = await json<Problem>(response);
  expect(problem).toMatchObject({ status, type: expect.stringMatching(/^urn:problem-type:rostrum:/) });
  expect(problem.title).not.toBe("");
  expect(problem.detail).not.toBe("");
  return problem;
}

/** A refused write: the status, the fields it names, and that nothing was written. */
async function refused(sent: Sent, status: number, paths: string[] = [], path = "/actors"): Promise<void> {
  const before = await rows();
  const response = await call("POST", path, { token, ...sent });
  const named = await pathsOf(response.clone());
  await expectProblem(response, status);
  expect(named).toEqual(paths);
  expect(await rows()).toEqual(before);
}

beforeAll(async () => {
  token = await tokenFor();
  expect((await call("POST", "/actors", { token, body: DENMARK })).status).toBe(201);
});

describe("who asks", () => {
  it("nobody gets anything without a token", async () => {
    for (const path of routeFiles()) {
      for (const method of [...METHODS, "OPTIONS"]) {
        const response = await call(method, path.replace(/\{\w+\}/g, "DNK"));
        expect([401, 405], `${method} ${path}`).toContain(response.status);
        if (response.status === 401) expect(response.headers.get("www-authenticate")).toMatch(/^Bearer/);
        await expectProblem(response, response.status);
      }
    }
  });

  it("expired, revoked, unknown and malformed tokens and those of disabled people are refused", async () => {
    const dead = [
      await tokenFor({ expired: true }),
      await tokenFor({ revoked: true }),
      await tokenFor({ disabled: true }),
      `${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`,
      "rst_x",
      "x".repeat(5000),
    ];
    for (const one of dead) await expectProblem(await call("GET", "/actors/DNK", { token: one }), 401);
    for (const header of ["", "Bearer", `Basic ${token}`, token, `Bearer ${token} ${token}`, "Bearer \u00e9"]) {
      await expectProblem(await call("GET", "/actors/DNK", { headers: { Authorization: header } }), 401);
    }
    expect((await call("GET", "/actors/DNK", { headers: { Authorization: `bearer ${token}` } })).status).toBe(200);
  });

  it("a viewer and a read token read and do not write; changes are for reviewers", async () => {
    const viewer = await tokenFor({ role: "viewer" });
    const reading = await tokenFor({ role: "admin", scope: "read" });
    for (const one of [viewer, reading]) {
      expect((await call("GET", "/actors/DNK", { token: one })).status).toBe(200);
      await refused({ token: one, body: NORWAY }, 403);
      // Refused before the body is looked at.
      await refused({ token: one, body: "{" }, 403);
    }
    await expectProblem(await call("GET", "/changes", { token }), 403);
    expect((await call("GET", "/changes", { token: await tokenFor({ role: "reviewer" }) })).status).toBe(200);
    expect((await call("GET", "/changes", { token: reading })).status).toBe(200);
  });

  it("a role counts as it is now", async () => {
    const demoted = await tokenFor({ role: "analyst" });
    expect((await call("GET", "/actors", { token: demoted })).status).toBe(200);
    await connection().prisma.user.updateMany({ where: { tokens: { some: {} }, role: "analyst" }, data: { role: "viewer" } });
    await refused({ token: demoted, body: NORWAY }, 403);
    await connection().prisma.user.updateMany({ where: { role: "viewer" }, data: { role: "analyst" } });
  });
});

describe("addresses and methods", () => {
  it("unknown addresses answer 404 to every method", async () => {
    for (const path of ["/nothing", "/actors/DNK/nothing", "/../nothing", "/positions"]) {
      for (const method of METHODS) await expectProblem(await call(method, path, { token }), 404);
    }
  });

  it("other methods answer 405 and say which ones there are", async () => {
    const put = await call("PUT", "/actors", { token, body: {} });
    expect(put.headers.get("allow")).toBe("GET, HEAD, OPTIONS, POST");
    await expectProblem(put, 405);
    const remove = await call("DELETE", "/actors/DNK", { token });
    expect(remove.headers.get("allow")).toBe("GET, HEAD, OPTIONS, PATCH");
    await expectProblem(remove, 405);
  });

  it("HEAD answers as GET without a body, OPTIONS with the methods", async () => {
    const get = await call("GET", "/actors/DNK", { token });
    const head = await call("HEAD", "/actors/DNK", { token });
    expect(head.status).toBe(200);
    expect(await head.text()).toBe("");
    expect([...head.headers]).toEqual([...get.headers]);
    expect((await call("HEAD", "/actors/nobody", { token })).status).toBe(404);
    const options = await call("OPTIONS", "/actors", { token });
    expect(options.status).toBe(204);
    expect(options.headers.get("allow")).toBe("GET, HEAD, OPTIONS, POST");
    expect(options.headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("queries", () => {
  it("name the parameter that is wrong", async () => {
    for (const [query, path] of [
      ["limit=0", "limit"],
      ["limit=1001", "limit"],
      ["limit=1e3", "limit"],
      ["limit=-5", "limit"],
      ["limit=99999999999999999999", "limit"],
      ["limit=ten", "limit"],
      ["limit=5&limit=6", "limit"],
      ["kind=planet", "kind"],
      ["kind[]=group", "kind[]"],
      ["kind[not]=group", "kind[not]"],
      ["on=2017-02-29", "on"],
      ["on=2017", "on"],
      ["nothing=1", "nothing"],
      ["nothing=", "nothing"],
      ["__proto__=1", "__proto__"],
      ["constructor=1", "constructor"],
      ["q=a%00b", "q"],
      [`q=${"a".repeat(201)}`, "q"],
    ]) {
      const response = await call("GET", `/actors?${query}`, { token });
      expect(await pathsOf(response.clone()), query).toEqual([path]);
      await expectProblem(response, 422);
    }
  });
});

describe("bodies", () => {
  it("are JSON in UTF-8, whole, and not encoded", async () => {
    const bytes = new TextEncoder().encode(JSON.stringify(NORWAY));
    const latin1 = Buffer.from(JSON.stringify({ ...NORWAY, name: "Norvège" }), "latin1");
    const as = (type: string): Sent => ({ body: JSON.stringify(NORWAY), headers: { "Content-Type": type } });
    await refused({}, 400);
    await refused({ body: "" }, 400);
    await refused({ body: "{" }, 400);
    await refused({ body: `${JSON.stringify(NORWAY)}x` }, 400);
    await refused({ body: new Uint8Array(latin1) }, 400);
    await refused({ body: bytes, headers: { "Content-Length": String(bytes.length + 5) } }, 400);
    await refused({ body: bytes, headers: { "Content-Length": String(bytes.length - 5) } }, 400);
    for (const type of ["", "text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1", "multipart/form-data; boundary=x"]) {
      await refused(as(type), 415);
    }
    for (const encoding of ["gzip", "br", "deflate", "identity, gzip"]) {
      await refused({ body: bytes, headers: { "Content-Encoding": encoding } }, 415);
    }
  });

  it("are at most 1 MB, announced or not", async () => {
    const large = JSON.stringify({ ...NORWAY, note: "x".repeat(10 * 1024 * 1024) });
    await refused({ body: large, headers: { "Content-Length": String(large.length) } }, 413);
    await refused({ body: large }, 413);
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 64 * 1024;
        controller.enqueue(new Uint8Array(64 * 1024).fill(32));
      },
    });
    await refused({ body: endless }, 413);
    expect(sent).toBeLessThan(4 * 1024 * 1024);
    const broken = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"kind":'));
        controller.error(new Error("The connection was reset."));
      },
    });
    await refused({ body: broken }, 400);
  });

  it("name the field that is wrong", async () => {
    for (const [body, path] of [
      [{ ...NORWAY, capital: "Oslo" }, "capital"],
      [{ ...NORWAY, id: "0192d0a0-0000-7000-8000-000000000000" }, "id"],
      [{ ...NORWAY, version: 7 }, "version"],
      [{ ...NORWAY, name: 7 }, "name"],
      [{ ...NORWAY, name: { not: "" } }, "name"],
      [{ ...NORWAY, name: ["Norway"] }, "name"],
      [{ ...NORWAY, name: " " }, "name"],
      [{ ...NORWAY, name: "Nor\u0000way" }, "name"],
      [{ ...NORWAY, name: "Nor\nway" }, "name"],
      [{ ...NORWAY, names: [{ name: "A" }, { name: "B", kind: "pet" }] }, "names.1.kind"],
      [{ ...NORWAY, names: [{ name: "A\u0000" }] }, "names.0.name"],
      [{ ...NORWAY, iso3: "nor" }, "iso3"],
      [{ ...NORWAY, m49: 578 }, "m49"],
      [{ ...NORWAY, constructor: { prototype: { role: "admin" } } }, "constructor"],
    ] as const) {
      await refused({ body }, 422, [path]);
    }
    await refused({ body: `{"kind":"member_state","slug":"norway","name":"Nor\\ud800way"}` }, 422, ["name"]);
    await refused({ body: `{"kind":"member_state","slug":"norway","name":"Norway","\\udc00":1}` }, 422, ["\ufffd"]);
    await refused({ body: `{"__proto__":{"role":"admin"},"kind":"member_state","slug":"norway","name":"Norway"}` }, 422, ["__proto__"]);
    await refused({ body: `{"names":[{"__proto__":{"name":"A"}}],"kind":"member_state","slug":"norway","name":"Norway"}` }, 422, [
      "names.0.__proto__",
    ]);
    for (const body of ["[]", "null", '"text"', "7", "true"]) await refused({ body }, 422, [""]);
    expect(({} as { role?: string }).role).toBeUndefined();
  });

  it("nested deeply or with many unknown fields get a short answer", async () => {
    await refused({ body: "[".repeat(200_000) + "]".repeat(200_000) }, 422, ["0.0.0"]);
    const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`field${index}`, 1]));
    const response = await call("POST", "/actors", { token, body: { ...NORWAY, ...many } });
    expect(response.status).toBe(422);
    expect((await response.text()).length).toBeLessThan(20_000);
    const long = await call("POST", "/actors", { token, body: { ...NORWAY, ["x".repeat(100_000)]: 1 } });
    expect((await long.text()).length).toBeLessThan(2000);
  });

  it("keep what was sent, also what no keyboard has, and the last of two equal keys", async () => {
    const note = "a\u00a0b\tc\r\nd \u202ee\u0301 \u{1f1e9}\u{1f1f0}";
    const body = `{"slug":"first","kind":"group","name":"First","slug":"texts","note":${JSON.stringify(note)}}`;
    const made = await call("POST", "/actors", { token, body });
    expect(made.headers.get("location")).toBe("/api/v1/actors/texts");
    expect(await json(await call("GET", "/actors/texts", { token }))).toMatchObject({ note, slug: "texts" });
    expect((await call("GET", "/actors/first", { token })).status).toBe(404);
  });
});

describe("versions", () => {
  const change = (ifMatch: string | null, note: string): Promise<Response> =>
    call("PATCH", "/actors/DNK", { token, body: { note }, headers: ifMatch === null ? {} : { "If-Match": ifMatch } });

  it("have to be named, as the ETag gave them", async () => {
    const etag = (await call("GET", "/actors/DNK", { token })).headers.get("etag");
    expect(etag).toBe('"1"');
    const before = await rows();
    await expectProblem(await change(null, "x"), 428);
    await expectProblem(await change("*", "x"), 428);
    for (const wrong of ["1", '"1", "2"', "'1'", '"']) await expectProblem(await change(wrong, "x"), 422);
    for (const stale of ['"2"', '"0"', '"01"', 'W/"1"', '"abc"', '"99999999999"', '""']) {
      await expectProblem(await change(stale, "x"), 412);
    }
    expect(await rows()).toEqual(before);
    expect((await change('"1"', "first")).headers.get("etag")).toBe('"2"');
  });

  it("of two changes at once from one version, one is made and the other told what the record is now", async () => {
    const etag = (await call("GET", "/actors/DNK", { token })).headers.get("etag");
    const answers = await Promise.all([change(etag, "left"), change(etag, "right")]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    const [made, told] = answers[0].status === 200 ? answers : [answers[1], answers[0]];
    const now = await json<{ version: number; note: string }>(made);
    expect(told.headers.get("etag")).toBe(`"${now.version}"`);
    expect(await json(told)).toMatchObject({ current: { note: now.note, version: now.version } });
  });

  it("settle ten changes at once", async () => {
    const etag = (await call("GET", "/actors/DNK", { token })).headers.get("etag");
    const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => change(etag, `change ${index}`)));
    expect(answers.filter(({ status }) => status === 200).length).toBe(1);
    expect(answers.filter(({ status }) => status === 412).length).toBe(9);
  });
});

describe("Idempotency-Key", () => {
  const record = (key: string, slug: string, more: Sent = {}): Promise<Response> =>
    call("POST", "/actors", {
      token,
      body: { kind: "group", slug, name: "A group", names: [{ name: "Another name" }] },
      ...more,
      headers: { "Idempotency-Key": key, ...more.headers },
    });

  async function whole(response: Response) {
    const { status } = response;
    return { status, etag: response.headers.get("etag"), location: response.headers.get("location"), body: await response.text() };
  }

  it("gives a repeat the first answer, byte for byte, and writes once", async () => {
    const first = await whole(await record("once", "once"));
    expect(first.status).toBe(201);
    const before = await rows();
    // What happens to the record afterwards does not change the answer.
    await call("PATCH", "/actors/once", { token, body: { note: "later" }, headers: { "If-Match": '"1"' } });
    expect(await whole(await record("once", "once"))).toEqual(first);
    const after = (await rows()) as { actors: string };
    expect(after.actors).toBe((before as { actors: string }).actors);
  });

  it("gives repeats at the same time one record", async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => record("together", "together").then(whole)));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(answers.every(({ status }) => status === 201)).toBe(true);
    expect(await database.sql("select count(*)::int as n from actor where slug = 'together'")).toEqual([{ n: 1 }]);
    expect(
      await database.sql(
        "select count(*)::int as n from audit_event where subject_id = (select id from actor where slug = 'together')",
      ),
    ).toEqual([{ n: 1 }]);
  });

  it("is refused with another request, and is one's own", async () => {
    const reused = await record("once", "other");
    expect(await pathsOf(reused.clone())).toEqual(["Idempotency-Key"]);
    await expectProblem(reused, 422);
    const theirs = await record("once", "theirs", { token: await tokenFor() });
    expect(theirs.status).toBe(201);
  });

  it("does not remember a refusal", async () => {
    const first = await record("retry", "denmark");
    expect(await pathsOf(first)).toEqual(["slug"]);
    expect((await record("retry", "retry")).status).toBe(201);
  });

  it("has 1 to 255 visible ASCII characters", async () => {
    for (const key of ["a b", "é", "x".repeat(256)]) {
      const response = await record(key, "keys");
      expect(await pathsOf(response.clone()), key).toEqual(["Idempotency-Key"]);
      await expectProblem(response, 422);
    }
    expect((await record("x".repeat(255), "keys")).status).toBe(201);
  });
});

describe("a database that does not answer", () => {
  it("is answered with 503 and when to try again", async () => {
    const { prisma } = connection();
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const lock = prisma.$transaction(
      async (tx) => {
        await tx.$queryRaw`SELECT id FROM actor WHERE slug = 'denmark' FOR UPDATE`;
        await held;
      },
      { timeout: 15_000 },
    );
    const etag = (await call("GET", "/actors/DNK", { token })).headers.get("etag") ?? "";
    const response = await call("PATCH", "/actors/DNK", { token, body: { note: "x" }, headers: { "If-Match": etag } });
    release();
    await lock;
    expect(response.headers.get("retry-after")).toMatch(/^\d+$/);
    await expectProblem(response, 503);
  });
});
