import { describe, expect, test } from "vitest";
import { isOn, isUnsourced, numberSources, periodInWords, sizeInWords, sourceParts } from "@/features/actors/formats";
import { suggestSlug } from "@/features/dialogues/rules";
import { languageInWords } from "@/lib/format";

describe("memberships in words", () => {
  test.each([
    [{ from: "1973-01-01", until: "2020-01-31", knownOn: null }, "1 Jan 1973 – 31 Jan 2020"],
    [{ from: "1973-01-01", until: null, knownOn: null }, "since 1 Jan 1973"],
    [{ from: null, until: "2020-01-31", knownOn: null }, "start not known, until 31 Jan 2020"],
    [{ from: null, until: null, knownOn: "2021-05-17" }, "start not known; a member on 17 May 2021"],
    [{ from: null, until: null, knownOn: null }, "start not known"],
  ])("%j is %s", (period, words) => {
    expect(periodInWords(period)).toBe(words);
  });

  test.each([
    [{ states: 28, observers: 0, others: 0 }, "28 states"],
    [{ states: 1, observers: 0, others: 1 }, "1 state and 1 organization"],
    [{ states: 2, observers: 1, others: 3 }, "2 states, 1 observer and 3 organizations"],
    [{ states: 0, observers: 0, others: 0 }, "no members"],
  ])("a group of %j has %s", (size, words) => {
    expect(sizeInWords(size)).toBe(words);
  });

  test("both ends of a period are days of it", () => {
    const period = { from: "2013-07-01", until: "2020-01-31" };
    const days = ["2013-06-30", "2013-07-01", "2020-01-31", "2020-02-01"];
    expect(days.map((day) => isOn(period, day))).toEqual([false, true, true, false]);
    expect(isOn({ from: null, until: null }, "1900-01-01")).toBe(true);
  });
});

describe("sources", () => {
  test("are numbered in the order in which they are first named", () => {
    expect([...numberSources(["b", null, "a", "b"])]).toEqual([
      ["b", 1],
      ["a", 2],
    ]);
  });

  test("show the addresses among their words, without the punctuation that follows", () => {
    expect(sourceParts("list (see https://un.org/members).")).toEqual([
      { text: "list (see ", href: null },
      { text: "https://un.org/members", href: "https://un.org/members" },
      { text: ").", href: null },
    ]);
    expect(sourceParts("javascript:alert(1)")).toEqual([{ text: "javascript:alert(1)", href: null }]);
  });

  test("say when nothing but common knowledge is behind them", () => {
    expect(isUnsourced("memory (treaty dates)")).toBe(true);
    expect(isUnsourced("memorial")).toBe(false);
  });

  test("languages are named, where the source names one", () => {
    expect(["ru", "und", "zh"].map(languageInWords)).toEqual(["Russian", "not said", "Chinese"]);
  });
});

describe("the address offered for a new record", () => {
  test.each([
    ["Formal debate on R2P", "2026-06-01", "formal-debate-on-r2p-2026"],
    ["Debate of 2026", "2026-06-01", "debate-of-2026"],
    ["Côte d'Ivoire – rapport", null, "cote-divoire-rapport"],
    ["对话", "2026-06-01", "2026"],
    ["x".repeat(200), "2026-06-01", `${"x".repeat(75)}-2026`],
  ])("%s, %s: %s", (title, day, slug) => {
    expect(suggestSlug(title, day)).toBe(slug);
  });
});
