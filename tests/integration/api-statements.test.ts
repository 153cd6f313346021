import { beforeAll, describe, expect, it } from "vitest";
import type { DialogueDto } from "@/features/dialogues/queries";
import type { Figures } from "@/features/figures/rules";
import type { StatementDetail, StatementDto } from "@/features/statements/queries/statement";
import { call, json, pathsOf, statusesOf, tokenFor } from "@/tests/support/api";
import { useDatabase } from "@/tests/support/database";

const database = useDatabase("reference");
let token = "";

type Page<T> = { data: T[]; next: string | null; total: number };
type Represented = { actor: string; name: string; kind: string; routes: string[] };

let dialogues = 0;

/** A dialogue of its own for one test, on 6 September 2017 unless it says otherwise. */
async function dialogue(more: Record<string, unknown> = {}): Promise<DialogueDto> {
  dialogues += 1;
  const body = {
    slug: `dialogue-${dialogues}`,
    title: `Dialogue ${dialogues}`,
    kind: "informal_interactive_dialogue",
    startsOn: "2017-09-06",
    ...more,
  };
  const response = await call("POST", "/dialogues", { token, body });
  expect(response.status, await response.clone().text()).toBe(201);
  return json<DialogueDto>(response);
}

async function say(slug: string, body: Record<string, unknown>): Promise<StatementDetail> {
  const response = await call("POST", `/dialogues/${slug}/statements`, { token, body });
  expect(response.status, await response.clone().text()).toBe(201);
  expect(response.headers.get("etag")).toBe('"1"');
  const statement = await json<StatementDetail>(response);
  expect(response.headers.get("location")).toBe(`/api/v1/statements/${statement.id}`);
  return statement;
}

async function figuresOf(slug: string, query = ""): Promise<Figures> {
  const response = await call("GET", `/dialogues/${slug}/figures${query}`, { token });
  expect(response.status, await response.clone().text()).toBe(200);
  return json<Figures>(response);
}

async function representedIn(slug: string, query = ""): Promise<Page<Represented>> {
  return json<Page<Represented>>(await call("GET", `/dialogues/${slug}/represented?limit=1000${query}`, { token }));
}

const change = (method: string, path: string, version: number, body?: unknown): Promise<Response> =>
  call(method, path, { token, body, headers: { "If-Match": `"${version}"` } });

beforeAll(async () => {
  token = await tokenFor();
});

describe("dialogues", () => {
  it("are recorded with their meetings, found by slug and id, and listed newest first", async () => {
    const made = await dialogue({
      slug: "unga-r2p-2031",
      startsOn: "2031-06-25",
      endsOn: "2031-07-02",
      ordinal: 22,
      meetings: [{ date: "2031-06-25", label: "First meeting" }, { date: "2031-07-02" }],
    });
    expect(made).toMatchObject({
      body: "General Assembly",
      meetings: [
        { number: 1, date: "2031-06-25", label: "First meeting" },
        { number: 2, date: "2031-07-02", label: "Second meeting" },
      ],
      version: 1,
    });
    expect(await json(await call("GET", `/dialogues/${made.id}`, { token }))).toEqual(made);
    await dialogue({ slug: "unga-r2p-2030", startsOn: "2030-06-25" });
    const list = await json<Page<DialogueDto>>(await call("GET", "/dialogues?q=unga-r2p-203&limit=1", { token }));
    expect(list).toMatchObject({ data: [{ slug: "unga-r2p-2031" }], total: 2 });
    const rest = await call("GET", `/dialogues?q=unga-r2p-203&limit=1&cursor=${list.next}`, { token });
    expect(await json(rest)).toMatchObject({ data: [{ slug: "unga-r2p-2030" }], next: null, total: 2 });
  });

  it("name the field that is wrong", async () => {
    const base = { slug: "wrong", title: "Wrong", kind: "formal_debate", startsOn: "2017-09-06" };
    await dialogue({ slug: "taken" });
    for (const [body, path] of [
      [{ slug: "taken" }, "slug"],
      [{ slug: "Not A Slug" }, "slug"],
      [{ startsOn: "2017-02-30" }, "startsOn"],
      [{ startsOn: 20170906 }, "startsOn"],
      [{ endsOn: "2017-09-05" }, "endsOn"],
      [{ meetings: [{ date: "2017-09-07" }] }, "meetings.0.date"],
      [{ kind: "chat" }, "kind"],
      [{ ordinal: true }, "ordinal"],
      [{ ordinal: "ninth" }, "ordinal"],
      [{ ordinal: 9.5 }, "ordinal"],
      [{ report: "no-such-report" }, "report"],
      [{ sourceUrl: "javascript:alert(1)" }, "sourceUrl"],
      [{ spoke: 73 }, "spoke"],
    ] as const) {
      const response = await call("POST", "/dialogues", { token, body: { ...base, ...body } });
      expect(response.status, JSON.stringify(body)).toBe(422);
      expect(await pathsOf(response), JSON.stringify(body)).toContain(path);
    }
    expect((await call("GET", "/dialogues/wrong", { token })).status).toBe(404);
  });

  it("are revised from a version", async () => {
    const { slug } = await dialogue();
    const path = `/dialogues/${slug}`;
    expect((await call("PATCH", path, { token, body: { title: "New" } })).status).toBe(428);
    const made = await change("PATCH", path, 1, { title: "New", note: "x" });
    expect(made.headers.get("etag")).toBe('"2"');
    const stale = await change("PATCH", path, 1, { title: "Newer" });
    expect(stale.status).toBe(412);
    expect(await json(stale)).toMatchObject({ current: { title: "New", version: 2 } });
    expect(await json(await change("PATCH", path, 2, { note: null }))).toMatchObject({ title: "New", note: null });
  });
});

describe("statements", () => {
  it("are recorded as the contract has them, and change the figures", async () => {
    const { slug } = await dialogue();
    const empty = await figuresOf(slug);
    expect(empty.represented).toEqual({ states: 0, observers: 0 });
    const statement = await say(slug, {
      speaker: "DNK",
      printed: "Denmark",
      role: "statement",
      order: 3,
      meeting: 1,
      language: "en",
      person: { name: "Analyst One", title: "Permanent Representative" },
      represents: [
        { basis: "own" },
        { basis: "group", group: "nordic", exclude: ["FIN"] },
        { basis: "named", actor: "EST" },
        { basis: "aligned", actor: "ALB" },
      ],
    });
    expect(statement).toMatchObject({
      dialogue: slug,
      speaker: "DNK",
      order: 3,
      meeting: 1,
      person: { name: "Analyst One", title: "Permanent Representative" },
      represents: [
        { basis: "own" },
        { basis: "group", group: "nordic", exclude: ["FIN"] },
        { basis: "named", actor: "EST" },
        { basis: "aligned", actor: "ALB" },
      ],
    });
    const figures = await figuresOf(slug);
    expect(figures).toMatchObject({
      rule: "own_and_groups",
      aligned: "exclude",
      asOf: "2017-09-06",
      spoke: { memberStates: 1, observers: 0, regionalOrganizations: 0, civilSociety: 0, unOffices: 0 },
      represented: { states: 5, observers: 0 },
      overlap: [{ actor: "DNK", routes: ["own", "group:nordic"] }],
      complete: true,
      missing: {},
    });
    expect((await figuresOf(slug, "?aligned=include")).represented.states).toBe(6);
    expect((await figuresOf(slug, "?rule=own_voice")).represented.states).toBe(1);
    expect((await figuresOf(slug, "?rule=own_and_regional")).represented.states).toBe(1);

    const inside = await representedIn(slug);
    expect(inside.total).toBe(5);
    expect(inside.data.map(({ actor, routes }) => [actor, ...routes])).toEqual([
      ["DNK", "own", "group:nordic"],
      ["EST", "named:DNK"],
      ["ISL", "group:nordic"],
      ["NOR", "group:nordic"],
      ["SWE", "group:nordic"],
    ]);
    expect((await representedIn(slug, "&only=nordic")).total).toBe(3);
  });

  it("in a group's name alone do not put the state on record in its own capacity; without rows they do", async () => {
    const { slug } = await dialogue();
    await say(slug, { speaker: "DNK", represents: [{ basis: "group", group: "nordic" }] });
    await say(slug, { speaker: "CHN" });
    const figures = await figuresOf(slug, "?rule=own_voice");
    expect(figures.represented.states).toBe(1);
    expect(figures.spoke.memberStates).toBe(2);
  });

  it("name the field that is wrong, and nothing is written", async () => {
    const { slug } = await dialogue();
    const before = await database.sql("select count(*) from audit_event");
    const group = (more: Record<string, unknown>) => ({ represents: [{ basis: "own" }, { basis: "group", ...more }] });
    for (const [body, path] of [
      [{ speaker: "ATL" }, "speaker"],
      [{ speaker: undefined }, "speaker"],
      [{ speaker: { not: "" } }, "speaker"],
      [{ role: "heckler" }, "role"],
      [{ order: 0 }, "order"],
      [{ order: true }, "order"],
      [{ order: "first" }, "order"],
      [{ order: 2 ** 31 }, "order"],
      [{ meeting: 9 }, "meeting"],
      [{ meeting: [] }, "meeting"],
      [{ language: "English" }, "language"],
      [{ person: "Analyst One" }, "person"],
      [{ person: { name: "Analyst One", age: 40 } }, "person.age"],
      [{ represents: "nordic" }, "represents"],
      [{ represents: [{ basis: "group" }] }, "represents.0.group"],
      [{ represents: [{ basis: "friend", actor: "NOR" }] }, "represents.0.basis"],
      [{ represents: [{ basis: "own", actor: "NOR" }] }, "represents.0.actor"],
      [{ represents: [{ basis: "named", actor: "ATL" }] }, "represents.0.actor"],
      [{ represents: [{ basis: "named", actor: "nordic" }] }, "represents.0.actor"],
      [{ represents: [{ basis: "own" }, { basis: "own" }] }, "represents.1.basis"],
      [group({ group: "atlantis" }), "represents.1.group"],
      [group({ group: "NOR" }), "represents.1.group"],
      [group({ group: "nordic", exclude: ["nordic"] }), "represents.1.exclude.0"],
      [group({ group: "nordic", exclude: ["NOR", "CHN"] }), "represents.1.exclude.1"],
      [group({ group: "nordic", exclude: ["NOR", "ATL"] }), "represents.1.exclude.1"],
      [group({ group: "nordic", exclude: "NOR" }), "represents.1.exclude"],
      [{ note: "half \ud83d" }, "note"],
      [{ withdrawn: null }, "withdrawn"],
    ] as const) {
      const response = await call("POST", `/dialogues/${slug}/statements`, {
        token,
        body: { speaker: "DNK", ...body },
      });
      expect(response.status, JSON.stringify(body)).toBe(422);
      expect(await pathsOf(response), JSON.stringify(body)).toContain(path);
    }
    expect((await call("POST", "/dialogues/nowhere/statements", { token, body: { speaker: "DNK" } })).status).toBe(404);
    expect(await database.sql("select count(*) from audit_event")).toEqual(before);
    expect(await json(await call("GET", `/dialogues/${slug}/statements`, { token }))).toMatchObject({
      data: [],
      total: 0,
    });
  });

  it("cover the members of their day: a later date takes a state out", async () => {
    const of = async (startsOn: string): Promise<number> => {
      const { slug } = await dialogue({ startsOn });
      await say(slug, { speaker: "EU", represents: [{ basis: "group", group: "european-union" }] });
      return (await figuresOf(slug)).represented.states;
    };
    expect(await of("2013-06-30")).toBe(27);
    expect(await of("2013-07-01")).toBe(28);
    expect(await of("2020-01-31")).toBe(28);
    expect(await of("2020-02-01")).toBe(27);
  });

  it("are listed in the order of speaking, page by page", async () => {
    const { slug } = await dialogue();
    for (const speaker of ["CHN", "FRA", "GBR", "RUS", "USA"]) await say(slug, { speaker });
    await say(slug, { speaker: "DNK", order: 2 });
    const speakers: string[] = [];
    let next: string | null = null;
    do {
      const query: string = next ? `&cursor=${next}` : "";
      const page: Page<StatementDto> = await json(
        await call("GET", `/dialogues/${slug}/statements?limit=4${query}`, { token }),
      );
      expect(page.total).toBe(6);
      speakers.push(...page.data.map(({ speaker }) => speaker));
      next = page.next;
    } while (next);
    expect(speakers).toEqual(["CHN", "DNK", "FRA", "GBR", "RUS", "USA"]);
  });

  it("keep their order when many are recorded at once", async () => {
    const { slug } = await dialogue();
    await Promise.all(["CHN", "FRA", "GBR", "RUS", "USA", "DNK"].map((speaker) => say(slug, { speaker })));
    const { data } = await json<Page<StatementDto>>(await call("GET", `/dialogues/${slug}/statements`, { token }));
    expect(data.map(({ order }) => order)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("are revised from a version; of two at once one is told", async () => {
    const { slug } = await dialogue();
    const { id } = await say(slug, { speaker: "DNK" });
    const path = `/statements/${id}`;
    const answers = await Promise.all([
      change("PATCH", path, 1, { represents: [{ basis: "group", group: "nordic" }] }),
      change("PATCH", path, 1, { represents: [{ basis: "named", actor: "EST" }] }),
    ]);
    expect(statusesOf(answers)).toEqual([200, 412]);
    const [made, told] = answers[0].status === 200 ? answers : [answers[1], answers[0]];
    const now = await json<StatementDetail>(made);
    expect(await json(told)).toMatchObject({ current: { version: 2, represents: now.represents } });
    expect(await json(await call("GET", path, { token }))).toEqual(now);
    expect(await pathsOf(await change("PATCH", path, 2, { speaker: "ATL" }))).toEqual(["speaker"]);
    expect((await change("PATCH", path, 2, {})).status).toBe(200);
    expect((await call("GET", "/statements/not-an-id", { token })).status).toBe(404);
  });

  it("are withdrawn with a reason and restored; figures follow", async () => {
    const { slug } = await dialogue();
    const { id } = await say(slug, { speaker: "DNK" });
    const path = `/statements/${id}`;
    expect((await call("DELETE", path, { token })).status).toBe(428);
    expect((await change("DELETE", path, 7)).status).toBe(412);
    const withdrawn = await change("DELETE", `${path}?reason=Counted+twice`, 1);
    expect(withdrawn.headers.get("etag")).toBe('"2"');
    expect(await json(withdrawn)).toMatchObject({ withdrawn: { reason: "Counted twice" } });
    expect((await figuresOf(slug)).spoke.memberStates).toBe(0);
    expect(await json(await call("GET", `/dialogues/${slug}/statements`, { token }))).toMatchObject({ total: 0 });
    const all = await call("GET", `/dialogues/${slug}/statements?withdrawn=include`, { token });
    expect(await json(all)).toMatchObject({ data: [{ id }], total: 1 });
    expect((await change("DELETE", path, 2)).status).toBe(409);

    const restored = await change("POST", `${path}/restore`, 2);
    expect(await json(restored)).toMatchObject({ withdrawn: null, version: 3 });
    expect((await figuresOf(slug)).spoke.memberStates).toBe(1);
    const again = await change("DELETE", path, 3, { reason: "In the body" });
    expect(await json(again)).toMatchObject({ withdrawn: { reason: "In the body" }, version: 4 });
    const reviewer = await tokenFor({ role: "reviewer" });
    const changes = await json<Page<{ type: string; subjectId: string }>>(
      await call("GET", "/changes?limit=1000&since=2000-01-01T00:00:00Z", { token: reviewer }),
    );
    expect(changes.total).toBeGreaterThan(0);
    const events = await database.sql("select type, reason from audit_event where subject_id = $1 order by id", [id]);
    expect(events).toEqual([
      { type: "statement.recorded", reason: null },
      { type: "statement.withdrawn", reason: "Counted twice" },
      { type: "statement.restored", reason: null },
      { type: "statement.withdrawn", reason: "In the body" },
    ]);
  });

  it("are recorded once however often the request is repeated, at once or later", async () => {
    const { slug } = await dialogue();
    const send = async (): Promise<string> => {
      const response = await call("POST", `/dialogues/${slug}/statements`, {
        token,
        body: { speaker: "DNK", represents: [{ basis: "group", group: "nordic", exclude: ["FIN"] }] },
        headers: { "Idempotency-Key": "statement-once" },
      });
      expect(response.status).toBe(201);
      return response.text();
    };
    const answers = [...(await Promise.all([send(), send(), send(), send()])), await send()];
    expect(new Set(answers).size).toBe(1);
    expect(await json(await call("GET", `/dialogues/${slug}/statements`, { token }))).toMatchObject({ total: 1 });
  });
});

describe("published figures", () => {
  it("stand beside what the data gives, and say what is missing", async () => {
    const { slug } = await dialogue();
    await say(slug, { speaker: "DNK", represents: [{ basis: "group", group: "nordic" }] });
    const claim = { dialogue: slug, publisher: "A publisher", sourceUrl: "https://example.org/summary" };
    for (const [unit, value] of [
      ["member_states_spoke", 73],
      ["states_represented", 5],
    ] as const) {
      const response = await call("POST", "/published-figures", { token, body: { ...claim, unit, value } });
      expect(response.status, await response.clone().text()).toBe(201);
    }
    const list = await json<Page<{ unit: string; value: number; computed: number }>>(
      await call("GET", `/published-figures?dialogue=${slug}`, { token }),
    );
    expect(list.total).toBe(2);
    expect(list.data.map(({ unit, value, computed }) => [unit, value, computed])).toEqual([
      ["member_states_spoke", 73, 1],
      ["states_represented", 5, 5],
    ]);
    expect(await figuresOf(slug)).toMatchObject({ complete: false, missing: { memberStates: 72 } });
    for (const [body, path] of [
      [{ unit: "applause", value: 1 }, "unit"],
      [{ unit: "group_members", value: 1 }, "group"],
      [{ unit: "states_represented", value: null }, "value"],
      [{ unit: "states_represented", value: true }, "value"],
      [{ unit: "states_represented", value: -1 }, "value"],
      [{ unit: "states_represented", value: 1, dialogue: "nowhere" }, "dialogue"],
      [{ unit: "states_represented", value: 1, scope: "meeting", meeting: 4 }, "meeting"],
    ] as const) {
      const response = await call("POST", "/published-figures", { token, body: { ...claim, ...body } });
      expect(response.status, JSON.stringify(body)).toBe(422);
      expect(await pathsOf(response), JSON.stringify(body)).toEqual([path]);
    }
  });
});
