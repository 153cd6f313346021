import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldName } from "@/features/actors/rules";
import {
  differences,
  isSendable,
  issuesByCell,
  namesOf,
  partiesInWords,
  sendable,
  withoutLast,
  withParty,
  type GridFields,
  type GridParty,
} from "@/features/statements/formats/grid";

const choice = (ref: string, name: string, ...others: string[]) => ({
  ref,
  name,
  typed: name,
  keys: [ref, name, ...others].map(foldName),
});
const names = namesOf([
  choice("ALB", "Albania"),
  choice("DNK", "Denmark"),
  choice("EST", "Estonia"),
  choice("FIN", "Finland"),
  choice("KOR", "Republic of Korea", "Korea"),
  choice("PRK", "Democratic People's Republic of Korea", "Korea"),
  choice("european-union", "European Union", "EU"),
  choice("nordic", "Nordic countries"),
]);
const around = {
  names,
  groups: new Set(["nordic", "european-union"]),
  members: { nordic: [{ ref: "DNK" }, { ref: "FIN" }], "european-union": [{ ref: "DNK" }, { ref: "EST" }] },
};
const fields = (more: Partial<GridFields> = {}): GridFields => ({
  speaker: "Denmark",
  parties: [],
  role: "statement",
  meeting: "",
  ...more,
});
/** What typing these one after another gives. */
const typed = (...texts: string[]): GridParty[] | string =>
  texts.reduce<GridParty[] | string>((so, text) => (typeof so === "string" ? so : withParty(so, text, around)), []);

describe("parties as they are typed into the grid", () => {
  it.each([
    [["nordic"], "Nordic countries"],
    [["own", "nordic"], "own capacity; Nordic countries"],
    [["nordic", "-finland"], "Nordic countries without Finland"],
    [["EU", "Estonia"], "European Union; named: Estonia"],
    [["+EU"], "named: European Union"],
    [["nordic", "~albania"], "Nordic countries; aligned: Albania"],
  ])("%j", (texts, words) => {
    const parties = typed(...texts);
    expect(Array.isArray(parties) && partiesInWords(parties, names)).toBe(words);
  });

  it.each([
    [["nobody"], 'Nobody on record is called "nobody".'],
    [
      ["Korea"],
      '"Korea" may mean Republic of Korea (KOR) or Democratic People\'s Republic of Korea (PRK). Type the code.',
    ],
    [["-finland"], "Name the group first, then who is struck out of it."],
    [["nordic", "-estonia"], "Estonia was not a member of Nordic countries on that day."],
    [["nordic", "-finland", "-FIN"], "This is already listed."],
    [["nordic", "Nordic countries"], "This is already listed."],
    [["own", "own"], "This is already listed."],
  ])("%j is refused", (texts, sentence) => expect(typed(...texts)).toBe(sentence));

  it("takes the last thing that was added away, and in the end everything", () => {
    const steps = fc.array(fc.constantFrom("nordic", "EU", "-finland", "-denmark", "~albania", "+EU", "own"), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(steps, (texts) => {
        let parties: GridParty[] = [];
        for (const text of texts) {
          const more = withParty(parties, text, around);
          if (typeof more === "string") continue;
          if (!text.startsWith("-")) expect(withoutLast(more)).toEqual(parties);
          parties = more;
        }
        for (let step = 0; step < 20; step += 1) parties = withoutLast(parties);
        expect(parties).toEqual([]);
      }),
    );
  });
});

describe("a row of the grid", () => {
  it("is sent by references, in own capacity when nobody is named", () => {
    expect(sendable(fields({ speaker: " dnk " }), names)).toEqual({
      speaker: "DNK",
      role: "statement",
      meeting: null,
      represents: [{ basis: "own" }],
    });
    const parties = typed("nordic") as GridParty[];
    expect(sendable(fields({ parties, meeting: "2" }), names)).toMatchObject({ meeting: 2, represents: parties });
  });

  it("is never sent for somebody whom the text may only mean among others", () => {
    for (const speaker of ["", "Korea", "Nobody"]) {
      const result = sendable(fields({ speaker }), names);
      expect(isSendable(result)).toBe(false);
      expect(result).toHaveProperty("speaker");
    }
  });

  it("shows each error under its cell, and the rest under the row", () => {
    expect(
      issuesByCell([
        { path: ["speaker"], message: "One." },
        { path: ["represents", "0", "group"], message: "Two." },
        { path: ["represents", "1", "actor"], message: "Three." },
        { path: ["order"], message: "Four." },
      ]),
    ).toEqual({ speaker: "One.", parties: "Two. Three.", row: "Four." });
  });

  it("differs from another version exactly where they say something else", () => {
    const theirs = fields({ parties: typed("nordic", "-finland") as GridParty[], role: "joint_statement" });
    expect(differences(fields(), theirs, names)).toEqual([
      { field: "parties", label: "For whom", mine: "own capacity", theirs: "Nordic countries without Finland" },
      { field: "role", label: "Role", mine: "Statement", theirs: "Joint statement" },
    ]);
    expect(differences(theirs, theirs, names)).toEqual([]);
  });
});
