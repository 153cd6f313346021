import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findsSomething, MOST_TERMS, parseSearch } from "@/features/search/rules";

const word = (text: string, excluded = false) => ({ text, kind: "word", excluded });

describe("a query", () => {
  test.each([
    ["veto restraint", [[word("veto")], [word("restraint")]]],
    ['"formal agenda" veto', [[{ text: "formal agenda", kind: "phrase", excluded: false }], [word("veto")]]],
    ["veto OR agenda council", [[word("veto"), word("agenda")], [word("council")]]],
    ["veto AND council", [[word("veto")], [word("council")]]],
    ["veto -council", [[word("veto")], [word("council", true)]]],
    ["veto NOT council", [[word("veto")], [word("council", true)]]],
    ["preven*", [[{ text: "preven", kind: "prefix", excluded: false }]]],
    ['-"formal agenda" x', [[{ text: "formal agenda", kind: "phrase", excluded: true }], [word("x")]]],
    ["OR veto OR", [[word("veto")]]],
    ['veto "unclosed phrase', [[word("veto")], [{ text: "unclosed phrase", kind: "phrase", excluded: false }]]],
    ["or and not", [[word("or")], [word("and")], [word("not")]]],
    ['* - "" \' & | ! :*', []],
    ["国家主权", [[word("国家主权")]]],
  ])("%s is read as its writer means it", (text, groups) => {
    expect(parseSearch(text)).toEqual(groups);
  });

  test("that only leaves out finds nothing, since it would find nearly everything", () => {
    expect(findsSomething(parseSearch("-veto"))).toBe(false);
    expect(findsSomething(parseSearch("veto OR -agenda"))).toBe(false);
    expect(findsSomething(parseSearch("veto -agenda"))).toBe(true);
  });

  test("of any text is read without an error, in at most 20 terms, each with a letter or digit", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 500 }), (text) => {
        const terms = parseSearch(text).flat();
        expect(terms.length).toBeLessThanOrEqual(MOST_TERMS);
        for (const term of terms) expect(term.text).toMatch(/[\p{L}\p{N}]/u);
      }),
    );
  });
});
