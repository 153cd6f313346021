import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldName } from "@/features/actors/rules";
import { typeAhead } from "@/lib/type-ahead";

const choice = (name: string, ...others: string[]) => ({ name, keys: [name, ...others].map(foldName) });
const CHOICES = [
  choice("Côte d'Ivoire", "CIV", "Ivory Coast"),
  choice("Democratic People's Republic of Korea", "PRK", "North Korea"),
  choice("Denmark", "DNK"),
  choice("Guinea", "GIN"),
  choice("Guinea-Bissau", "GNB"),
  choice("India", "IND"),
  choice("Indonesia", "IDN"),
  choice("Niger", "NER"),
  choice("Nigeria", "NGA"),
  choice("Republic of Korea", "KOR", "South Korea"),
  choice("Sweden", "SWE"),
];
const found = (text: string) => {
  const { shown, sure } = typeAhead(CHOICES, foldName(text));
  return { shown: shown.map(({ name }) => name), sure: sure?.name ?? null };
};

describe("type-ahead", () => {
  it.each([
    ["den", "Denmark"],
    ["cote divoire", "Côte d'Ivoire"],
    ["ivory", "Côte d'Ivoire"],
    ["NIGER", "Niger"],
    ["ind", "India"],
    ["guinea", "Guinea"],
    ["south kor", "Republic of Korea"],
  ])("%s can only mean %s", (text, name) => expect(found(text).sure).toBe(name));

  it.each([["nig"], ["korea"], ["gui"], ["a"], [""], ["xyz"], ["weden"]])("%s is not decided for anybody", (text) =>
    expect(found(text).sure).toBeNull(),
  );

  it("shows whole names before beginnings, words and parts", () => {
    expect(found("niger").shown).toEqual(["Niger", "Nigeria"]);
    expect(found("den").shown).toEqual(["Denmark", "Sweden"]);
  });

  it("never decides for one of two that have the same name", () => {
    const shared = fc.string({ minLength: 1 }).filter((text) => foldName(text) !== "");
    fc.assert(
      fc.property(shared, (name) => {
        const { sure, shown } = typeAhead([choice(name), choice(name), ...CHOICES], foldName(name));
        expect(sure).toBeNull();
        expect(shown.length).toBeGreaterThan(1);
      }),
    );
  });

  it("shows no more than it is asked to, and only what fits", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 5 }), (text, most) => {
        const { shown } = typeAhead(CHOICES, foldName(text), most);
        expect(shown.length).toBeLessThanOrEqual(most);
        expect(shown.every(({ keys }) => keys.some((key) => key.includes(foldName(text))))).toBe(true);
      }),
    );
  });
});
