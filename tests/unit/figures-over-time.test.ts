import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { completenessOf, fellSilent, participation, type DialogueOverTime } from "@/features/figures/rules/over-time";
import { cumulative, figures } from "@/features/figures/rules";
import { ALIGNED, RULES, SILENT_LEAST, SILENT_WINDOW } from "@/features/figures/schema";
import { isCounted, type CountedStatement } from "@/features/statements/rules";
import { group, idOf, named, own, said, world } from "@/tests/support/counting";
import { anyRegister, anyStatements, law } from "@/tests/support/random-record";

const at = (
  dialogue: string,
  statements: DialogueOverTime["statements"],
  published: number[] = [],
): DialogueOverTime => ({
  dialogue,
  statements,
  published: published.map((value) => ({ unit: "member_states_spoke", value })),
});
const HOW = { register: world(), rule: "own_and_groups", aligned: "exclude" } as const;
const refs = (ids: string[] | null | undefined) => ids?.map((id) => HOW.register.party(id).ref).sort();

describe("who is new, and who fell silent", () => {
  const years = [
    at("one", [said("DNK"), said("FRA"), said("VAT")]),
    at("two", [said("DNK"), said("FRA", [group("european-union")]), said("IND")]),
    at("three", [said("FRA"), said("IND", [own, named("UKR")])]),
    at("four", [said("NOR", [group("nordic")]), said("IND")]),
    at("nothing on record", [said("FRA", [], { withdrawn: true }), said("IND", [], { role: "panellist" })], [70]),
    at("five", [said("UKR", [named("IND")])]),
  ];
  const rows = participation(years, HOW);

  it("are named by what they said in own capacity, member states alone", () => {
    expect(rows.map(({ firstTime }) => refs(firstTime))).toEqual([undefined, ["IND"], [], [], undefined, []]);
    // Denmark: at one and two. France: at one and three, at two for the Union alone. India: at two, three and four.
    expect(rows.map(({ fellSilent: silent }) => refs(silent))).toEqual([
      undefined,
      undefined,
      ["DNK"],
      ["FRA"],
      undefined,
      ["IND"],
    ]);
    expect(rows.map(({ ownVoice }) => refs(ownVoice))).toEqual([
      ["DNK", "FRA"],
      ["DNK", "IND"],
      ["FRA", "IND"],
      ["IND"],
      [],
      [],
    ]);
  });

  it("do not depend on the counting rule, which decides who is represented", () => {
    const byRule = RULES.map((rule) => participation(years, { ...HOW, rule }));
    for (const counted of byRule) {
      expect(counted.map(({ firstTime, fellSilent: silent }) => [firstTime, silent])).toEqual(
        rows.map(({ firstTime, fellSilent: silent }) => [firstTime, silent]),
      );
    }
    expect(byRule.map((counted) => counted[3]?.reached.length)).toEqual([1, 1, 6]);
  });
});

describe("completeness", () => {
  it("is measured by the highest published number of member states", () => {
    const unit = "member_states_spoke" as const;
    expect(completenessOf(7, [])).toBe("unchecked");
    expect(completenessOf(7, [{ unit: "states_represented", value: 98 }])).toBe("unchecked");
    expect(
      completenessOf(69, [
        { unit, value: 68 },
        { unit, value: 69 },
      ]),
    ).toBe("complete");
    expect(
      completenessOf(68, [
        { unit, value: 68 },
        { unit, value: 69 },
      ]),
    ).toBe("incomplete");
  });
});

const anyYears = fc.array(anyStatements, { maxLength: 6 });

describe("laws", () => {
  it("numbers are those of each dialogue alone, and of the cumulative count", () => {
    const anybody = (statements: readonly CountedStatement[]) => statements.some(isCounted);
    law(
      fc.record({
        years: anyYears,
        register: anyRegister,
        rule: fc.constantFrom(...RULES),
        aligned: fc.constantFrom(...ALIGNED),
      }),
      ({ years, ...how }) => {
        const dialogues = years.map((statements, index) => at(String(index), statements));
        const rows = participation(dialogues, how);
        const total = cumulative(dialogues, { ...how, rule: "own_voice" }).at(-1)?.represented ?? 0;
        expect(new Set(rows.flatMap(({ ownVoice }) => ownVoice)).size).toBe(total);
        for (const [
          index,
          { spoke, reached, ownVoice, firstTime, fellSilent: silent, completeness },
        ] of rows.entries()) {
          const alone = figures({ ...how, statements: years[index] ?? [], asOf: "2017-09-06" });
          expect([spoke, reached.length]).toEqual([alone.spoke.memberStates, alone.represented.states]);
          const earlier = new Set(rows.slice(0, index).flatMap((row) => row.ownVoice));
          const first = !years.slice(0, index).some(anybody);
          const nothing = !anybody(years[index] ?? []);
          expect(completeness).toBe(nothing ? "unrecorded" : "unchecked");
          expect(firstTime).toEqual(first || nothing ? null : ownVoice.filter((id) => !earlier.has(id)));
          for (const id of silent ?? []) {
            expect(ownVoice).not.toContain(id);
            expect(earlier).toContain(id);
          }
        }
      },
    );
  });

  it("who fell silent is who a literal count finds", () => {
    const voices = fc.uniqueArray(fc.constantFrom("AAA", "BBB", "CCC", "DDD")).map((ids) => new Set(ids.map(idOf)));
    law(fc.record({ before: fc.array(voices, { maxLength: 6 }), here: voices }), ({ before, here }) => {
      const expected = ["AAA", "BBB", "CCC", "DDD"].map(idOf).filter((id) => {
        let times = 0;
        for (let back = 1; back <= SILENT_WINDOW; back += 1) if (before.at(-back)?.has(id)) times += 1;
        return before.at(-1)?.has(id) && times >= SILENT_LEAST && !here.has(id);
      });
      expect(fellSilent(before, here)?.toSorted() ?? null).toEqual(before.length < SILENT_LEAST ? null : expected);
    });
  });
});
