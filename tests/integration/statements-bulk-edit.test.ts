import { beforeAll, describe, expect, it } from "vitest";
import { listHistory } from "@/features/audit/queries";
import { undoBatch } from "@/features/batches/mutations/undo";
import type { DialogueDto } from "@/features/dialogues/queries";
import { bulkEdit } from "@/features/statements/mutations/bulk-edit";
import { reviseStatement } from "@/features/statements/mutations";
import { planBulkEdit } from "@/features/statements/queries/bulk-edit";
import { getStatement, type StatementDetail } from "@/features/statements/queries/statement";
import { bulkEditForm, type BulkEdit } from "@/features/statements/schema";
import { parse } from "@/lib/action";
import { snapshot } from "@/lib/db";
import { useDatabase } from "@/tests/support/database";
import { dialogue, person, say, type Person } from "@/tests/support/record";

useDatabase("reference");
let one: Person;
let other: Person;
let here: DialogueDto;
let said: StatementDetail[];

beforeAll(async () => {
  one = await person("analyst");
  other = await person("analyst");
  here = await dialogue(one, { endsOn: "2017-09-07", meetings: [{ date: "2017-09-06" }, { date: "2017-09-07" }] });
  said = [];
  for (const statement of [
    { speaker: "DNK", represents: [{ basis: "group", group: "nordic", exclude: ["FIN"] }] },
    { speaker: "SWE" },
    { speaker: "european-union", represents: [{ basis: "own" }, { basis: "group", group: "european-union" }] },
    { speaker: "KOR", role: "joint_statement" },
  ]) {
    said.push(await say(one, here.slug, statement));
  }
});

const now = () => Promise.all(said.map(({ id }) => getStatement(one.may("record:read"), id)));
const edit = async (change: Record<string, unknown>, of?: StatementDetail[]): Promise<BulkEdit> =>
  parse(bulkEditForm, {
    dialogue: here.slug,
    rows: (of ?? (await now())).map(({ id, version }) => `${id} ${version}`),
    ...change,
  });
const plan = async (change: Record<string, unknown>, of?: StatementDetail[]) => {
  const input = await edit(change, of);
  return snapshot(one.may("record:read"), (tx) => planBulkEdit(tx, input));
};
const comparable = ({ version: _, ...rest }: StatementDetail) => rest;

describe("a bulk edit", () => {
  it.each([
    [{ change: "role", role: "joint_statement" }, 3, "Role: Joint statement"],
    [{ change: "meeting", meeting: "2" }, 4, "Meeting: 2 · 7 Sep 2017"],
    [{ change: "language", language: "en" }, 4, "Language: en"],
    [
      { change: "sourceUrl", sourceUrl: "https://example.org/journal" },
      4,
      "Address of the source: https://example.org/journal",
    ],
    [{ change: "note", note: "From the room" }, 4, "Note: From the room"],
    [{ change: "addGroup", group: "group-of-friends-r2p" }, 4, /^On behalf of a group: add it: Group of Friends/],
    [{ change: "removeGroup", group: "nordic" }, 1, "On behalf of a group: take it away: Nordic countries"],
  ])("of %j shows what it does, does just that, and is undone", async (change, count, what) => {
    const before = await now();
    const planned = await plan(change);
    expect(planned.what).toMatch(what);
    expect([planned.changes.length, planned.unchanged]).toEqual([count, 4 - count]);
    const { batch, changed } = await bulkEdit(one.may("statement:record"), await edit(change));
    expect(changed).toBe(count);
    const after = await now();
    for (const { id, after: shown } of planned.changes) {
      expect(after.find((statement) => statement.id === id)).toEqual(shown);
    }
    expect(after.filter(({ version }, at) => version === before[at]?.version)).toHaveLength(4 - count);
    const [event] = await listHistory(one.may("record:read"), { subjectId: planned.changes[0]?.id ?? "" });
    expect(event).toMatchObject({ type: "statement.revised", by: one.name });
    await undoBatch(one.may("import:run"), batch);
    expect((await now()).map(comparable)).toEqual(before.map(comparable));
  });

  it("clears what is blank", async () => {
    await bulkEdit(one.may("statement:record"), await edit({ change: "note", note: "To be cleared" }));
    const { what } = await plan({ change: "note" });
    expect(what).toBe("Note, cleared");
    await bulkEdit(one.may("statement:record"), await edit({ change: "note" }));
    expect((await now()).map(({ note }) => note)).toEqual([null, null, null, null]);
  });

  it("changes nothing at all when one statement cannot be changed so", async () => {
    const before = await now();
    const change = { change: "role", role: "civil_society" };
    expect((await plan(change)).changes.map(({ problem }) => problem)).toEqual(
      expect.arrayContaining([expect.stringContaining("is not a civil society organization")]),
    );
    await expect(bulkEdit(one.may("statement:record"), await edit(change))).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await now()).toEqual(before);
  });

  it("refuses what somebody else changed after the rows were ticked", async () => {
    const seen = await now();
    await reviseStatement(other.may("statement:record"), seen[1]?.id ?? "", seen[1]?.version ?? 0, { language: "fr" });
    const change = { change: "role", role: "panellist" };
    const { changes } = await plan(change, seen);
    expect(changes.filter(({ problem }) => problem !== null)).toMatchObject([
      { before: { speaker: "SWE" }, problem: "Somebody else changed it meanwhile." },
    ]);
    await expect(bulkEdit(one.may("statement:record"), await edit(change, seen))).rejects.toMatchObject({
      issues: [{ message: "Sweden, number 2: Somebody else changed it meanwhile." }],
    });
    expect((await now()).map(({ role }) => role)).not.toContain("panellist");
  });

  it("is refused in words when it says nothing, too much, or what cannot be", async () => {
    const refused = (change: Record<string, unknown>) => plan(change);
    await expect(refused({ change: "role" })).rejects.toThrow("Choose a role.");
    await expect(refused({ change: "addGroup" })).rejects.toThrow("Choose a group.");
    await expect(refused({ change: "addGroup", group: "no-such-group" })).rejects.toThrow("There is no such group.");
    await expect(refused({ change: "meeting", meeting: "7" })).rejects.toThrow("This dialogue has no meeting 7.");
    await expect(refused({ change: "order" })).rejects.toThrow("Choose what to change.");
    await expect(plan({ change: "note", rows: [] })).rejects.toThrow("Tick at least one statement.");
    const elsewhere = await dialogue(one);
    await expect(plan({ change: "note", note: "x", dialogue: elsewhere.slug })).rejects.toThrow("not of this dialogue");
    await expect(bulkEdit(one.may("statement:record"), await edit({ change: "note" }))).rejects.toThrow(
      "say so already",
    );
  });
});
