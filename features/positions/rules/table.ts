import { POSITION_VALUES, VALUE_NAMES, type PositionValue } from "@/features/codebook/schema";
import type { Cell } from "@/features/positions/rules/settled";
import { ABSENCE_NAMES, type CellCondition, type CellKind } from "@/features/positions/schema";

const VALUE_LETTERS: Record<PositionValue, string> = {
  support: "s",
  conditional: "c",
  mixed: "m",
  sceptical: "k",
  oppose: "o",
};
const ABSENCE_LETTERS = { not_addressed: "na", did_not_speak: "ns", not_coded: "nc", not_a_member: "nm" } as const;

/** What a cell of the table needs to be drawn. Thousands of them go to a browser, so that each is two letters there. */
export type CellCode = string;

/** "os" for an own position that supports, "ds" for a delegated one, "ns" for who did not speak. */
export function codeOfCell(cell: { kind: CellKind; value?: PositionValue | null }): CellCode {
  const { kind, value } = cell;
  if (kind !== "own" && kind !== "delegated") return ABSENCE_LETTERS[kind];
  return value ? `${kind === "own" ? "o" : "d"}${VALUE_LETTERS[value]}` : ABSENCE_LETTERS.not_coded;
}

/** One kind of cell by its parts. */
export type Stand = { code: CellCode; kind: CellKind; value?: PositionValue };

/** Every kind of cell, own positions first, then delegated ones, then the absences. */
export const STANDS: readonly Stand[] = [
  ...(["own", "delegated"] as const).flatMap((kind) =>
    POSITION_VALUES.map((value): Stand => ({
      code: `${kind === "own" ? "o" : "d"}${VALUE_LETTERS[value]}`,
      kind,
      value,
    })),
  ),
  ...(["not_addressed", "did_not_speak", "not_coded", "not_a_member"] as const).map((kind): Stand => ({
    code: ABSENCE_LETTERS[kind],
    kind,
  })),
];

const WORDS: ReadonlyMap<CellCode, string> = new Map(
  STANDS.map(({ code, kind, value }): [CellCode, string] => {
    if (kind !== "own" && kind !== "delegated") return [code, ABSENCE_NAMES[kind]];
    return [code, `${value ? VALUE_NAMES[value] : ""}${kind === "own" ? "" : ", delegated"}`];
  }),
);

/** Every kind of cell. */
export const CODES: readonly CellCode[] = [...WORDS.keys()];

/** "Supports", "Opposes, delegated", "Did not speak". */
export function wordsOfCode(code: CellCode): string {
  return WORDS.get(code) ?? "";
}

/** A position in a table: of whom, on what. */
export type TablePosition<Row, Issue> = { row: Row; issue: Issue; cell: Extract<Cell, { value: PositionValue }> };

/** The positions that a table shows, row by row; absences are none. */
export function positionsIn<Row extends { cells: readonly Cell[] }, Issue>({
  rows,
  issues,
}: {
  rows: readonly Row[];
  issues: readonly Issue[];
}): TablePosition<Row, Issue>[] {
  return rows.flatMap((row) =>
    row.cells.flatMap((cell, column) => ("value" in cell ? [{ row, issue: issues[column] as Issue, cell }] : [])),
  );
}

/** Whether a cell is of the kind and has the value that a condition asks for. */
export function fits(cell: Cell, { kind, value }: Omit<CellCondition, "issue">): boolean {
  if (kind !== null && cell.kind !== kind) return false;
  return value === null || ("value" in cell && cell.value === value);
}

/** How many cells of a column are own positions, delegated ones, and of each value; the rest are absences. */
type Tally = { own: number; delegated: number; values: Record<PositionValue, number> };

/** Counts the cells of one column. Absences are in no number. */
function tallyOf(cells: Iterable<Cell>): Tally {
  const tally: Tally = {
    own: 0,
    delegated: 0,
    values: { support: 0, conditional: 0, mixed: 0, sceptical: 0, oppose: 0 },
  };
  for (const cell of cells) {
    if (!("value" in cell)) continue;
    tally[cell.kind] += 1;
    tally.values[cell.value] += 1;
  }
  return tally;
}

/** A line of subtotals: what is counted, and how often it is in each column. */
export type SubtotalLine = { kind: CellKind | null; value: PositionValue | null; counts: number[] };

/** The lines of subtotals of some rows, those without any count left out: own and delegated first, then by value. */
export function subtotalsOf(rows: readonly { cells: readonly Cell[] }[], columns: number): SubtotalLine[] {
  const tallies = Array.from({ length: columns }, (_, column) =>
    tallyOf(rows.flatMap(({ cells }) => cells[column] ?? [])),
  );
  const lines: SubtotalLine[] = [
    ...(["own", "delegated"] as const).map((kind) => ({ kind, value: null, counts: tallies.map((one) => one[kind]) })),
    ...POSITION_VALUES.map((value) => ({ kind: null, value, counts: tallies.map((one) => one.values[value]) })),
  ];
  return lines.filter(({ counts }) => counts.some((count) => count > 0));
}

/** Rows under a heading. A group lists only its subtotals, since an actor can be in several. */
export type Section<Row> = { key: string; title: string; rows: Row[] };

/** Rows by what each belongs to, in the order of the headings; a row can be under several, and empty headings are left out. */
export function sectionsOf<Row>(
  rows: readonly Row[],
  headings: readonly { key: string; title: string }[],
  belongs: (row: Row, key: string) => boolean,
): Section<Row>[] {
  return headings
    .map(({ key, title }) => ({ key, title, rows: rows.filter((row) => belongs(row, key)) }))
    .filter((section) => section.rows.length > 0);
}
