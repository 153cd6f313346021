import { beforeAll, describe, expect, it } from "vitest";
import { changesSince, loadGrid } from "@/features/statements/queries/grid";
import { reviseStatement, restoreStatement, withdrawStatement } from "@/features/statements/mutations";
import type { DialogueDto } from "@/features/dialogues/queries";
import { snapshot } from "@/lib/db";
import { useDatabase } from "@/tests/support/database";
import { dialogue, person, say, type Person } from "@/tests/support/record";

useDatabase("reference");
let one: Person;
let other: Person;

beforeAll(async () => {
  one = await person("analyst");
  other = await person("analyst");
});

const read = <T>(run: Parameters<typeof snapshot<T, "record:read">>[1]) => snapshot(one.may("record:read"), run);
const grid = ({ id }: DialogueDto) => read((tx) => loadGrid(tx, id));
const since = ({ slug }: DialogueDto, stamp: string) => read((tx) => changesSince(tx, slug, stamp));

describe("what others did in a grid", () => {
  it("is what was recorded, revised, moved and withdrawn after the stamp, and nothing twice", async () => {
    const here = await dialogue(one);
    const first = await say(one, here.slug, { speaker: "DNK" });
    const start = await grid(here);
    expect(start.rows.map(({ speaker }) => speaker)).toEqual(["DNK"]);
    expect(await since(here, start.stamp)).toEqual({ stamp: start.stamp, places: null, changed: [] });

    const second = await say(other, here.slug, {
      speaker: "SWE",
      order: 1,
      represents: [{ basis: "group", group: "nordic", exclude: ["FIN"] }],
    });
    await reviseStatement(other.may("statement:record"), second.id, 1, { language: "en" });
    const { stamp, places, changed } = await since(here, start.stamp);
    expect(places).toEqual([
      { id: second.id, order: 1 },
      { id: first.id, order: 2 },
    ]);
    expect(changed).toMatchObject([{ by: other.name, row: { id: second.id, version: 2, covers: { states: 4 } } }]);

    await withdrawStatement(other.may("statement:record"), first.id, 1, "Recorded twice");
    const withdrawn = await since(here, stamp);
    expect(withdrawn).toMatchObject({ places: [{ id: second.id, order: 1 }], changed: [] });
    await restoreStatement(other.may("statement:record"), first.id, 2);
    const restored = await since(here, withdrawn.stamp);
    expect(restored.changed.map(({ row }) => [row.id, row.version])).toEqual([[first.id, 3]]);
    // Everything at once gives the same in the end.
    const all = await since(here, start.stamp);
    expect(all.stamp).toBe(restored.stamp);
    expect(new Set(all.changed.map(({ row }) => row.id))).toEqual(new Set([first.id, second.id]));
    expect((await grid(here)).rows.map(({ id }) => id)).toEqual([second.id, first.id]);
  });

  it("misses nothing of many who write at once", async () => {
    const here = await dialogue(one);
    let { stamp } = await grid(here);
    const seen = new Set<string>();
    let writing = true;
    const writes = Promise.all(
      Array.from({ length: 24 }, (_, index) =>
        say(index % 2 ? one : other, here.slug, { speaker: "NOR", note: String(index) }),
      ),
    ).finally(() => (writing = false));
    while (writing) {
      const news = await since(here, stamp);
      stamp = news.stamp;
      for (const { row } of news.changed) seen.add(row.id);
    }
    const made = await writes;
    for (const { row } of (await since(here, stamp)).changed) seen.add(row.id);
    expect(seen).toEqual(new Set(made.map(({ id }) => id)));
  });

  it("says that there is no such dialogue", async () => {
    await expect(read((tx) => changesSince(tx, "nowhere", "0"))).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
