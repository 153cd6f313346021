import { describe, expect, test } from "vitest";
import { directionOf } from "@/features/sources/formats/form";
import { mostLike } from "@/features/sources/formats/likeness";
import { compareTexts } from "@/features/sources/formats/text-diff";
import { markedParagraphs } from "@/features/sources/rules/marks";
import { languageInWords } from "@/lib/format";

describe("two versions of a text", () => {
  const changed = (before: string, after: string, language = "en") =>
    compareTexts(before, after, language)
      .filter(({ kind }) => kind !== "same")
      .map(({ kind, text }) => [kind, text.trim()]);

  test("are compared by words, Chinese by its words too", () => {
    expect(changed("We regret it.", "We deplore it.")).toEqual([
      ["removed", "regret"],
      ["added", "deplore"],
    ]);
    expect(changed("我们支持保护责任。", "我们反对保护责任。", "zh")).toEqual([
      ["removed", "支持"],
      ["added", "反对"],
    ]);
  });

  test("what did not change is shortened, and counted", () => {
    const long = "Nothing changes here. ".repeat(100);
    const changes = compareTexts(`${long}One.`, `${long}Two.`, "en");
    expect(changes.reduce((sum, { left }) => sum + left, 0)).toBeGreaterThan(1500);
    expect(
      changes
        .filter(({ kind }) => kind === "same")
        .map(({ text }) => text.length)
        .every((length) => length <= 480),
    ).toBe(true);
  });

  test("a hundred thousand words that all changed take seconds, not minutes", () => {
    const words = (from: string): string => Array.from({ length: 100_000 }, (_, at) => `${from}${at}`).join(" ");
    const start = performance.now();
    expect(compareTexts(words("a"), words("b"), "en").length).toBeGreaterThan(0);
    expect(performance.now() - start).toBeLessThan(15_000);
  });
});

describe("an orphan", () => {
  const body = "We thank the Chair.\n\nWe fully support the responsibility to protect.\n\nGoodbye.";

  test("is offered the words that are most like it", () => {
    expect(mostLike(body, "We support the responsibility to protect")).toContain(
      "support the responsibility to protect",
    );
  });

  test("or nothing, when nothing is like it", () => {
    expect(mostLike(body, "Recorded votes were taken on several resolutions")).toBeNull();
    expect(mostLike("", "words")).toBeNull();
  });
});

describe("marks", () => {
  test("quotations may overlap, touch and run over paragraphs; nothing of the text is lost", () => {
    const body = "One two three.\n\n😀 four five.";
    const paragraphs = markedParagraphs(body, [
      { id: "a", start: 0, end: 7 },
      { id: "b", start: 4, end: 18 },
      { id: "c", start: 18, end: 22 },
    ]);
    expect(paragraphs.map(({ pieces }) => pieces.map(({ text }) => text).join(""))).toEqual([
      "One two three.",
      "😀 four five.",
    ]);
    expect(
      paragraphs.map(({ pieces }) => pieces.map(({ text, marks, begins }) => [text, marks.join(), begins.join()])),
    ).toEqual([
      [
        ["One ", "a", "a"],
        ["two", "a,b", "b"],
        [" three.", "b", ""],
      ],
      [
        ["😀 ", "b", ""],
        ["four", "c", "c"],
        [" five.", "", ""],
      ],
    ]);
  });
});

test("languages have names and a direction", () => {
  expect([languageInWords("ar"), languageInWords("zh"), languageInWords("xx-nonsense")]).toMatchObject([
    "Arabic",
    "Chinese",
    expect.any(String),
  ]);
  expect([directionOf("ar"), directionOf("fa-IR"), directionOf("en"), directionOf("arn")]).toEqual([
    "rtl",
    "rtl",
    "ltr",
    "ltr",
  ]);
});
