import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { POSITION_VALUES } from "@/features/codebook/schema";
import { voiceOf } from "@/features/positions/rules/evidence";
import type { Cell } from "@/features/positions/rules/settled";
import { CODES, codeOfCell, fits, sectionsOf, subtotalsOf, wordsOfCode } from "@/features/positions/rules/table";
import { ABSENCES, conditionsText, matrixQuery } from "@/features/positions/schema";

const at = { dialogue: "2017", day: "2017-09-06", order: 1 };
const said = (kind: "own" | "delegated", value: (typeof POSITION_VALUES)[number]): Cell => ({
  kind,
  value,
  positionId: "position",
  statementId: "statement",
  through: kind === "own" ? null : "nordic",
  at,
});
const cells = fc.oneof(
  fc
    .record({ kind: fc.constantFrom("own" as const, "delegated" as const), value: fc.constantFrom(...POSITION_VALUES) })
    .map(({ kind, value }) => said(kind, value)),
  fc.constantFrom(...ABSENCES).map((kind): Cell => ({ kind })),
);
const rows = fc.array(fc.record({ cells: fc.tuple(cells, cells) }), { maxLength: 30 });

describe("the letters of a cell", () => {
  it("tell every kind of cell apart and say it in words", () => {
    const all: Cell[] = [
      ...POSITION_VALUES.flatMap((value) => [said("own", value), said("delegated", value)]),
      ...ABSENCES.map((kind): Cell => ({ kind })),
    ];
    expect(new Set(all.map(codeOfCell))).toEqual(new Set(CODES));
    expect(CODES).toHaveLength(all.length);
    expect(new Set(CODES.map(wordsOfCode)).size).toBe(all.length);
    expect(wordsOfCode(codeOfCell(said("delegated", "oppose")))).toBe("Opposes, delegated");
  });
});

describe("subtotals", () => {
  it("count own, delegated and each value, and no absence", () => {
    const table = [
      { cells: [said("own", "support")] },
      { cells: [said("delegated", "support")] },
      { cells: [{ kind: "not_coded" as const }] },
    ];
    expect(subtotalsOf(table, 1)).toEqual([
      { kind: "own", value: null, counts: [1] },
      { kind: "delegated", value: null, counts: [1] },
      { kind: null, value: "support", counts: [2] },
    ]);
  });

  it("are as many as the rows that fit their condition, in every column", () => {
    fc.assert(
      fc.property(rows, (table) => {
        for (const { kind, value, counts } of subtotalsOf(table, 2)) {
          expect(counts).toEqual(
            [0, 1].map((column) => table.filter((row) => fits(row.cells[column]!, { kind, value })).length),
          );
        }
      }),
    );
  });

  it("of sections that part the rows add up to those of all rows", () => {
    fc.assert(
      fc.property(rows, (table) => {
        const headings = ["even", "odd"].map((key) => ({ key, title: key }));
        const sections = sectionsOf(table, headings, (row, key) => (table.indexOf(row) % 2 === 0) === (key === "even"));
        const totalOf = (list: typeof table, kind: "own" | "delegated") =>
          subtotalsOf(list, 2).find((line) => line.kind === kind)?.counts[0] ?? 0;
        for (const kind of ["own", "delegated"] as const) {
          expect(sections.reduce((sum, section) => sum + totalOf(section.rows, kind), 0)).toBe(totalOf(table, kind));
        }
        expect(sections.every((section) => section.rows.length > 0)).toBe(true);
      }),
    );
  });
});

describe("conditions in an address", () => {
  const read = (where: string) => matrixQuery.safeParse({ where });

  it("are read as they are written", () => {
    const text = "formal_agenda:support,veto_restraint:own,act_code:own:oppose,x:not_coded";
    const parsed = read(text);
    expect(parsed.success && conditionsText(parsed.data.where ?? [])).toBe(text);
  });

  it.each(["formal_agenda", "formal_agenda:loud", "a:own:loud", "a:support:own", ":own", "a:own:own"])(
    "%s is refused",
    (text) => {
      expect(read(text).error?.issues[0]?.path).toEqual(["where"]);
    },
  );
});

describe("the voice of an actor on an issue", () => {
  const position = (year: number, value: (typeof POSITION_VALUES)[number] | null, more = {}) => ({
    kind: "position" as const,
    mode: "own" as const,
    statement: "statement",
    year,
    value,
    ...more,
  });

  it("counts own positions by value over the years", () => {
    const list = [2021, 2019, 2016, 2014].map((year) => position(year, "support"));
    expect(
      voiceOf([...list, position(2015, "conditional"), position(2009, "oppose", { mode: "delegated" })], "own"),
    ).toEqual({
      mode: "own",
      total: 5,
      first: 2014,
      last: 2021,
      inStatements: true,
      values: [
        { value: "support", count: 4 },
        { value: "conditional", count: 1 },
      ],
    });
  });

  it("leaves out mentions, signatures and votes, and is nothing without a position", () => {
    expect(
      voiceOf([position(2014, "support", { kind: "vote" }), position(2015, null, { kind: "mention" })], "own"),
    ).toBeNull();
  });
});
