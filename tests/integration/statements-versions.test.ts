import { beforeAll, describe, expect, it } from "vitest";
import { reviseStatement } from "@/features/statements/mutations";
import { brief, findEarlier, getStatement } from "@/features/statements/queries/statement";
import { statementPatch } from "@/features/statements/schema";
import { useDatabase } from "@/tests/support/database";
import { dialogue, person, say, type Person } from "@/tests/support/record";

useDatabase("reference");
let analyst: Person;

const revise = (id: string, version: number, patch: Record<string, unknown>) =>
  reviseStatement(analyst.may("statement:record"), id, version, statementPatch.parse(patch));

beforeAll(async () => {
  analyst = await person();
});

describe("an earlier version", () => {
  it("is what the history has of it, in the place that the statement has now", async () => {
    const { slug } = await dialogue(analyst);
    const reader = analyst.may("record:read");
    const { id } = await say(analyst, slug, {
      speaker: "DNK",
      note: "first",
      person: { name: "Analyst One", title: null },
      represents: [{ basis: "group", group: "nordic", exclude: ["FIN"] }],
    });
    await revise(id, 1, { note: null, speaker: "NOR", represents: [{ basis: "own" }], person: null });
    await say(analyst, slug, { speaker: "CHN", order: 1 });
    const now = brief(await getStatement(reader, id));
    const found = await findEarlier(reader, now, 1);
    expect(found?.by).toBe(analyst.name);
    expect(found?.statement).toMatchObject({
      speaker: "DNK",
      note: "first",
      person: { name: "Analyst One", title: null },
      represents: [{ basis: "group", group: "nordic", exclude: ["FIN"] }],
      order: 2,
      version: 2,
    });
    for (const version of [0, 2, 3]) expect(await findEarlier(reader, now, version)).toBeNull();
  });
});

describe("what is odd about a statement", () => {
  it("is a group without members on its day, and nothing else", async () => {
    const { slug } = await dialogue(analyst, { startsOn: "1950-01-01" });
    const groups = ["european-union", "nordic"].map((group) => ({ basis: "group", group }));
    const made = await say(analyst, slug, { speaker: "FRA", represents: [{ basis: "own" }, ...groups] });
    expect(made.warnings).toEqual(["European Union has no members on record on 1 Jan 1950."]);
    expect((await revise(made.id, 1, { represents: [{ basis: "own" }] })).warnings).toEqual([]);
  });
});
