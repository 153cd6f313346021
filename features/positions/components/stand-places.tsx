import type { Look, Place } from "@/components/chart/place";
import { valueFill, valueInk } from "@/features/positions/components/value-fill";
import type { PositionValue } from "@/features/codebook/schema";
import type { MatrixRow } from "@/features/positions/queries/matrix";
import type { Cell, Moment } from "@/features/positions/rules/settled";
import { codeOfCell, wordsOfCode } from "@/features/positions/rules/table";
import { VALUE_GLYPHS, type CellKind } from "@/features/positions/schema";
import { formatDay } from "@/lib/format";

/** What stands on a shape where there is no position; the other kinds of absence are told by their ground. */
const ABSENCE_SIGNS: Partial<Record<CellKind, string>> = { not_addressed: "–", not_coded: "?" };

/** Where a pattern would run through the letters. */
const PLATES: Partial<Record<CellKind, string>> = {
  delegated: "fill-surface",
  not_coded: "fill-warn-soft",
  not_a_member: "fill-paper",
};

type Shown = { kind: CellKind; value?: PositionValue };

/** How a position, or why there is none, is drawn on a map. `patterns` is the id of the drawing's `ValuePatterns`. */
export function standLook(patterns: string, { kind, value }: Shown): Look {
  return {
    ...valueFill(patterns, { kind, value }),
    ink: valueInk({ kind, value }),
    sign: value ? VALUE_GLYPHS[value] : (ABSENCE_SIGNS[kind] ?? ""),
    plate: PLATES[kind],
  };
}

/** When a position was taken: of another occasion than a dialogue only the year is known. */
export function whenSaid({ dialogue, day }: Moment): string {
  return dialogue === null ? day.slice(0, 4) : formatDay(day);
}

/** "Supports, own voice, 6 Sep 2017", "Opposes, delegated through Nordic countries, 2011", "Did not speak". */
function standInWords(cell: Cell, nameOf: (ref: string) => string): string {
  if (!("value" in cell)) return wordsOfCode(codeOfCell(cell));
  const { kind, through, at } = cell;
  const voice = kind === "own" ? ", own voice" : through ? ` through ${nameOf(through)}` : "";
  return `${wordsOfCode(codeOfCell(cell))}${voice}, ${whenSaid(at)}`;
}

type StandPlaces = {
  /** Each with the cell of the one issue that is drawn, at the same place in `cells`. */
  rows: readonly MatrixRow[];
  /** Which of the cells is drawn. */
  column: number;
  /** Id of the drawing's `ValuePatterns`. */
  patterns: string;
  /** What groups and speakers are called, by ref. */
  names: Readonly<Record<string, string>>;
  hrefFor: (row: MatrixRow) => string;
  observer?: boolean;
};

/** Where states stand on one issue, for `TileGrid` and `WorldMap`. Actors without an ISO3 code are no states and left out. */
export function standPlaces({ rows, column, patterns, names, hrefFor, observer = false }: StandPlaces): Place[] {
  return rows.flatMap((row): Place[] => {
    const cell = row.cells[column];
    if (row.iso3 === null || !cell) return [];
    return [
      {
        code: row.iso3,
        title: `${row.name}: ${inSentence(standInWords(cell, (ref) => names[ref] ?? ref))}`,
        href: hrefFor(row),
        look: standLook(patterns, cell),
        observer,
      },
    ];
  });
}

function inSentence(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}
