import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mayEndAt, mayStartAt, readText, sliceOf } from "@/features/sources/rules/folding";
import { findQuote } from "@/features/sources/rules/quotes";
import { layoutOf, selectorsOf } from "@/features/sources/rules/selectors";

/** The words that a quotation takes from a text, as they stand there; null when it takes none. */
function taken(body: string, quote: string): string | null {
  const { place } = findQuote(body, quote);
  return place && sliceOf(readText(body), place.start, place.end);
}

const BODY =
  "My delegation aligns itself with the statement of the European Union. We support the “responsibility to protect”.";

describe("findQuote: what may differ", () => {
  test.each([
    ["white space", "the  responsibility\n to\u00a0protect", "the responsibility to protect"],
    ["quotation marks", "a “duty”, states’ own", 'a "duty", states\' own'],
    ["dashes", "R2P – a duty — ours", "R2P - a duty - ours"],
    ["an ellipsis", "we do… what we can", "we do... what we can"],
    ["a soft hyphen", "the respon\u00adsibility to protect", "the responsibility to protect"],
    ["a soft hyphen at the end of a line", "the respon\u00ad\nsibility to protect", "the responsibility to protect"],
    ["ligatures", "an eﬀective ﬁrst oﬃce", "an effective first office"],
    ["composed and decomposed letters", "la communaute\u0301 a\u0300 l’appui", "la communaut\u00e9 \u00e0 l'appui"],
    ["Hangul", "\u110c\u116e\u1100\u116f\u11ab 존중", "주권 존중"],
    ["shapes of Arabic letters", "\ufee3\ufeb4\ufe86\ufeee\ufedf\ufef4\ufe94 الحماية", "مسؤولية الحماية"],
    ["kashida and marks of direction", "مســؤولية\u200f الحماية", "مسؤولية الحماية"],
    ["a line break between Chinese characters", "保护的\n责任是每个国家", "保护的责任是每个国家"],
  ])("%s", (_, body, quote) => {
    for (const [text, words] of [
      [`Before. ${body} After.`, quote],
      [`Before. ${quote} After.`, body],
    ] as const) {
      expect(findQuote(text, words).places).toHaveLength(1);
      const place = findQuote(text, words).place;
      expect(text.includes(sliceOf(readText(text), place?.start ?? 0, place?.end ?? 0))).toBe(true);
    }
  });

  test("what is stored are the words as they stand in the text", () => {
    expect(taken(BODY, 'the "responsibility   to protect".')).toBe("the “responsibility to protect”.");
    expect(taken("a e\u0301tat b", "\u00e9tat")).toBe("e\u0301tat");
  });
});

describe("findQuote: what may not", () => {
  test.each([
    ["a word", "We support the duty to protect"],
    ["a letter", "We supports the"],
    ["case", "we support the"],
    ["punctuation", "European Union, We support"],
    ["a word left out", "My delegation aligns with"],
    ["nothing at all", "   "],
  ])("%s", (_, quote) => {
    expect(findQuote(BODY, quote).place).toBeNull();
  });

  test.each([
    ["a word that another begins or ends with", "States are unable to act", "able to act"],
    ["the same at the end", "We are thereby bound", "We are there"],
    ["a negation", "We can't accept this", "We can"],
    ["a part of a number", "in 1,500 cases", "500 cases"],
    ["the whole part of a decimal", "by 15.5 per cent", "by 15"],
    ["a letter without its accent", "cafe\u0301 society", "cafe"],
    ["an accent without its letter", "a e\u0301tat", "\u0301tat"],
  ])("within words: %s", (_, body, quote) => {
    expect(findQuote(body, quote)).toMatchObject({ place: null, withinWords: true });
  });

  test("an accent and a digit are told apart", () => {
    expect(findQuote("les États", "les Etats").place).toBeNull();
    expect(findQuote("115 states", "116 states").place).toBeNull();
    expect(findQuote("the right² to", "the right2 to").place).toBeNull();
  });

  test("a note's number, an elision and a possessive end and begin words", () => {
    expect(taken("the right² to", "the right")).toBe("the right");
    expect(taken("de l’intervention", "intervention")).toBe("intervention");
  });
});

describe("several places", () => {
  const body = "First: we agree. Second: we agree. Third: we agree.";

  test("the first with a note, unless the caller says more", () => {
    expect(findQuote(body, "we agree")).toMatchObject({ place: { start: 7 }, places: { length: 3 } });
    expect(findQuote(body, "we agree").note).toContain("3 places");
    expect(findQuote(body, "we agree", { prefix: "Second: " })).toMatchObject({ place: { start: 25 }, note: null });
    expect(findQuote(body, "we agree", { suffix: ". Third" })).toMatchObject({ place: { start: 25 }, note: null });
    expect(findQuote(body, "we agree", { start: 40 })).toMatchObject({ place: { start: 42 }, note: null });
  });
});

const WORDS = [
  "we",
  "protect",
  "état",
  "e\u0301tat",
  "责任",
  "保护",
  "مسؤولية",
  "الحماية",
  "😀",
  "𝒜lpha",
  "non-use",
  "«oui»",
  "2005",
  "a1",
];
const GAPS = [" ", "\n", "\n\n", "\u00a0", " \f", ", ", " — ", "\r\n"];
const text = fc
  .array(fc.tuple(fc.constantFrom(...WORDS), fc.constantFrom(...GAPS)), { minLength: 1, maxLength: 60 })
  .map((parts) => parts.flat().join(""));

describe("laws", () => {
  test("a quotation cut from any text is found where it was cut", () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ unit: "binary", maxLength: 200 })), fc.nat(), fc.nat(), (body, a, b) => {
        const read = readText(body.toWellFormed());
        const edges = Array.from(read.folded, (_, at) => at).filter(
          (at) => read.folded.charAt(at) !== " " && (at === 0 || read.from[at] !== read.from[at - 1]),
        );
        const starts = edges.filter((at) => mayStartAt(read, at));
        const from = starts[a % Math.max(starts.length, 1)];
        if (from === undefined) return;
        const ends = [...edges, read.folded.length].filter((at) => at > from && mayEndAt(read, at));
        const to = ends[b % Math.max(ends.length, 1)];
        if (to === undefined) return;
        const start = read.from[from] ?? 0;
        const end = read.to[to - 1] ?? 0;
        const quote = sliceOf(read, start, end);
        if (readText(quote).folded.trim() !== read.folded.slice(from, to).trim()) return;
        const found = findQuote(read, quote);
        expect(found.places.some((place) => place.start === start)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  test("with one word changed it is found nowhere", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...WORDS), { minLength: 3, maxLength: 40 }), fc.nat(), (words, pick) => {
        const changed = words.with(pick % words.length, "changed");
        expect(findQuote(words.join(" "), changed.join(" ")).place).toBeNull();
      }),
    );
  });

  test("a hundred thousand hostile characters take well under a second", () => {
    const half = 50_000;
    const hostile: [string, string][] = [
      ["a".repeat(2 * half), `${"a".repeat(9999)}b`],
      ["a ".repeat(half), `${"a ".repeat(4999)}b`],
      [`a${"\u0301\u0316".repeat(half)}`, "a"],
      [" ".repeat(2 * half), " x "],
      ["\u00ad".repeat(2 * half), "x"],
      ["\u00ad ".repeat(half), "x"],
      [" \u200b".repeat(half), "x"],
      ["\n".repeat(2 * half), "x"],
      ["ﷺ".repeat(2 * half), "x"],
      ["𝒜".repeat(half), "𝒜".repeat(5000)],
    ];
    for (const [body, quote] of hostile) {
      const start = performance.now();
      findQuote(body, quote);
      layoutOf(body);
      expect(performance.now() - start, `${body.slice(0, 4)} ${quote.slice(0, 4)}`).toBeLessThan(600);
    }
  });
});

describe("selectorsOf", () => {
  test("words, context, paragraph and page, counted in code points", () => {
    const body = "😀 One.\n\nTwo is here.\nStill two.\f\n\nThree 责任.";
    const { place } = findQuote(body, "Three 责任");
    expect(selectorsOf(body, place?.start ?? 0, place?.end ?? 0)).toEqual({
      exact: "Three 责任",
      prefix: "😀 One.\n\nTwo is here.\nStill two.\f\n\n",
      suffix: ".",
      start: 34,
      end: 42,
      paragraph: 3,
      page: 2,
    });
  });

  test("without blank lines each line is a paragraph, without form feeds there are no pages", () => {
    const body = "One.\r\nTwo.\r\nThree.";
    expect(layoutOf(body).paragraphs.map(({ number, start }) => [number, start])).toEqual([
      [1, 0],
      [2, 6],
      [3, 12],
    ]);
    expect(selectorsOf(body, 6, 9)).toMatchObject({ paragraph: 2, page: null, exact: "Two" });
  });

  test("a paragraph goes on over a page", () => {
    expect(layoutOf("One goes\fon.\n\nTwo.").paragraphs).toMatchObject([
      { number: 1, page: 1 },
      { number: 2, page: 2 },
    ]);
  });

  test("at most 64 characters of context, whole characters", () => {
    const body = `${"😀".repeat(100)} word ${"责".repeat(100)}`;
    const found = selectorsOf(body, 101, 105);
    expect(Array.from(found.prefix)).toHaveLength(64);
    expect(Array.from(found.suffix)).toHaveLength(64);
    expect(found.prefix.isWellFormed() && found.suffix.isWellFormed()).toBe(true);
  });
});
