import { beforeAll, describe, expect, it } from "vitest";
import { database as connection } from "@/lib/database";
import { call, expectProblem, json, pathsOf, statusesOf, tokenFor, type Sent } from "@/tests/support/api";
import { useDatabase } from "@/tests/support/database";

const database = useDatabase();
let token = "";

/** How many rows there are of what a write could have left behind. */
async function rows(): Promise<unknown> {
  const [found] = await database.sql(
    `select (select count(*) from actor) as actors, (select count(*) from actor_name) as names,
            (select count(*) from audit_event) as events, (select count(*) from idempotency_key) as keys`,
  );
  return found;
}

beforeAll(async () => {
  token = await tokenFor();
  const body = { kind: "member_state", slug: "denmark", name: "Denmark", iso3: "DNK" };
  expect((await call("POST", "/actors", { token, body })).status).toBe(201);
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
    expect(statusesOf(answers)).toEqual([200, 412]);
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
    return {
      status,
      etag: response.headers.get("etag"),
      location: response.headers.get("location"),
      body: await response.text(),
    };
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
