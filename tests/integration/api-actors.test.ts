import { beforeAll, describe, expect, it } from "vitest";
import type { ActorDto, MembershipDto } from "@/features/actors/schema";
import { call, json, pathsOf, tokenFor } from "@/tests/support/api";
import { useDatabase } from "@/tests/support/database";

const database = useDatabase();
let token = "";

type Page<T> = { data: T[]; next: string | null; total: number };

async function record(body: Record<string, unknown>): Promise<ActorDto> {
  const response = await call("POST", "/actors", { token, body });
  expect(response.status, await response.clone().text()).toBe(201);
  return json<ActorDto>(response);
}

async function join(group: string, body: Record<string, unknown>): Promise<MembershipDto> {
  const response = await call("POST", `/actors/${group}/members`, { token, body: { source: "A list", ...body } });
  expect(response.status, await response.clone().text()).toBe(201);
  return json<MembershipDto>(response);
}

const count = async (table: "actor" | "membership" | "audit_event"): Promise<number> =>
  Number((await database.sql<{ n: string }>(`select count(*) as n from ${table}`))[0]?.n);

beforeAll(async () => {
  token = await tokenFor();
  await record({ kind: "member_state", slug: "denmark", name: "Denmark", iso2: "DK", iso3: "DNK", m49: "208" });
  await record({
    kind: "member_state",
    slug: "cote-divoire",
    name: "Côte d’Ivoire",
    iso3: "CIV",
    names: [{ name: "Ivory Coast", kind: "former", until: "1985-12-31" }],
  });
  await record({ kind: "member_state", slug: "finland", name: "Finland", iso3: "FIN" });
  await record({ kind: "regional_organization", slug: "european-union", name: "European Union", iso2: "EU" });
  await record({ kind: "group", slug: "nordic", name: "Nordic countries", iso3: null });
  await record({ kind: "group", slug: "friends", name: "Group of Friends" });
  await join("nordic", { member: "DNK", from: "1952-01-01", until: null });
  await join("nordic", { member: "FIN", from: "1955-12-01" });
  await join("friends", { member: "european-union", from: "2008-01-01", until: "2012-12-31" });
  await join("friends", { member: "DNK", from: null, knownOn: "2012-09-05" });
});

describe("actors", () => {
  it("are found by ISO3 code, slug, id and, for organizations, alpha-2 code", async () => {
    const denmark = await json<ActorDto>(await call("GET", "/actors/DNK", { token }));
    expect(denmark).toMatchObject({ iso3: "DNK", slug: "denmark", name: "Denmark", version: 1, m49: "208" });
    for (const ref of ["denmark", denmark.id, denmark.id.toUpperCase()]) {
      expect(await json(await call("GET", `/actors/${ref}`, { token }))).toEqual(denmark);
    }
    expect(await json(await call("GET", "/actors/EU", { token }))).toMatchObject({ slug: "european-union" });
    for (const ref of ["DK", "dnk", "Denmark", "nobody", "00000000-0000-7000-8000-000000000000", "a%00b"]) {
      expect((await call("GET", `/actors/${ref}`, { token })).status, ref).toBe(404);
    }
  });

  it("carry the name of the day asked about", async () => {
    const on = async (day: string) =>
      (await json<ActorDto>(await call("GET", `/actors/CIV?on=${day}`, { token }))).name;
    expect(await on("1980-01-01")).toBe("Ivory Coast");
    expect(await on("1990-01-01")).toBe("Côte d’Ivoire");
  });

  it("are listed by kind, by any name without case and accents, by code, and by group on a day", async () => {
    const slugs = async (query: string) =>
      (await json<Page<ActorDto>>(await call("GET", `/actors?${query}`, { token }))).data.map(({ slug }) => slug);
    expect(await slugs("kind=group")).toEqual(["friends", "nordic"]);
    expect(await slugs("q=COTE")).toEqual(["cote-divoire"]);
    expect(await slugs("q=ivory+coast")).toEqual(["cote-divoire"]);
    expect(await slugs("q=fin&kind=")).toEqual(["finland"]);
    expect(await slugs("q=dnk")).toEqual(["denmark"]);
    expect(await slugs("q=%25")).toEqual([]);
    expect(await slugs("q=_")).toEqual([]);
    expect(await slugs("group=nordic&on=1953-05-05")).toEqual(["denmark"]);
    expect(await slugs("group=nordic&on=2017-09-06")).toEqual(["denmark", "finland"]);
    expect(await pathsOf(await call("GET", "/actors?group=atlantis", { token }))).toEqual(["group"]);
  });

  it("come page by page, and a cursor holds for its own list only", async () => {
    const seen: string[] = [];
    let next: string | null = null;
    do {
      const query: string = next ? `?limit=2&cursor=${next}` : "?limit=2";
      const page: Page<ActorDto> = await json(await call("GET", `/actors${query}`, { token }));
      expect(page.total).toBe(6);
      expect(page.data.length).toBe(2);
      seen.push(...page.data.map(({ slug }) => slug));
      next = page.next;
    } while (next);
    expect(seen).toEqual(["cote-divoire", "denmark", "european-union", "finland", "friends", "nordic"]);

    const { next: cursor } = await json<Page<ActorDto>>(await call("GET", "/actors?limit=2", { token }));
    const forged = [
      `${cursor}x`,
      `${cursor?.startsWith("A") ? "B" : "A"}${cursor?.slice(1)}`,
      cursor?.slice(0, -4),
      "x",
      "eyJhIjoxfQ",
      Buffer.from('"denmark"').toString("base64url"),
      "a".repeat(5000),
    ];
    for (const one of forged) {
      const response = await call("GET", `/actors?limit=2&cursor=${one}`, { token });
      expect(response.status, one).toBe(422);
      expect(await pathsOf(response)).toEqual(["cursor"]);
    }
    expect((await call("GET", `/actors?kind=group&cursor=${cursor}`, { token })).status).toBe(422);
    expect((await call("GET", `/actors?limit=7&cursor=${cursor}`, { token })).status).toBe(200);
  });

  it("are refused when a code or an address is taken, and nothing is written", async () => {
    const before = await count("audit_event");
    const base = { kind: "member_state", slug: "sweden", name: "Sweden" };
    for (const [taken, path] of [
      [{ slug: "denmark" }, "slug"],
      [{ iso3: "DNK" }, "iso3"],
      [{ m49: "208" }, "m49"],
      [{ kind: "group", iso3: "XYZ" }, "iso3"],
      [{ slug: "0192d0a0-0000-7000-8000-000000000000" }, "slug"],
      [{ names: [{ name: "Sverige", from: "2000-01-02", until: "2000-01-01" }] }, "names.0.until"],
      [
        {
          names: [
            { name: "Sweden", kind: "short", from: "2000-01-01" },
            { name: "Sweden", kind: "short", from: "2001-01-01" },
          ],
        },
        "names",
      ],
      [{ admittedOn: "2017-02-29" }, "admittedOn"],
    ] as const) {
      const response = await call("POST", "/actors", { token, body: { ...base, ...taken } });
      expect(response.status, JSON.stringify(taken)).toBe(422);
      expect(await pathsOf(response)).toEqual([path]);
    }
    expect(await count("audit_event")).toBe(before);
  });

  it("are revised from a version, with the fields before and after in the audit trail", async () => {
    const made = await record({ kind: "member_state", slug: "turkiye", name: "Turkey", iso3: "TUR" });
    const patch = { name: "Türkiye", names: [{ name: "Turkey", kind: "former", until: "2022-05-31" }] };
    const response = await call("PATCH", "/actors/TUR", { token, body: patch, headers: { "If-Match": '"1"' } });
    expect(response.status, await response.clone().text()).toBe(200);
    expect(response.headers.get("etag")).toBe('"2"');
    const revised = await json<ActorDto>(response);
    expect(revised).toMatchObject({ version: 2, name: "Türkiye", iso3: "TUR" });
    const events = await database.sql<{ type: string; before: { names: unknown[] }; after: { names: unknown[] } }>(
      "select type, before, after from audit_event where subject_id = $1 order by id",
      [made.id],
    );
    expect(events.map(({ type }) => type)).toEqual(["actor.recorded", "actor.revised"]);
    expect(events[1]?.before.names).toMatchObject([{ name: "Turkey", kind: "short" }]);
    expect(events[1]?.after.names).toMatchObject([{ name: "Türkiye" }, { name: "Turkey", until: "2022-05-31" }]);
    const names = await call("PATCH", "/actors/TUR", { token, body: { names: [] }, headers: { "If-Match": '"2"' } });
    expect(await pathsOf(names)).toEqual(["names"]);
  });

  it("that have members stay of a kind that can have them", async () => {
    const response = await call("PATCH", "/actors/nordic", {
      token,
      body: { kind: "civil_society" },
      headers: { "If-Match": '"1"' },
    });
    expect(await pathsOf(response)).toEqual(["kind"]);
  });
});

describe("members", () => {
  const members = async (group: string, on: string) => {
    const page = await json<Page<MembershipDto>>(await call("GET", `/actors/${group}/members?on=${on}`, { token }));
    expect(page.total).toBe(page.data.length);
    return page.data.map(({ member }) => member.slug);
  };

  it("are those of the day; both days of a period belong to it, and an unknown first day lies before any", async () => {
    expect(await members("nordic", "1951-12-31")).toEqual([]);
    expect(await members("nordic", "1952-01-01")).toEqual(["denmark"]);
    expect(await members("friends", "2012-12-31")).toEqual(["denmark", "european-union"]);
    expect(await members("friends", "2013-01-01")).toEqual(["denmark"]);
    expect(await members("friends", "1950-01-01")).toEqual(["denmark"]);
    expect((await call("GET", "/actors/atlantis/members", { token })).status).toBe(404);
    expect(await pathsOf(await call("GET", "/actors/nordic/members?on=yesterday", { token }))).toEqual(["on"]);
  });

  it("may not overlap, be the group itself, be unknown, or belong to what is no group", async () => {
    const before = [await count("membership"), await count("audit_event")];
    for (const [group, body, path] of [
      ["nordic", { member: "DNK", from: "1960-01-01", until: "1970-01-01" }, "from"],
      ["nordic", { member: "DNK", from: null, until: "1952-01-01" }, "from"],
      ["friends", { member: "european-union", from: "2012-12-31" }, "from"],
      ["nordic", { member: "nordic", from: "2000-01-01" }, "member"],
      ["nordic", { member: "ATL", from: "2000-01-01" }, "member"],
      ["DNK", { member: "FIN", from: "2000-01-01" }, "group"],
      ["nordic", { member: "CIV", from: "2000-01-02", until: "2000-01-01" }, "until"],
      ["nordic", { member: "CIV", from: "2000-02-30" }, "from"],
      ["nordic", { member: "CIV", from: "2000-02-03", source: null }, "source"],
      ["nordic", { member: "CIV", since: "2000-02-03" }, "since"],
    ] as const) {
      const response = await call("POST", `/actors/${group}/members`, { token, body: { source: "A list", ...body } });
      expect(response.status, JSON.stringify(body)).toBe(422);
      expect(await pathsOf(response), JSON.stringify(body)).toEqual([path]);
    }
    expect([await count("membership"), await count("audit_event")]).toEqual(before);
  });

  it("can be members again after they left", async () => {
    const again = await join("friends", { member: "european-union", from: "2013-01-01" });
    expect(again).toMatchObject({
      group: { slug: "friends" },
      member: { slug: "european-union" },
      until: null,
      version: 1,
    });
  });

  it("end by a revision from a version, and are removed only with a reason", async () => {
    const made = await join("friends", { member: "FIN", from: "2014-01-01" });
    const path = `/actors/friends/members/${made.id}`;
    expect((await call("GET", path, { token })).headers.get("etag")).toBe('"1"');
    expect((await call("GET", `/actors/nordic/members/${made.id}`, { token })).status).toBe(404);

    const ended = await call("PATCH", path, { token, body: { until: "2015-12-31" }, headers: { "If-Match": '"1"' } });
    expect(await json(ended)).toMatchObject({ until: "2015-12-31", from: "2014-01-01", version: 2 });
    const backwards = await call("PATCH", path, {
      token,
      body: { until: "2013-12-31" },
      headers: { "If-Match": '"2"' },
    });
    expect(await pathsOf(backwards)).toEqual(["until"]);
    const stale = await call("DELETE", `${path}?reason=Mistake`, { token, headers: { "If-Match": '"1"' } });
    expect(stale.status).toBe(412);
    expect(stale.headers.get("etag")).toBe('"2"');
    expect(await json(stale)).toMatchObject({ current: { version: 2, until: "2015-12-31" } });

    expect(await pathsOf(await call("DELETE", path, { token, headers: { "If-Match": '"2"' } }))).toEqual(["reason"]);
    const headers = { "If-Match": '"2"', "Idempotency-Key": "remove-once" };
    for (const _ of [1, 2]) {
      const removed = await call("DELETE", `${path}?reason=Mistake`, { token, headers });
      expect(removed.status, await removed.clone().text()).toBe(204);
    }
    const events = await database.sql("select type, reason from audit_event where subject_id = $1 order by id", [
      made.id,
    ]);
    expect(events).toEqual([
      { type: "membership.recorded", reason: null },
      { type: "membership.revised", reason: null },
      { type: "membership.removed", reason: "Mistake" },
    ]);
  });
});
