/** A column of a table of positions: an issue by its code, or, in the table of one actor, a dialogue by its slug. */
export type CellColumn = {
  /** Empty for what has no address of its own: another occasion than a dialogue. */
  code: string;
  title: string;
};

type CellPlace = { actor: string; issue: string; dialogue: string | null; row: string; column: string };

/**
 * What a cell is about. Its row says of which actor it is and, where the columns are dialogues, on which issue. Null outside of the
 * cells of positions.
 */
export function placeOfCell(cell: Element | null, columns: readonly CellColumn[]): CellPlace | null {
  if (!(cell instanceof HTMLTableCellElement)) return null;
  const row = cell.closest("tr");
  const column = columns[cell.cellIndex - 1];
  const actor = row?.dataset.actor;
  if (!row || !column || !actor) return null;
  const names = { row: row.cells[0]?.textContent ?? "", column: column.title };
  const { issue } = row.dataset;
  return issue === undefined
    ? { actor, issue: column.code, dialogue: null, ...names }
    : { actor, issue, dialogue: column.code, ...names };
}

/** The evidence behind a cell; null outside of the cells of positions. */
export function addressOfCell(
  cell: HTMLTableCellElement,
  columns: readonly CellColumn[],
  search: string,
): string | null {
  const place = placeOfCell(cell, columns);
  if (!place) return null;
  return `/positions/${place.actor}/${place.issue}${searchOf(place, search)}`;
}

/** The parameters of the evidence of a cell: of its dialogue alone, where its column is one. */
export function searchOf({ dialogue }: Pick<CellPlace, "dialogue">, search: string): string {
  if (!dialogue) return search;
  const query = new URLSearchParams(search);
  query.set("dialogue", dialogue);
  return `?${query}`;
}
