import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newsInWords } from "@/features/audit/formats/news";
import { hrefOf, refsOfNews, type Places } from "@/features/audit/rules/places";
import { rankOf, tellingsOf, touchedBy } from "@/features/audit/rules/subjects";
import { EVENT_TYPES, type DomainEvent, type News } from "@/features/audit/schema";

const ID = "0190c7a0-0000-7000-8000-000000000001";
const DIALOGUE = "0190c7a0-0000-7000-8000-00000000000d";
const event = (type: DomainEvent["type"], more: Partial<DomainEvent> = {}): DomainEvent => ({
  type,
  subjectId: ID,
  before: null,
  after: null,
  ...more,
});
const touched = (given: DomainEvent) => touchedBy(given).map(({ kind, by, value }) => `${kind} ${by} ${value}`);

describe("what an event touches", () => {
  const statement = {
    speaker: "DNK",
    represents: [
      { basis: "own" },
      { basis: "group", group: "nordic", exclude: ["FIN"] },
      { basis: "named", actor: "EST" },
      { basis: "aligned", actor: "ALB" },
    ],
  };

  test("a statement: its dialogue, its speaker, the group rather than its members, and nobody whom it leaves out", () => {
    expect(touched(event("statement.recorded", { dialogueId: DIALOGUE, after: statement }))).toEqual([
      `dialogue id ${DIALOGUE}`,
      "actor ref DNK",
      "actor ref nordic",
      "actor ref EST",
      "actor ref ALB",
    ]);
  });

  test("a revised statement: also those for whom it is no longer delivered, each once", () => {
    const after = { speaker: "DNK", represents: [{ basis: "own" }] };
    const found = touched(event("statement.revised", { before: statement, after }));
    expect(found).toEqual(["actor ref DNK", "actor ref nordic", "actor ref EST", "actor ref ALB"]);
  });

  test.each<[string, DomainEvent, string[]]>([
    [
      "a position of a statement",
      event("position.recorded", { dialogueId: DIALOGUE, after: { issue: "veto_restraint", statement: null } }),
      [`dialogue id ${DIALOGUE}`, "issue code veto_restraint"],
    ],
    [
      "an attributed position",
      event("position.recorded", { after: { actor: "CUB", through: "nam", issue: "scope", statement: ID } }),
      ["actor ref CUB", "actor ref nam", `actor statement ${ID}`, "issue code scope"],
    ],
    [
      "a coding",
      event("coding.submitted", { dialogueId: DIALOGUE, after: { positions: 3 } }),
      [`dialogue id ${DIALOGUE}`, `actor statement ${ID}`],
    ],
    [
      "a vote: its dialogue, not each state",
      event("vote.recorded", { dialogueId: DIALOGUE, after: { votes: { yes: ["DNK", "SWE"] } } }),
      [`dialogue id ${DIALOGUE}`],
    ],
    [
      "a membership",
      event("membership.removed", { before: { group: "nordic", member: "DNK" } }),
      ["actor ref nordic", "actor ref DNK"],
    ],
    [
      "a merge",
      event("actor.merged", { before: { mergedInto: null }, after: { mergedInto: "MMR" } }),
      [`actor id ${ID}`, "actor ref MMR"],
    ],
    ["a version of the codebook", event("codebook.published"), [`issue codebook ${ID}`]],
    [
      "a text",
      event("text.revised", { dialogueId: DIALOGUE, before: { statement: ID }, after: { statement: ID } }),
      [`dialogue id ${DIALOGUE}`, `actor statement ${ID}`],
    ],
  ])("%s", (_, given, expected) => {
    expect(touched(given)).toEqual(expected);
  });

  test("nothing, when it is a draft, an account, a session, a token or somebody's own view", () => {
    const own = EVENT_TYPES.filter((type) => /^(?:account|user|session|token|view|codebook\.(?!published))/.test(type));
    expect(own.length).toBeGreaterThan(15);
    for (const type of own) {
      const given = event(type, { dialogueId: DIALOGUE, after: { speaker: "DNK", actor: "DNK", issue: "scope" } });
      expect(touched(given), type).toEqual([]);
    }
  });

  test("each subject of an act is told once, by the event that says most", () => {
    const one = fc.record({
      type: fc.constantFrom(...EVENT_TYPES),
      dialogueId: fc.constantFrom(DIALOGUE, ID),
      after: fc.record({
        issue: fc.constantFrom("a", "b"),
        actor: fc.constantFrom("DNK", "SWE"),
        group: fc.constant("eu"),
      }),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), (given) => {
        const events = given.map(({ type, ...more }) => event(type, more));
        const told = tellingsOf(events);
        const keys = told.map(({ kind, by, value }) => `${kind} ${by} ${value}`);
        expect(new Set(keys).size).toBe(keys.length);
        expect(new Set(keys)).toEqual(new Set(events.flatMap(touched)));
        for (const { place, rank, kind, by, value } of told) {
          const all = events.filter((one) => touched(one).includes(`${kind} ${by} ${value}`));
          expect(rank).toBe(Math.max(...all.map(({ type }) => rankOf(type))));
          expect(events[place] && rankOf(events[place].type)).toBe(rank);
        }
      }),
    );
  });
});

const places: Places = {
  statements: new Map([[ID, { dialogue: "unga-r2p-2017", speaker: "DNK" }]]),
  positions: new Map([
    ["p1", { statement: ID, actor: "DNK" }],
    ["p2", { statement: null, actor: "CUB" }],
  ]),
  dialogues: new Map([[DIALOGUE, "unga-r2p-2017"]]),
};
const told = (type: string, more: Record<string, unknown> = {}) => ({
  type,
  subjectId: ID,
  dialogueId: null,
  before: null,
  after: null,
  ...more,
});

describe("where news leads", () => {
  test.each([
    [told("statement.revised"), `/dialogues/unga-r2p-2017/statements/${ID}`],
    [told("coding.submitted"), `/dialogues/unga-r2p-2017/statements/${ID}`],
    [told("text.recorded", { subjectId: "t1", after: { statement: ID } }), `/dialogues/unga-r2p-2017/statements/${ID}`],
    [told("position.recorded", { subjectId: "p1" }), `/dialogues/unga-r2p-2017/statements/${ID}`],
    [told("position.recorded", { subjectId: "p2", after: { issue: "scope" } }), "/positions/CUB/scope"],
    [told("vote.recorded", { after: { slug: "a-res-75-277" } }), "/votes/a-res-75-277"],
    [told("membership.recorded", { after: { group: "nordic", member: "DNK" } }), "/groups/nordic"],
    [told("figure.recorded", { dialogueId: DIALOGUE }), "/dialogues/unga-r2p-2017/figures"],
    [told("dialogue.revised", { dialogueId: DIALOGUE }), "/dialogues/unga-r2p-2017"],
    [told("statement.withdrawn", { subjectId: "gone" }), null],
  ])("%j", (given, href) => {
    expect(hrefOf(given, places)).toBe(href);
  });

  test("it is about the speaker of the statement, or whom the record names", () => {
    expect(refsOfNews(told("quotation.removed", { before: { statement: ID } }), places)[0]).toBe("DNK");
    expect(refsOfNews(told("position.recorded", { subjectId: "p2" }), places)[0]).toBe("CUB");
    expect(refsOfNews(told("membership.recorded", { after: { group: "nordic", member: "DNK" } }), places)).toEqual([
      "DNK",
    ]);
  });
});

describe("news in words", () => {
  const news = (more: Partial<News>): News => ({
    position: "1",
    at: "2026-11-22T04:00:00.000Z",
    by: "Analyst One",
    type: "statement.recorded",
    batch: null,
    href: null,
    about: "Denmark",
    touched: [],
    unread: true,
    before: null,
    after: null,
    ...more,
  });
  test.each<[Partial<News>, string]>([
    [{}, "Analyst One recorded a statement by Denmark"],
    [{ type: "coding.submitted" }, "Analyst One coded a statement by Denmark"],
    [{ type: "text.revised" }, "Analyst One changed a text, in the statement by Denmark"],
    [
      { type: "position.recorded", after: { value: "conditional" } },
      "Analyst One coded a position: Denmark, supports with conditions",
    ],
    [{ type: "membership.recorded" }, "Analyst One recorded a membership: Denmark"],
    [{ type: "dialogue.revised", about: null }, "Analyst One revised the dialogue"],
    [
      { type: "vote.recorded", about: null, after: { title: "A/RES/75/277" } },
      "Analyst One recorded a roll call: A/RES/75/277",
    ],
    [{ batch: "Import of speakers.csv" }, "Analyst One: Import of speakers.csv"],
    [
      { type: "batch.undone", before: { title: "Import of speakers.csv" } },
      "Analyst One undid: Import of speakers.csv",
    ],
  ])("%j", (more, words) => {
    expect(newsInWords(news(more))).toBe(words);
  });
});
