import { beforeAll, describe, expect, it } from "vitest";
import { call, json, tokenFor } from "@/tests/support/api";
import { useDatabase } from "@/tests/support/database";

const database = useDatabase("reference");
let token = "";

type Cell = { kind: string; value: string | null; statement: string | null; through: string | null };
type Matrix = { asOf: string; issues: string[]; rows: { actor: { iso3: string }; cells: Record<string, Cell> }[] };
type Listed = { total: number; next: string | null; data: { actor: string; issue: string; through: string | null }[] };
type Problem = { errors?: { path: string; message: string }[]; detail?: string };

const TEXT = [
  "Mr. President, Denmark supports the inclusion of the responsibility to protect on the formal agenda of this Assembly.",
  "We call on the permanent members to refrain from using the veto in situations of mass atrocity.",
].join("\n\n");
const QUOTE = "supports the inclusion of the responsibility to protect on the formal agenda";
const WHY = "The statement was heard in the room; no text was given out.";

async function ok<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
  const response = await call(method, path, { token, headers, ...(body === undefined ? {} : { body }) });
  expect(response.status, `${method} ${path}: ${await response.clone().text()}`).toBeLessThan(300);
  return json<T>(response);
}

let dialogues = 0;
async function dialogue(startsOn = "2017-09-06"): Promise<string> {
  dialogues += 1;
  const slug = `positions-${dialogues}`;
  await ok("POST", "/dialogues", { slug, title: slug, kind: "informal_interactive_dialogue", startsOn });
  return slug;
}

async function say(slug: string, speaker: string, represents: unknown[] = []): Promise<string> {
  return (await ok<{ id: string }>("POST", `/dialogues/${slug}/statements`, { speaker, represents })).id;
}

const position = (issue: string, value: string, more = {}) => ({ issue, value, noQuoteReason: WHY, ...more });
const code = (id: string, list: unknown[], headers = {}) => ok("PUT", `/statements/${id}/positions`, list, headers);

async function cells(query: string, ref: string): Promise<Record<string, Cell>> {
  const { rows } = await ok<Matrix>("GET", `/matrix?${query}`);
  return rows.find(({ actor }) => actor.iso3 === ref)?.cells ?? {};
}

beforeAll(async () => {
  token = await tokenFor();
});

describe("positions of a statement", () => {
  it("are coded with a quotation found in its text, in the words of the text", async () => {
    const id = await say(await dialogue(), "DNK");
    await ok("PUT", `/statements/${id}/text`, { language: "en", text: TEXT });
    const list = [
      { issue: "formal_agenda", value: "support", quote: QUOTE.replaceAll(" ", "\n") },
      position("veto_restraint", "conditional", { confidence: "medium", note: "No number of votes is named." }),
    ];
    expect(await code(id, list)).toMatchObject({
      version: 1,
      codebook: 1,
      total: 2,
      data: [
        { issue: "formal_agenda", kind: "position", value: "support", quote: QUOTE, quotation: { paragraph: 1 } },
        { issue: "veto_restraint", value: "conditional", quote: null, noQuoteReason: WHY, confidence: "medium" },
      ],
    });
    expect(await ok("GET", `/statements/${id}/positions`)).toMatchObject({ version: 1, total: 2 });
  });

  it("are refused with a word that the text does not have, and nothing of the list is stored", async () => {
    const id = await say(await dialogue(), "DNK");
    await ok("PUT", `/statements/${id}/text`, { language: "en", text: TEXT });
    const quote = QUOTE.replace("formal", "informal");
    const list = [position("veto_restraint", "support"), { issue: "formal_agenda", value: "support", quote }];
    const refused = await call("PUT", `/statements/${id}/positions`, { token, body: list });
    expect(refused.status).toBe(422);
    expect((await json<Problem>(refused)).errors).toMatchObject([{ path: "1.quote" }]);
    expect(await ok("GET", `/statements/${id}/positions`)).toMatchObject({ version: 0, total: 0 });
  });

  it("are refused without evidence, with two kinds of it, twice on one issue, or on no issue; each with its place", async () => {
    const id = await say(await dialogue(), "DNK");
    const list = [
      { issue: "formal_agenda", value: "support" },
      { issue: "veto_restraint", value: "support", quote: "veto", noQuoteReason: WHY },
      { issue: "formal_agenda", value: "oppose", noQuoteReason: WHY },
      { issue: "focal_point", noQuoteReason: WHY },
    ];
    const refused = await json<Problem>(await call("PUT", `/statements/${id}/positions`, { token, body: list }));
    expect(refused.errors?.map(({ path }) => path)).toEqual(["0.quote", "1.noQuoteReason", "2.issue", "3.value"]);
    const unknown = await call("PUT", `/statements/${id}/positions`, { token, body: [position("weather", "support")] });
    expect((await json<Problem>(unknown)).errors).toMatchObject([{ path: "0.issue" }]);
    const strange = await call("PUT", `/statements/${id}/positions`, {
      token,
      body: [position("formal_agenda", "strongly")],
    });
    expect(strange.status).toBe(422);
  });

  it("change only from the version that was read", async () => {
    const id = await say(await dialogue(), "DNK");
    await code(id, [position("formal_agenda", "support")]);
    const body = [position("formal_agenda", "oppose")];
    expect((await call("PUT", `/statements/${id}/positions`, { token, body })).status).toBe(428);
    expect(await code(id, body, { "If-Match": '"1"' })).toMatchObject({ version: 2, data: [{ value: "oppose" }] });
    const headers = { "If-Match": '"1"' };
    expect((await call("PUT", `/statements/${id}/positions`, { token, body: [], headers })).status).toBe(412);
  });

  it("leave their history, one event for each position that changed", async () => {
    const id = await say(await dialogue(), "DNK");
    await code(id, [position("formal_agenda", "support"), position("focal_point", "support")]);
    await code(id, [position("formal_agenda", "mixed"), position("veto_restraint", "support")], { "If-Match": '"1"' });
    const events = await database.sql<{ type: string; before: { value: string }; after: { value: string } }>(
      `SELECT type, before, after FROM audit_event WHERE after->>'issue' IS NOT NULL OR before->>'issue' IS NOT NULL
       ORDER BY id DESC LIMIT 3`,
    );
    expect(events.map(({ type }) => type).sort()).toEqual([
      "position.recorded",
      "position.revised",
      "position.withdrawn",
    ]);
    expect(events.find(({ type }) => type === "position.revised")).toMatchObject({
      before: { value: "support" },
      after: { value: "mixed" },
    });
  });

  it("are coded once by two who code at the same moment", async () => {
    const id = await say(await dialogue(), "DNK");
    const both = await Promise.all(
      ["support", "oppose"].map((value) =>
        call("PUT", `/statements/${id}/positions`, { token, body: [position("formal_agenda", value)] }),
      ),
    );
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 428]);
    expect(await ok("GET", `/statements/${id}/positions`)).toMatchObject({ version: 1, total: 1 });
  });

  it("may not be coded of a withdrawn statement", async () => {
    const id = await say(await dialogue(), "DNK");
    await ok("DELETE", `/statements/${id}?reason=Recorded+twice`, undefined, { "If-Match": '"1"' });
    expect((await call("PUT", `/statements/${id}/positions`, { token, body: [] })).status).toBe(409);
  });
});

describe("the matrix of one dialogue", () => {
  it("tells own, delegated and every kind of absence apart", async () => {
    const slug = await dialogue();
    const own = await say(slug, "DNK", [{ basis: "own" }, { basis: "group", group: "nordic", exclude: ["ISL"] }]);
    const alone = await say(slug, "FIN");
    await say(slug, "CHE");
    await code(own, [position("formal_agenda", "support"), position("focal_point", "mixed")]);
    await code(alone, [position("formal_agenda", "sceptical")]);
    const query = `dialogue=${slug}&issues=formal_agenda,focal_point`;
    expect(await cells(query, "DNK")).toMatchObject({
      formal_agenda: { kind: "own", value: "support", statement: own, through: null },
    });
    expect(await cells(query, "SWE")).toMatchObject({
      formal_agenda: { kind: "delegated", value: "support", statement: own, through: "nordic" },
    });
    // Its own statement overrides the delegation where it speaks of the issue, and only there.
    expect(await cells(query, "FIN")).toMatchObject({
      formal_agenda: { kind: "own", value: "sceptical", statement: alone },
      focal_point: { kind: "delegated", value: "mixed" },
    });
    expect(await cells(query, "ISL")).toMatchObject({ formal_agenda: { kind: "did_not_speak", value: null } });
    expect(await cells(query, "CHE")).toMatchObject({ formal_agenda: { kind: "not_coded" } });
    expect(await cells(`dialogue=${slug}&issues=veto_restraint`, "DNK")).toMatchObject({
      veto_restraint: { kind: "not_addressed" },
    });
    const { rows, issues } = await ok<Matrix>("GET", `/matrix?dialogue=${slug}`);
    expect([rows.length, issues.length]).toEqual([193, 29]);
  });

  it("shows a state before its admission as no member then", async () => {
    const slug = await dialogue("2010-08-09");
    expect(await cells(`dialogue=${slug}&issues=formal_agenda`, "SSD")).toMatchObject({
      formal_agenda: { kind: "not_a_member" },
    });
  });

  it("leaves out what was withdrawn", async () => {
    const slug = await dialogue();
    const id = await say(slug, "CHE");
    await code(id, [position("formal_agenda", "support")]);
    await ok("DELETE", `/statements/${id}?reason=Recorded+twice`, undefined, { "If-Match": '"1"' });
    expect(await cells(`dialogue=${slug}&issues=formal_agenda`, "CHE")).toMatchObject({
      formal_agenda: { kind: "did_not_speak" },
    });
  });

  it("follows a revision of who spoke", async () => {
    const slug = await dialogue();
    const id = await say(slug, "CHE");
    await code(id, [position("formal_agenda", "support")]);
    await ok("PATCH", `/statements/${id}`, { speaker: "LIE" }, { "If-Match": '"1"' });
    const query = `dialogue=${slug}&issues=formal_agenda`;
    expect(await cells(query, "CHE")).toMatchObject({ formal_agenda: { kind: "did_not_speak" } });
    expect(await cells(query, "LIE")).toMatchObject({ formal_agenda: { kind: "own", value: "support" } });
  });
});

describe("the matrix as of a day", () => {
  it("has the latest position up to it, and rows by region and group of that day", async () => {
    const [early, late] = [await dialogue("2031-09-05"), await dialogue("2033-09-05")];
    await code(await say(early, "PER"), [position("formal_agenda", "oppose")]);
    await code(await say(late, "PER"), [position("formal_agenda", "support")]);
    const at = async (asOf: string) => (await cells(`asOf=${asOf}&issues=formal_agenda`, "PER")).formal_agenda;
    expect(await at("2030-01-01")).toMatchObject({ kind: "did_not_speak" });
    expect(await at("2032-12-31")).toMatchObject({ kind: "own", value: "oppose" });
    expect(await at(late)).toMatchObject({ kind: "own", value: "support" });
    const count = async (query: string) =>
      (await ok<Matrix>("GET", `/matrix?issues=formal_agenda&${query}`)).rows.length;
    expect(await count("asOf=2017-09-06&group=european-union")).toBe(28);
    expect(await count("asOf=2021-05-17&group=european-union")).toBe(27);
    expect(await count("region=un-african-group")).toBe(54);
    expect(await count("region=Africa")).toBe(54);
    expect(await count("region=none")).toBe(1);
    expect(await count("kind=observer")).toBe(2);
  });

  it.each([
    ["issues=weather", "issues"],
    ["region=atlantis", "region"],
    ["group=atlantis", "group"],
    ["asOf=yesterday", "asOf"],
  ])("refuses %s under %s", async (query, path) => {
    const response = await call("GET", `/matrix?${query}`, { token });
    expect(response.status).toBe(422);
    expect((await json<Problem>(response)).errors).toMatchObject([{ path }]);
  });
});

describe("the list of positions", () => {
  it("has one row for each actor, by mode, actor, issue and value, page by page", async () => {
    const slug = await dialogue("2017-09-06");
    const nordic = await say(slug, "NOR", [{ basis: "group", group: "nordic" }]);
    await code(nordic, [position("formal_agenda", "support")]);
    await code(await say(slug, "CHE"), [position("formal_agenda", "oppose"), position("focal_point", "support")]);
    const list = (query: string) => ok<Listed>("GET", `/positions?dialogue=${slug}&${query}`);
    expect((await list("mode=own")).data).toMatchObject([
      { actor: "CHE", mode: "own", through: null, statement: expect.any(String) },
      { actor: "CHE", issue: "focal_point" },
    ]);
    const delegated = await list("mode=delegated");
    expect(delegated).toMatchObject({ total: 5 });
    expect(delegated.data.map(({ actor, through }) => `${actor} ${through}`)).toEqual([
      "DNK nordic",
      "FIN nordic",
      "ISL nordic",
      "NOR nordic",
      "SWE nordic",
    ]);
    expect(await list("actor=FIN")).toMatchObject({ total: 1, data: [{ mode: "delegated", statement: nordic }] });
    expect(await list("actor=nordic")).toMatchObject({ total: 1, data: [{ actor: "nordic", mode: "own" }] });
    expect(await list("value=oppose")).toMatchObject({ total: 1, data: [{ actor: "CHE", value: "oppose" }] });
    expect(await list("issue=focal_point")).toMatchObject({ total: 1 });
    const seen: unknown[] = [];
    let next: string | null = "";
    while (next !== null) {
      const page: Listed = await list(`limit=2${next ? `&cursor=${encodeURIComponent(next)}` : ""}`);
      expect(page.total).toBe(7);
      seen.push(...page.data.map(({ actor, issue }) => `${actor} ${issue}`));
      next = page.next;
    }
    expect(seen).toHaveLength(7);
    expect(new Set(seen).size).toBe(7);
  });
});
