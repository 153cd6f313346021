import { describe, expect, test } from "vitest";
import { fieldInWords, inReadingOrder, refsIn, valueInWords } from "@/features/audit/formats";

const names = { DNK: "Denmark", FIN: "Finland", SWE: "Sweden", nordic: "Nordic countries" };

describe("a value of the audit trail in words", () => {
  test.each([
    ["startsOn", "2017-09-06", "6 Sep 2017"],
    ["kind", "informal_interactive_dialogue", "informal interactive dialogue"],
    ["title", "informal_interactive_dialogue", "informal_interactive_dialogue"],
    ["speaker", "DNK", "Denmark"],
    ["speaker", "XYZ", "XYZ"],
    ["order", 3, "3"],
    ["note", "", null],
    ["note", null, null],
    ["represents", [], null],
    ["person", { name: "Analyst One", title: "Adviser" }, "Analyst One, Adviser"],
    ["person", { name: "Analyst One", title: null }, "Analyst One"],
    ["withdrawn", { reason: "Recorded twice" }, "reason: Recorded twice"],
    ["meetings", [{ date: "2017-09-06", label: "Morning" }], "Morning, 6 Sep 2017"],
    [
      "names",
      [{ name: "Turkey", kind: "former", language: "en", from: null, until: "2022-05-31" }],
      "Turkey (former, en, until 31 May 2022)",
    ],
  ] as const)("%s %j is %s", (field, value, words) => {
    expect(valueInWords(field, value as never, names)).toBe(words);
  });

  test("tells for whom a statement was delivered", () => {
    const represents = [
      { basis: "own" },
      { basis: "group", group: "nordic", exclude: ["FIN", "SWE"] },
      { basis: "aligned", actor: "DNK" },
    ];
    expect(valueInWords("represents", represents, names)).toBe(
      "own capacity; Nordic countries without Finland and Sweden; aligned: Denmark",
    );
    expect(refsIn({ speaker: "DNK", represents, title: "no reference" })).toEqual([
      "DNK",
      "nordic",
      "FIN",
      "SWE",
      "DNK",
    ]);
  });

  test("names fields as readers call them, known or not", () => {
    expect(["sourceUrl", "represents", "lastSeen", "iso3"].map(fieldInWords)).toEqual([
      "Source",
      "On behalf of",
      "Last seen",
      "ISO3",
    ]);
  });

  test("puts who and what before notes, whatever the order of the database", () => {
    const fields = ["note", "meeting", "speaker", "language", "role"].map((field) => ({ field }));
    expect(inReadingOrder(fields).map(({ field }) => field)).toEqual([
      "speaker",
      "role",
      "meeting",
      "language",
      "note",
    ]);
  });
});
