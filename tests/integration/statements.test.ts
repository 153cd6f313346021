import { beforeAll, describe, expect, it } from "vitest";
import { listHistory, type HistoryEntry } from "@/features/audit/queries";
import { changesBetween } from "@/features/audit/rules";
import type { DialogueDto } from "@/features/dialogues/queries";
import { restoreStatement, reviseStatement, withdrawStatement } from "@/features/statements/mutations";
import { figuresOf } from "@/features/figures/queries/counted";
import { loadDialogueRecord } from "@/features/figures/queries/record";
import { getStatement, listStatements, type StatementDetail } from "@/features/statements/queries/statement";
import { statementPatch } from "@/features/statements/schema";
import { DomainError } from "@/lib/errors";
import { useDatabase } from "@/tests/support/database";
import { dialogue, person, say, type Person } from "@/tests/support/record";

const database = useDatabase("reference");
let analyst: Person;
let slug = "";
let here: DialogueDto;

async function open(more: Record<string, unknown> = {}): Promise<void> {
  here = await dialogue(analyst, more);
  slug = here.slug;
}

const record = (input: Record<string, unknown>): Promise<StatementDetail> => say(analyst, slug, input);
const revise = (one: StatementDetail, patch: Record<string, unknown>): Promise<StatementDetail> =>
  reviseStatement(analyst.may("statement:record"), one.id, one.version, statementPatch.parse(patch));

/** The figures of the dialogue as it stands. */
async function figures(
  rule: "own_voice" | "own_and_groups" = "own_and_groups",
  aligned: "include" | "exclude" = "exclude",
) {
  return figuresOf(await loadDialogueRecord(analyst.may("record:read"), slug), { rule, aligned });
}

async function states(...how: Parameters<typeof figures>): Promise<number> {
  return (await figures(...how)).represented.states;
}

/** Speakers with their places, withdrawn statements included. */
async function places(): Promise<[string, number][]> {
  const page = { limit: 1000, withdrawn: true };
  const { statements } = await listStatements(analyst.may("record:read"), here.id, page);
  return statements.map(({ speaker, order }) => [speaker, order]);
}

/** What the history of a statement says, the newest first: who did what, and which fields went from what to what. */
async function history({ id }: { id: string }): Promise<HistoryEntry[]> {
  return listHistory(analyst.may("record:read"), { subjectId: id });
}

async function refusal(work: Promise<unknown>): Promise<DomainError> {
  const error: unknown = await work.then(
    () => new Error("It was not refused."),
    (reason: unknown) => reason,
  );
  if (!(error instanceof DomainError)) throw error;
  return error;
}

const pathsOf = ({ issues }: DomainError): string[] => issues.map(({ path }) => path.join("."));
const outside = (refs: string[], { covered }: StatementDetail): string[] =>
  refs.filter((ref) => !covered.some((one) => one.ref === ref && one.countedAs !== null));

beforeAll(async () => {
  analyst = await person();
  await open();
});

describe("recording", () => {
  it("keeps every field as it was given", async () => {
    await open({ meetings: [{ date: "2017-09-06" }] });
    const given = {
      speaker: "DNK",
      printed: "Denmark (on behalf of the Nordic countries)",
      role: "joint_statement",
      order: 4,
      meeting: 1,
      language: "en",
      person: { name: "Analyst One", title: "Chargé d’affaires" },
      sourceUrl: "https://example.org/statement?a=1&b=2",
      note: "Two lines,\nthe second with a tab\t.",
      represents: [
        { basis: "own" },
        { basis: "group", group: "nordic", exclude: ["FIN", "ISL"] },
        { basis: "named", actor: "EST" },
        { basis: "aligned", actor: "ALB" },
      ],
    };
    const made = await record(given);
    expect(made).toMatchObject({ ...given, dialogue: slug, day: "2017-09-06", version: 1, withdrawn: null });
    expect(made.covers).toEqual({ states: 5, observers: 0, organizations: 0 });
    expect(await getStatement(analyst.may("record:read"), made.id)).toEqual(made);
  });

  it("in own capacity unless it says for whom", async () => {
    await open();
    const made = await record({ speaker: "CHN" });
    expect(made.represents).toEqual([{ basis: "own" }]);
    expect(made).toMatchObject({ role: "statement", order: 1, meeting: null, printed: null, person: null });
    expect([await states(), await states("own_voice")]).toEqual([1, 1]);
  });

  it("a second statement by one state is a statement, not a speaker", async () => {
    await open();
    await record({ speaker: "DNK" });
    await record({ speaker: "DNK", represents: [{ basis: "group", group: "nordic" }] });
    expect(await figures()).toMatchObject({ spoke: { memberStates: 1 }, represented: { states: 5 } });
    expect((await places()).length).toBe(2);
  });

  it("on behalf of a group counts its members, without those struck out, and not the speaker itself", async () => {
    await open();
    const made = await record({ speaker: "CHE", represents: [{ basis: "group", group: "nordic", exclude: ["FIN"] }] });
    expect(made.covered.map(({ ref, notCounted }) => [ref, notCounted])).toEqual([
      ["DNK", null],
      ["FIN", "struck_out"],
      ["ISL", null],
      ["NOR", null],
      ["SWE", null],
    ]);
    expect([await states(), await states("own_voice")]).toEqual([4, 0]);
  });

  it("an aligned state counts only when aligned states are asked for", async () => {
    await open();
    await record({
      speaker: "DNK",
      represents: [{ basis: "own" }, { basis: "named", actor: "EST" }, { basis: "aligned", actor: "ALB" }],
    });
    expect([await states(), await states("own_and_groups", "include")]).toEqual([2, 3]);
  });

  it("a group that has an organization as a member: the organization is listed, and adds none of its own states", async () => {
    await open({ startsOn: "2021-05-17" });
    const made = await record({
      speaker: "HRV",
      represents: [{ basis: "group", group: "group-of-friends-r2p", exclude: ["SGP"] }],
    });
    const eu = made.covered.find(({ ref }) => ref === "european-union");
    expect(eu).toMatchObject({ countedAs: null, notCounted: "organization" });
    expect(made.covers).toEqual({ states: 52, observers: 0, organizations: 1 });
    // Members of the Union that are no Friends of their own.
    expect(outside(["AUT", "GRC"], made)).toEqual(["AUT", "GRC"]);
    await record({ speaker: "EU", represents: [{ basis: "group", group: "european-union" }] });
    expect(await states()).toBe(62);
  });

  it.each(["opening", "panellist", "moderator", "presiding"])(
    "a statement in the role %s counts nowhere",
    async (role) => {
      await open();
      await record({ speaker: "DNK", role, represents: [{ basis: "own" }] });
      expect(await figures()).toMatchObject({ spoke: { memberStates: 0 }, represented: { states: 0 } });
    },
  );
});

describe("the day of a statement", () => {
  it.each([
    ["2013-06-30", 27, ["HRV"]],
    ["2013-07-01", 28, []],
    ["2020-01-31", 28, []],
    ["2020-02-01", 27, ["GBR"]],
  ])("on %s the European Union has %i members", async (startsOn, size, without) => {
    await open({ startsOn });
    const made = await record({ speaker: "EU", represents: [{ basis: "group", group: "european-union" }] });
    expect(made.covers.states).toBe(size);
    expect(outside(["HRV", "GBR"], made)).toEqual(without);
  });

  it("is its meeting's day, and without a meeting the dialogue's first", async () => {
    const days = ["2013-06-30", "2013-07-01"];
    await open({ startsOn: days[0], endsOn: days[1], meetings: days.map((date) => ({ date })) });
    const eu = { speaker: "EU", represents: [{ basis: "group", group: "european-union" }] };
    const [first, second, unknown] = [
      await record({ ...eu, meeting: 1 }),
      await record({ ...eu, meeting: 2 }),
      await record(eu),
    ];
    expect([first, second, unknown].map(({ day, covers }) => [day, covers.states])).toEqual([
      ["2013-06-30", 27],
      ["2013-07-01", 28],
      ["2013-06-30", 27],
    ]);
    expect(await states()).toBe(28);
    const moved = await revise(second, { meeting: 1 });
    expect(moved.covers.states).toBe(27);
    expect(await states()).toBe(27);
    // Croatia could be struck out on the second day only.
    const struck = [{ basis: "group", group: "european-union", exclude: ["HRV"] }];
    expect(pathsOf(await refusal(revise(moved, { represents: struck })))).toEqual(["represents.0.exclude.0"]);
    const back = await revise(moved, { meeting: 2, represents: struck });
    expect(back.covers.states).toBe(27);
    expect(pathsOf(await refusal(revise(back, { meeting: null })))).toEqual(["represents.0.exclude.0"]);
  });
});

describe("revising", () => {
  const FULL = {
    speaker: "DNK",
    printed: "Denmark",
    role: "joint_statement",
    meeting: 1,
    language: "en",
    person: { name: "Analyst One", title: "Permanent Representative" },
    sourceUrl: "https://example.org/a",
    note: "A note",
    represents: [{ basis: "group", group: "nordic", exclude: ["FIN"] }],
  };

  it.each([
    ["speaker", "SWE"],
    ["printed", "The Kingdom of Denmark"],
    ["role", "statement"],
    ["meeting", 2],
    ["language", "fr"],
    ["person", { name: "Analyst Two", title: null }],
    ["sourceUrl", "https://example.org/b"],
    ["note", "Another note"],
    ["represents", [{ basis: "own" }]],
    ["order", 7],
  ])("changes the %s alone, with its event", async (field, value) => {
    await open({ endsOn: "2017-09-07", meetings: [{ date: "2017-09-06" }, { date: "2017-09-07" }] });
    const before = await record(FULL);
    const after = await revise(before, { [field]: value });
    expect(after).toMatchObject({ ...FULL, order: 1, [field]: value, version: 2 });
    const [event] = await history(after);
    expect(event).toMatchObject({ type: "statement.revised", by: analyst.name, version: 2 });
    expect(event?.changes).toEqual([
      { field, before: before[field as keyof StatementDetail], after: after[field as keyof StatementDetail] },
    ]);
  });

  it.each(["printed", "meeting", "language", "person", "sourceUrl", "note"])(
    "clears the %s with null",
    async (field) => {
      await open();
      const before = await record(FULL);
      const after = await revise(before, { [field]: null });
      expect(after).toMatchObject({ ...FULL, [field]: null });
      expect((await history(after))[0]?.changes).toEqual([
        { field, before: before[field as keyof StatementDetail], after: null },
      ]);
    },
  );

  it("with nothing to change keeps everything", async () => {
    await open();
    const before = await record(FULL);
    expect(await revise(before, {})).toEqual({ ...before, version: 2 });
    expect((await history(before))[0]?.changes).toEqual([]);
  });

  it("replaces the whole list of those it is for", async () => {
    await open();
    const before = await record({
      ...FULL,
      represents: [
        { basis: "own" },
        { basis: "group", group: "nordic", exclude: ["FIN"] },
        { basis: "named", actor: "EST" },
      ],
    });
    const represents = [
      { basis: "named", actor: "LVA" },
      { basis: "group", group: "baltic", exclude: [] },
    ];
    const after = await revise(before, { represents });
    expect(after.represents).toEqual(represents);
    expect(after.covered.map(({ ref }) => ref)).toEqual(["EST", "LVA", "LTU"]);
    const left = await database.sql("select basis from representation where statement_id = $1", [after.id]);
    expect(left).toHaveLength(2);
    // None left means own capacity.
    expect((await revise(after, { represents: [] })).represents).toEqual([{ basis: "own" }]);
  });
});

describe("withdrawing and restoring", () => {
  it("takes a statement out of the figures with its reason, and puts it back where it was", async () => {
    await open();
    await record({ speaker: "CHN" });
    const made = await record({ speaker: "DNK", represents: [{ basis: "group", group: "nordic" }] });
    await record({ speaker: "FRA" });
    expect(await states()).toBe(7);
    const recorder = analyst.may("statement:record");
    const withdrawn = await withdrawStatement(recorder, made.id, 1, "Delivered on another day");
    expect(withdrawn).toMatchObject({ version: 2, withdrawn: { reason: "Delivered on another day" }, order: 2 });
    expect(await states()).toBe(2);
    const later = await record({ speaker: "GBR" });
    expect(later.order).toBe(4);
    const restored = await restoreStatement(recorder, made.id, 2);
    expect(restored).toEqual({ ...made, version: 3 });
    expect(await states()).toBe(8);
    expect(await places()).toEqual([
      ["CHN", 1],
      ["DNK", 2],
      ["FRA", 3],
      ["GBR", 4],
    ]);
    const [back, out, first] = await history(made);
    expect([back?.type, out?.type, first?.type]).toEqual([
      "statement.restored",
      "statement.withdrawn",
      "statement.recorded",
    ]);
    expect([out?.reason, back?.reason]).toEqual(["Delivered on another day", null]);
    const reason = { reason: "Delivered on another day" };
    expect(out?.changes).toEqual([{ field: "withdrawn", before: null, after: reason }]);
    expect(back?.changes).toEqual([{ field: "withdrawn", before: reason, after: null }]);
  });

  it("twice is refused, either way", async () => {
    await open();
    const made = await record({ speaker: "CHN" });
    const recorder = analyst.may("statement:record");
    expect((await refusal(restoreStatement(recorder, made.id, 1))).code).toBe("CONFLICT");
    await withdrawStatement(recorder, made.id, 1, "Twice");
    expect((await refusal(withdrawStatement(recorder, made.id, 2, "Thrice"))).code).toBe("CONFLICT");
    expect((await history(made)).length).toBe(2);
  });
});

describe("the order of speaking", () => {
  const line = async (...speakers: string[]): Promise<StatementDetail[]> => {
    await open();
    const made: StatementDetail[] = [];
    for (const speaker of speakers) made.push(await record({ speaker }));
    return made;
  };

  it("a statement recorded in the middle moves the later ones on", async () => {
    await line("CHN", "FRA", "GBR");
    const made = await record({ speaker: "DNK", order: 2 });
    expect(made.order).toBe(2);
    expect(await places()).toEqual([
      ["CHN", 1],
      ["DNK", 2],
      ["FRA", 3],
      ["GBR", 4],
    ]);
  });

  it("gaps stay gaps: a free place is taken as it is, and the end is after the last", async () => {
    await line("CHN");
    await record({ speaker: "FRA", order: 10 });
    await record({ speaker: "GBR", order: 5 });
    expect((await record({ speaker: "RUS" })).order).toBe(11);
    expect(await places()).toEqual([
      ["CHN", 1],
      ["GBR", 5],
      ["FRA", 10],
      ["RUS", 11],
    ]);
  });

  it.each([
    [5, 2, ["CHN", "USA", "FRA", "GBR", "RUS"]],
    [5, 1, ["USA", "CHN", "FRA", "GBR", "RUS"]],
    [2, 5, ["CHN", "GBR", "RUS", "USA", "FRA"]],
    [2, 4, ["CHN", "GBR", "RUS", "FRA", "USA"]],
    [1, 5, ["FRA", "GBR", "RUS", "USA", "CHN"]],
    [3, 3, ["CHN", "FRA", "GBR", "RUS", "USA"]],
  ])("of five, number %i moved to place %i", async (from, to, expected) => {
    const made = await line("CHN", "FRA", "GBR", "RUS", "USA");
    const after = await revise(made[from - 1]!, { order: to });
    expect(after.order).toBe(to);
    const now = await places();
    expect(now.map(([speaker]) => speaker)).toEqual(expected);
    expect(now.map(([, order]) => order)).toEqual([1, 2, 3, 4, 5]);
    const [event] = await history(after);
    expect(event?.changes).toEqual(from === to ? [] : [{ field: "order", before: from, after: to }]);
  });

  it("a withdrawn statement keeps its place among the others, and moves with them", async () => {
    const [, second] = await line("CHN", "FRA", "GBR");
    await withdrawStatement(analyst.may("statement:record"), second!.id, 1, "Twice");
    await record({ speaker: "DNK", order: 1 });
    expect(await places()).toEqual([
      ["DNK", 1],
      ["CHN", 2],
      ["FRA", 3],
      ["GBR", 4],
    ]);
  });
});

describe("the event of each change", () => {
  it("holds all of a new statement, who recorded it and in which dialogue", async () => {
    await open();
    const made = await record({ speaker: "DNK", represents: [{ basis: "group", group: "nordic", exclude: ["FIN"] }] });
    const [event] = await history(made);
    expect(event).toMatchObject({ type: "statement.recorded", by: analyst.name, version: 1, before: null });
    const fields = changesBetween(null, event?.after ?? null).map(({ field }) => field);
    expect(fields.sort()).toEqual(["dialogue", "order", "represents", "role", "speaker"]);
    const [row] = await database.sql("select user_id, dialogue_id, address from audit_event where subject_id = $1", [
      made.id,
    ]);
    expect(row).toEqual({ user_id: analyst.id, dialogue_id: here.id, address: "192.0.2.1" });
  });

  it("and the change are one: without the event there is no change", async () => {
    await open();
    const made = await record({ speaker: "DNK" });
    await database.sql(
      `CREATE FUNCTION test_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$`,
    );
    await database.sql(
      `CREATE TRIGGER test_refuse BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION test_refuse()`,
    );
    const recorder = analyst.may("statement:record");
    try {
      await expect(record({ speaker: "NOR", order: 1 })).rejects.toThrow();
      await expect(
        revise(made, { note: "x", order: 9, represents: [{ basis: "group", group: "nordic" }] }),
      ).rejects.toThrow();
      await expect(withdrawStatement(recorder, made.id, 1, "x")).rejects.toThrow();
    } finally {
      await database.sql("DROP TRIGGER test_refuse ON audit_event");
    }
    expect(await places()).toEqual([["DNK", 1]]);
    expect(await getStatement(analyst.may("record:read"), made.id)).toEqual(made);
  });
});
