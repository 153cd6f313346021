import { describe, expect, it } from "vitest";
import { POSITION_VALUES } from "@/features/codebook/schema";
import { readReference } from "@/prisma/seed/files";

const { issues } = readReference();

function duplicates(texts: string[]): string[] {
  return texts.filter((text, index) => texts.indexOf(text) !== index);
}

describe("the codebook", () => {
  it("has 29 issues with codes of their own, each with a meaning for every value unless it takes no position", () => {
    expect(issues).toHaveLength(29);
    expect(duplicates(issues.map(({ code }) => code))).toEqual([]);
    expect(duplicates(issues.map(({ title }) => title))).toEqual([]);
    const codable = issues.filter(({ scale }) => scale?.length === POSITION_VALUES.length);
    for (const { code, scale = [] } of codable) {
      expect(scale.map(({ value }) => value)).toEqual(POSITION_VALUES);
      expect({ code, twice: duplicates(scale.map(({ meaning }) => meaning)) }).toEqual({ code, twice: [] });
    }
    const others = issues.filter((issue) => !codable.includes(issue));
    expect(others.map(({ code, kind, scale }) => [code, kind, scale])).toEqual([["gof_statement", "coverage", []]]);
  });

  it("names in its text no other issue than those that it has", () => {
    const codes = new Set(issues.map(({ code }) => code));
    for (const { code, definition, include, exclude } of issues) {
      const named =
        [definition, include ?? "", exclude ?? ""].join(" ").match(/\b[a-z0-9]+(?:_[a-z0-9]+)+\b(?!\*)/g) ?? [];
      expect({ code, unknown: named.filter((name) => !codes.has(name) && name !== "country_situation_") }).toEqual({
        code,
        unknown: [],
      });
    }
  });
});
