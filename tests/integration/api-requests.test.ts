import { beforeAll, describe, expect, it } from "vitest";
import { openSession, sealSession, sessionCookie } from "@/lib/auth/session";
import { database as connection } from "@/lib/database";
import { env } from "@/lib/env";
import { call, expectProblem, json, pathsOf, routeFiles, tokenFor, type Sent } from "@/tests/support/api";
import { useDatabase } from "@/tests/support/database";

const database = useDatabase();
let token = "";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const DENMARK = { kind: "member_state", slug: "denmark", name: "Denmark", iso3: "DNK" };
const NORWAY = { kind: "member_state", slug: "norway", name: "Norway", iso3: "NOR" };

/** How many rows there are of what a write could have left behind. */
async function rows(): Promise<unknown> {
  const [found] = await database.sql(
    `select (select count(*) from actor) as actors, (select count(*) from actor_name) as names,
            (select count(*) from audit_event) as events, (select count(*) from idempotency_key) as keys`,
  );
  return found;
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
    await connection().prisma.user.updateMany({
      where: { tokens: { some: {} }, role: "analyst" },
      data: { role: "viewer" },
    });
    await refused({ token: demoted, body: NORWAY }, 403);
    await connection().prisma.user.updateMany({ where: { role: "viewer" }, data: { role: "analyst" } });
  });
});

describe("a browser's session", () => {
  async function cookie(): Promise<string> {
    const key = await connection().prisma.$transaction(async (tx) => {
      const { id } = await tx.user.create({ data: { email: "session@example.org", name: "Analyst", role: "analyst" } });
      return openSession(tx, id, { address: null, userAgent: null, requestId: null });
    });
    return `${sessionCookie().name}=${await sealSession(key)}`;
  }

  it("reads, and writes only from a page of ours; a token needs no page", async () => {
    const headers = { Cookie: await cookie() };
    expect((await call("GET", "/actors/DNK", { headers })).status).toBe(200);
    const foreign: Record<string, string>[] = [
      {},
      { Origin: "https://elsewhere.example" },
      { Origin: "null" },
      { "Sec-Fetch-Site": "cross-site" },
    ];
    for (const origin of foreign) {
      await refused({ token: null, body: NORWAY, headers: { ...headers, ...origin } }, 403);
    }
    for (const [slug, origin] of [
      ["from-a-page", { Origin: new URL(env().APP_URL).origin }],
      ["from-a-browser", { "Sec-Fetch-Site": "same-origin" }],
    ] as const) {
      const body = { kind: "group", slug, name: slug };
      expect((await call("POST", "/actors", { body, headers: { ...headers, ...origin } })).status).toBe(201);
    }
    await refused(
      { token: null, body: NORWAY, headers: { Cookie: `${headers.Cookie}x`, "Sec-Fetch-Site": "same-origin" } },
      401,
    );
    // A token that is refused is not made good by a cookie.
    await refused({ token: "rst_x", body: NORWAY, headers: { ...headers, "Sec-Fetch-Site": "same-origin" } }, 401);
  });
});

describe("addresses and methods", () => {
  it("unknown addresses answer 404 to every method", async () => {
    for (const path of ["/nothing", "/actors/DNK/nothing", "/../nothing", "/opinions"]) {
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
    for (const type of [
      "",
      "text/plain",
      "application/x-www-form-urlencoded",
      "application/json; charset=latin1",
      "multipart/form-data; boundary=x",
    ]) {
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
    await refused(
      { body: `{"__proto__":{"role":"admin"},"kind":"member_state","slug":"norway","name":"Norway"}` },
      422,
      ["__proto__"],
    );
    await refused(
      { body: `{"names":[{"__proto__":{"name":"A"}}],"kind":"member_state","slug":"norway","name":"Norway"}` },
      422,
      ["names.0.__proto__"],
    );
    for (const body of ["[]", "null", '"text"', "7", "true"]) await refused({ body }, 422, [""]);
    expect(({} as { role?: string }).role).toBeUndefined();
  });

  it("are told in sentences what is wrong", async () => {
    const response = await call("POST", "/actors", {
      token,
      body: { kind: "group", name: 7, names: {}, capital: "Oslo" },
    });
    const { errors } = await json<{ errors: { path: string; message: string }[] }>(response);
    expect(Object.fromEntries(errors.map(({ path, message }) => [path, message]))).toEqual({
      slug: "This is needed.",
      name: "This must be text.",
      names: "This must be a list.",
      capital: 'There is no field "capital".',
    });
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
