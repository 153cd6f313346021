import { beforeAll, describe, expect, it } from "vitest";
import { recordActor } from "@/features/actors/mutations";
import { getActor } from "@/features/actors/queries/actor";
import { actorInput } from "@/features/actors/schema";
import type { MatchedLine } from "@/features/statements/queries/match";
import { call, expectProblem, json, pathsOf, tokenFor } from "@/tests/support/api";
import { useDatabase } from "@/tests/support/database";
import { dialogue, person, say, type Person } from "@/tests/support/record";

const database = useDatabase("reference");
let analyst: Person;
let token: string;

beforeAll(async () => {
  analyst = await person();
  token = await tokenFor();
});

async function match(slug: string, text: string): Promise<MatchedLine[]> {
  const response = await call("POST", `/dialogues/${slug}/participants/match`, { token, body: { text } });
  expect(response.status).toBe(200);
  return (await json<{ lines: MatchedLine[] }>(response)).lines;
}

type Sent = { rows: Record<string, unknown>[] };
const post = (slug: string, body: Sent, headers: Record<string, string> = {}) =>
  call("POST", `/dialogues/${slug}/participants/import`, { token, body, headers });

async function statementsOf(slug: string): Promise<{ speaker: string; order: number; represents: unknown }[]> {
  const response = await call("GET", `/dialogues/${slug}/statements?limit=1000`, { token });
  return (await json<{ data: { speaker: string; order: number; represents: unknown }[] }>(response)).data;
}

describe("a pasted list", () => {
  it("says whom each line names, for whom they spoke, and what has to be asked", async () => {
    const { slug } = await dialogue(analyst);
    const standing = await say(analyst, slug, { speaker: "CHL" });
    const lines = await match(
      slug,
      [
        "Member States",
        "",
        "1. Denmark (on behalf of the Nordic countries)",
        "2. Chile",
        "3. Congo",
        "4. H.E. Mr. [name], Permanent Representative of Austrai",
        "5. Denmark",
        "6. Global Center for the Responsibility to Protect",
        "7. Sweden, on behalf of Estonia, Latvia and his own country",
        "8. Nobody of Nowhere",
      ].join("\n"),
    );
    const brief = lines.map(({ line, match: how, actor, duplicateOf }) => [line, how, actor, duplicateOf]);
    expect(brief).toEqual([
      [3, "exact", "DNK", null],
      [4, "exact", "CHL", { statement: standing.id, line: null }],
      [5, "fuzzy", null, null],
      [6, "fuzzy", null, null],
      [7, "exact", "DNK", { statement: null, line: 3 }],
      [8, "fuzzy", null, null],
      [9, "exact", "SWE", null],
      [10, "none", null, null],
    ]);
    const choices = (at: number): string[] => (lines[at]?.candidates ?? []).map(({ actor }) => actor);
    expect(choices(2)).toEqual(expect.arrayContaining(["COG", "COD"]));
    expect(choices(3)).toEqual(expect.arrayContaining(["AUT", "AUS"]));
    expect(choices(5)).toContain("global-centre-for-the-responsibility-to-protect");
    expect(lines[0]?.represents).toEqual([{ basis: "group", group: "nordic", exclude: [] }]);
    expect(lines[6]?.represents).toEqual([
      { basis: "own" },
      { basis: "named", actor: "EST" },
      { basis: "named", actor: "LVA" },
    ]);
    expect(await statementsOf(slug)).toHaveLength(1);
  });

  it("is read with the names of civil society organizations that were recorded meanwhile", async () => {
    const { slug } = await dialogue(analyst);
    await recordActor(
      analyst.may("actor:edit"),
      actorInput.parse({ kind: "civil_society", slug: "prevention-forum", name: "Prevention Forum" }),
    );
    const [line] = await match(slug, "12) Prevention Forum (from the floor)");
    expect(line).toMatchObject({ actor: "prevention-forum", role: "civil_society", match: "exact" });
  });

  it("of two hundred misspelled lines is read in far less than a second", async () => {
    const { slug } = await dialogue(analyst);
    const text = Array.from({ length: 200 }, (_, at) => `${at + 1}. Permanent Representative of Swedenn${at % 7}`).join(
      "\n",
    );
    await match(slug, text);
    const start = performance.now();
    expect(await match(slug, text)).toHaveLength(200);
    expect(performance.now() - start).toBeLessThan(800);
  });

  it("that is too long is refused, and readers may not send any", async () => {
    const { slug } = await dialogue(analyst);
    const long = await call("POST", `/dialogues/${slug}/participants/match`, {
      token,
      body: { text: "x\n".repeat(2001) },
    });
    expect(long.status).toBe(422);
    expect(await pathsOf(long)).toEqual(["text"]);
    const reader = await tokenFor({ role: "viewer" });
    const refused = await call("POST", `/dialogues/${slug}/participants/match`, { token: reader, body: { text: "x" } });
    await expectProblem(refused, 403);
  });
});

describe("an import of participants", () => {
  it("records them in their order, after what stands, as one act with an event each", async () => {
    const { slug } = await dialogue(analyst);
    await say(analyst, slug, { speaker: "CHL" });
    const rows = [
      { speaker: "DNK", printed: "Denmark", represents: [{ basis: "group", group: "nordic", exclude: ["FIN"] }] },
      { speaker: "EST", person: { name: "Analyst One", title: "Counsellor" } },
      { speaker: "global-centre-for-the-responsibility-to-protect", role: "civil_society" },
    ];
    const response = await post(slug, { rows });
    expect(response.status).toBe(201);
    const { batch, recorded, statements } = await json<{
      batch: string;
      recorded: number;
      statements: { speaker: string; order: number }[];
    }>(response);
    expect(recorded).toBe(3);
    expect(statements.map(({ speaker, order }) => [order, speaker])).toEqual([
      [2, "DNK"],
      [3, "EST"],
      [4, "global-centre-for-the-responsibility-to-protect"],
    ]);
    const stored = await statementsOf(slug);
    expect(stored[1]?.represents).toEqual([{ basis: "group", group: "nordic", exclude: ["FIN"] }]);
    const events = await database.sql<{ type: string }>("select type from audit_event where batch_id = $1", [batch]);
    expect(events.map(({ type }) => type)).toEqual(Array.from({ length: 3 }, () => "statement.recorded"));
  });

  it("is all or nothing: every mistake is named with its row and field, and nothing is there", async () => {
    const { slug } = await dialogue(analyst);
    const unknown = await post(slug, {
      rows: [
        { speaker: "DNK" },
        { speaker: "Atlantis" },
        { speaker: "EST", represents: [{ basis: "group", group: "x" }] },
      ],
    });
    expect(unknown.status).toBe(422);
    expect(await pathsOf(unknown)).toEqual(["rows.1.speaker", "rows.2.represents.0.group"]);
    const wrong = await post(slug, {
      rows: [
        { speaker: "DNK", role: "civil_society" },
        { speaker: "EST", represents: [{ basis: "named", actor: "EST" }] },
        { speaker: "EST", meeting: 7 },
      ],
    });
    expect(await pathsOf(wrong)).toEqual(["rows.2.meeting"]);
    const rules = await post(slug, {
      rows: [
        { speaker: "DNK", role: "civil_society" },
        { speaker: "EST", represents: [{ basis: "named", actor: "EST" }] },
      ],
    });
    expect(await pathsOf(rules)).toEqual(["rows.0.role", "rows.1.represents.0.actor"]);
    expect(await pathsOf(await post(slug, { rows: [] }))).toEqual(["rows"]);
    expect(await statementsOf(slug)).toEqual([]);
    const batches = await database.sql(
      "select from batch where title like '%recorded from a list%' and id not in (select batch_id from audit_event where batch_id is not null)",
    );
    expect(batches).toEqual([]);
  });

  it("is recorded once however often the same request comes", async () => {
    const { slug } = await dialogue(analyst);
    const rows = [{ speaker: "DNK" }, { speaker: "SWE" }];
    const headers = { "Idempotency-Key": `paste-${slug}` };
    const answers = await Promise.all([post(slug, { rows }, headers), post(slug, { rows }, headers)]);
    const [one, two] = await Promise.all(answers.map((answer) => json(answer)));
    expect(one).toEqual(two);
    expect(await statementsOf(slug)).toHaveLength(2);
  });

  it("keeps every place once when several come at the same time, and takes a thousand rows in seconds", async () => {
    const { slug } = await dialogue(analyst);
    const codes = ["DNK", "SWE", "NOR", "FIN", "ISL"];
    const rows = Array.from({ length: 1000 }, (_, at) => ({ speaker: codes[at % 5] ?? "DNK" }));
    const few = [{ speaker: "CHL" }, { speaker: "PER" }];
    const start = performance.now();
    const answers = await Promise.all([post(slug, { rows }), post(slug, { rows: few }), post(slug, { rows: few })]);
    expect(performance.now() - start).toBeLessThan(15_000);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    const orders = await database.sql<{ order: number }>(
      `select "order" from statement join dialogue on dialogue.id = dialogue_id where slug = $1 order by 1`,
      [slug],
    );
    expect(orders.map(({ order }) => order)).toEqual(Array.from({ length: 1004 }, (_, at) => at + 1));
    expect((await getActor(analyst.may("record:read"), "DNK")).version).toBe(1);
  });
});
