import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSource, sentencesOf, stretchesOf, wholeWords } from "@/features/positions/rules/source";

const wordsOf = (text: string, language = "en"): string[] =>
  sentencesOf(text, language).map(({ from, until }) => text.slice(from, until));

describe("sentences of a paragraph", () => {
  it("end where a reader ends them, not after a title or a number's abbreviation", () => {
    expect(wordsOf("Mr. President, we thank H.E. the Chair. We support No. 5 of the list.  Thank you!")).toEqual([
      "Mr. President, we thank H.E. the Chair.",
      "We support No. 5 of the list.",
      "Thank you!",
    ]);
  });

  it("are found in Arabic and Chinese", () => {
    expect(wordsOf("نشكركم على عقد هذا الحوار. ونؤيد إدراج البند؟ شكرا.", "ar")).toHaveLength(3);
    expect(wordsOf("我们支持保护责任。我们感谢秘书长。", "zh")).toEqual(["我们支持保护责任。", "我们感谢秘书长。"]);
  });

  it("leave out nothing but white space, in order, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        const sentences = sentencesOf(text, "en");
        expect(
          sentences
            .map(({ from, until }) => text.slice(from, until))
            .join("")
            .replaceAll(/\s/g, ""),
        ).toBe(text.replaceAll(/\s/g, ""));
      }),
      { numRuns: 40 },
    );
  });
});

describe("words in a source", () => {
  // The first paragraph holds a character of two UTF-16 units; the stored text has three line ends between the two.
  const paragraphs = [
    { start: 0, text: "We 𝛼gree. We agree." },
    { start: 22, text: "We agree again, and for long." },
  ];
  const source = readSource(paragraphs);

  it("stand where a browser counts them", () => {
    expect(stretchesOf(source, "again, and")).toEqual([{ paragraph: 1, from: 9, until: 19 }]);
    expect(stretchesOf(source, "𝛼gree")).toEqual([{ paragraph: 0, from: 3, until: 9 }]);
  });

  it("are the ones that are meant, when they stand more than once", () => {
    expect(stretchesOf(source, "We agree", 10)).toEqual([{ paragraph: 0, from: 11, until: 19 }]);
    expect(stretchesOf(source, "We agree", 22)).toEqual([{ paragraph: 1, from: 0, until: 8 }]);
  });

  it("may go over the end of a paragraph", () => {
    expect(stretchesOf(source, "agree.\nWe agree again")).toEqual([
      { paragraph: 0, from: 14, until: 20 },
      { paragraph: 1, from: 0, until: 14 },
    ]);
  });

  it("are not found when one of them differs, or none is given", () => {
    expect(stretchesOf(source, "We agreed")).toBeNull();
    expect(stretchesOf(source, " ")).toBeNull();
  });

  it("grow to whole words when a part of one was selected", () => {
    const text = "We support inclusion.";
    expect(text.slice(...Object.values(wholeWords(text, 5, 13)))).toBe("support inclusion");
    expect(wholeWords(text, 2, 3)).toEqual({ from: 2, until: 2 });
  });
});
