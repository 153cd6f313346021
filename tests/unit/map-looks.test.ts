import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { standLook, standPlaces } from "@/features/positions/components/stand-places";
import { STANDS } from "@/features/positions/rules/table";
import { participationOf, spokeClasses, spokeKey } from "@/features/figures/rules/participation";

describe("how positions are drawn on a map", () => {
  it("tells every kind apart without colour: by sign, and by pattern or ground", () => {
    const drawn = STANDS.map((stand) => {
      const { sign, fill, plate, className } = standLook("p", stand);
      // The sign tells values apart, stripes tell delegated ones from own ones; where there is no sign the ground differs.
      return [sign, fill === undefined ? "plain" : "pattern", sign === "" ? `${fill} ${className}` : plate].join(" ");
    });
    expect(new Set(drawn).size).toBe(STANDS.length);
  });

  it("says in words what is drawn, and leaves out who is no state", () => {
    const at = { dialogue: "id", day: "2017-09-06", order: 1 };
    const row = (iso3: string | null, cell: object) =>
      ({ id: "1", ref: "DNK", iso3, slug: "denmark", name: "Denmark", region: null, cells: [cell] }) as never;
    const said = { value: "support", positionId: "p", statementId: "s", at };
    const titles = standPlaces({
      rows: [
        row("DNK", { ...said, kind: "own", through: null }),
        row("NOR", { ...said, kind: "delegated", through: "nordic", at: { ...at, dialogue: null, day: "2009-12-31" } }),
        row("SWE", { kind: "did_not_speak" }),
        row(null, { kind: "did_not_speak" }),
      ],
      column: 0,
      patterns: "p",
      names: { nordic: "Nordic countries" },
      hrefFor: ({ ref }) => `/positions/${ref}`,
    }).map(({ title }) => title);
    expect(titles).toEqual([
      "Denmark: supports, own voice, 6 Sep 2017",
      "Denmark: supports, delegated through Nordic countries, 2009",
      "Denmark: did not speak",
    ]);
  });
});

describe("participation", () => {
  it("is own, covered, neither, or not of a member then", () => {
    expect(participationOf(["group:nordic", "own"], true)).toBe("own");
    expect(participationOf(["group:nordic"], true)).toBe("covered");
    expect(participationOf([], true)).toBe("neither");
    expect(participationOf([], false)).toBe("not_a_member");
  });

  it("over dialogues has classes that take each number once", () => {
    expect(spokeClasses(16).map(spokeKey)).toEqual(["0", "1-4", "5-8", "9-12", "13-16"]);
    expect(spokeClasses(1).map(spokeKey)).toEqual(["0", "1"]);
    expect(spokeClasses(0).map(spokeKey)).toEqual(["0"]);
    fc.assert(
      fc.property(fc.nat(60), (dialogues) => {
        for (let count = 0; count <= dialogues; count += 1) {
          expect(spokeClasses(dialogues).filter(({ from, until }) => count >= from && count <= until)).toHaveLength(1);
        }
        expect(spokeClasses(dialogues).at(-1)!.until).toBe(dialogues);
      }),
    );
  });
});
