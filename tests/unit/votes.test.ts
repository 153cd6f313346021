import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { versionsOfVote, voteFormValues } from "@/features/votes/formats/form";
import { parseRollCall } from "@/features/votes/formats/pasted";
import type { RollCallDto } from "@/features/votes/queries/votes";
import { checkResult, countVotes, voterIssues } from "@/features/votes/rules";
import { VOTE_VALUES, type VoteValue } from "@/features/votes/schema";
import { readRecord } from "@/prisma/seed/files";
import { DomainError } from "@/lib/errors";

const [vote] = readRecord().votes;
const rows = vote?.votes ?? [];
const printedBy = (value: VoteValue): string[] =>
  rows.flatMap((row) => (row.value === value ? [row.printed ?? ""] : []));

function refusalOf(run: () => void): DomainError {
  try {
    run();
  } catch (error) {
    if (error instanceof DomainError) return error;
  }
  throw new Error("nothing was refused");
}

const counted = (text: string) => countVotes(parseRollCall(text).votes);
const RESULT = { yes: 115, no: 15, abstain: 28, notVoting: 35 };

describe("a result", () => {
  it("is refused with each difference in words and the members who are not listed", () => {
    const short = rows.filter(({ actor }) => actor !== "DNK");
    const { issues, message } = refusalOf(() => checkResult(RESULT, short, ["Denmark"]));
    expect(issues).toEqual([
      { path: ["result", "yes"], message: "The record states 115 yes; 114 are listed." },
      { path: ["votes"], message: "One member of that day is not listed: Denmark." },
    ]);
    expect(message).toContain("114 are listed");
  });

  it("is accepted exactly when every count is the one that is stated", () => {
    const values = fc.array(
      fc.constantFrom(...VOTE_VALUES).map((value) => ({ value })),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(
        values,
        fc.constantFrom("yes", "no", "abstain", "notVoting"),
        fc.integer({ min: 1, max: 9 }),
        (votes, field, more) => {
          const result = countVotes(votes);
          checkResult(result, votes, ["Whoever"]);
          const wrong = { ...result, [field]: result[field] + more };
          expect(refusalOf(() => checkResult(wrong, votes, [])).issues.map(({ path }) => path)).toEqual([
            ["result", field],
          ]);
        },
      ),
    );
  });

  it("names a state that is listed twice and one that had no vote, once each", () => {
    const voters = [
      { row: 0, id: "a", name: "A", isMember: true },
      { row: 1, id: "b", name: "B", isMember: false },
      { row: 2, id: "a", name: "A", isMember: true },
    ];
    expect(voterIssues(voters)).toEqual([
      { path: ["votes", "1", "actor"], message: "B was no member state on that day and had no vote." },
      { path: ["votes", "2", "actor"], message: "A is listed twice: in rows 1 and 3." },
    ]);
  });
});

describe("a pasted roll call", () => {
  it("is read as a press release prints it, with names over line ends and brackets", () => {
    const text = [
      "In favour:  Afghanistan, Albania, Bolivia (Plurinational",
      "State of), Bosnia and Herzegovina, and Côte d’Ivoire.",
      "",
      "Against:  Belarus; Nicaragua.",
      "Abstaining (1): India",
      "Absent:  Zambia, Micronesia (Federated States of, as printed).",
    ].join("\r\n");
    expect(parseRollCall(text)).toEqual({
      votes: [
        { line: 1, printed: "Afghanistan", value: "yes" },
        { line: 1, printed: "Albania", value: "yes" },
        { line: 1, printed: "Bolivia (Plurinational State of)", value: "yes" },
        { line: 1, printed: "Bosnia and Herzegovina", value: "yes" },
        { line: 1, printed: "Côte d’Ivoire", value: "yes" },
        { line: 4, printed: "Belarus", value: "no" },
        { line: 4, printed: "Nicaragua", value: "no" },
        { line: 5, printed: "India", value: "abstain" },
        { line: 6, printed: "Zambia", value: "not_voting" },
        { line: 6, printed: "Micronesia (Federated States of, as printed)", value: "not_voting" },
      ],
      problems: [],
    });
  });

  it("is read as letters before names, one name a line under a head, or a table", () => {
    expect(counted(rows.map(({ printed, value }) => `${LETTERS[value]} ${printed}`).join("\n"))).toEqual(RESULT);
    expect(
      counted(VOTE_VALUES.map((value) => `${HEADS[value]}:\n${printedBy(value).join("\n")}`).join("\n\n")),
    ).toEqual(RESULT);
    for (const mark of [",", ";", "\t"]) {
      const lines = rows.map(({ actor, printed, value }) => [actor, `"${printed}"`, value].join(mark));
      expect(counted(["\uFEFFiso3", "state", "vote"].join(mark) + `\n${lines.join("\n")}`)).toEqual(RESULT);
    }
  });

  it("says what it cannot read, with the line", () => {
    expect(parseRollCall("Denmark\nSweden").problems.map(({ line }) => line)).toEqual([1]);
    expect(parseRollCall("Adopted by:\nIn favour: Denmark").problems).toEqual([
      { line: 1, message: '"Adopted by:" stands before "In favour".' },
    ]);
    const table = "state,vote\nDenmark,perhaps\n,yes\nSweden,Y";
    expect(parseRollCall(table)).toEqual({
      votes: [{ line: 4, printed: "Sweden", value: "yes" }],
      problems: [
        { line: 2, message: '"perhaps" is no vote.' },
        { line: 3, message: "This row names nobody." },
      ],
    });
  });

  it("never fails and never makes up a name, whatever is pasted", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 200 }),
        fc.constantFrom("", "In favour:", "Y ", 'state,vote\n"'),
        (text, head) => {
          for (const { printed } of parseRollCall(head + text).votes) {
            expect(printed.trim()).toBe(printed);
            expect(printed).not.toBe("");
          }
        },
      ),
    );
  });

  it("keeps every name of a press release, in its section", () => {
    const name = fc.stringMatching(/^[A-Z][a-z]{4,9}(?: [A-Z][a-z]{4,9})?$/);
    const lists = fc.record({
      yes: fc.array(name),
      no: fc.array(name),
      abstain: fc.array(name),
      not_voting: fc.array(name),
    });
    fc.assert(
      fc.property(lists, (by) => {
        const text = VOTE_VALUES.map((value) => `${HEADS[value]}: ${by[value].join(", ")}.`).join("\n");
        const { votes } = parseRollCall(text);
        for (const value of VOTE_VALUES) {
          expect(votes.flatMap((row) => (row.value === value ? [row.printed] : []))).toEqual(by[value]);
        }
      }),
    );
  });
});

describe("the form of a roll call that is on record", () => {
  const states = ["DNK", "SWE", "NIC"];
  const recorded = (values: readonly (readonly [VoteValue, string | null])[]): RollCallDto => ({
    id: "1",
    slug: "a-vote",
    symbol: null,
    title: "A vote",
    date: "2021-05-18",
    dialogue: null,
    takenAt: null,
    sourceUrl: null,
    note: null,
    version: 1,
    missing: [],
    result: countVotes(values.map(([value]) => ({ value }))),
    votes: values.map(([value, printed], index) => ({
      actor: states[index] ?? `X${index}`,
      slug: `s-${index}`,
      name: `State ${index}`,
      region: null,
      value,
      printed,
    })),
  });

  it("has the roll call as text that is read as the same one", () => {
    const printed = fc.option(fc.stringMatching(/^[A-Z][A-Z ,.()'-]{1,30}[A-Z)]$/));
    const votes = fc.array(fc.tuple(fc.constantFrom(...VOTE_VALUES), printed), { minLength: 1 });
    fc.assert(
      fc.property(votes, (values) => {
        const read = parseRollCall(voteFormValues(recorded(values))["text"] as string);
        expect(read.problems).toEqual([]);
        expect(read.votes.map(({ value, printed: name }) => [value, name])).toEqual(
          values.map(([value, name], index) => [value, (name ?? `State ${index}`).replaceAll(/\s+/g, " ")]),
        );
      }),
    );
  });

  it("shows of two versions the lines and numbers in which they differ", () => {
    const mine = voteFormValues(
      recorded([
        ["yes", "DENMARK"],
        ["no", "SWEDEN"],
      ]),
    );
    const theirs = recorded([
      ["yes", "DENMARK"],
      ["abstain", "SWEDEN"],
    ]);
    const differ = versionsOfVote(mine, theirs).filter((one) => one.mine !== one.theirs);
    expect(differ.map(({ field, mine: ours, theirs: other }) => [field, ours, other])).toEqual([
      ["result", "Yes: 1, No: 1, Abstained: 0, Did not vote: 0", "Yes: 1, No: 0, Abstained: 1, Did not vote: 0"],
      ["text", "N SWEDEN", "A SWEDEN"],
    ]);
  });
});

const LETTERS: Record<VoteValue, string> = { yes: "Y", no: "N", abstain: "A", not_voting: "" };
const HEADS: Record<VoteValue, string> = {
  yes: "In favour",
  no: "Against",
  abstain: "Abstain",
  not_voting: "Not voting",
};
