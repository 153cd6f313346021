// Moving in a table by arrow keys with one stop for the tab key. Without this script each link is a stop of its own.

/** What takes the focus in a cell: its link, else the cell itself. */
function targetOf(cell: HTMLTableCellElement): HTMLElement {
  return cell.querySelector("a") ?? cell;
}

/** Takes all links of a table out of the tab order but one: the focused one, else the first in the body. */
export function rove(table: HTMLTableElement): void {
  for (const link of table.querySelectorAll("a")) link.tabIndex = -1;
  const focused = table.contains(document.activeElement) ? document.activeElement : null;
  const first = focused ?? table.querySelector("tbody td a, tbody a");
  if (first instanceof HTMLElement) first.tabIndex = 0;
}

function focusCell(table: HTMLTableElement, cell: HTMLTableCellElement): void {
  const target = targetOf(cell);
  for (const stop of table.querySelectorAll<HTMLElement>('[tabindex="0"]')) stop.tabIndex = -1;
  target.tabIndex = 0;
  target.focus();
}

const PAGE = 10;

type Place = { row: number; column: number };

function placeAfter(event: KeyboardEvent, { row, column }: Place, rows: number, columns: number): Place | null {
  const whole = event.ctrlKey || event.metaKey;
  switch (event.key) {
    case "ArrowUp":
      return { row: row - 1, column };
    case "ArrowDown":
      return { row: row + 1, column };
    case "ArrowLeft":
      return { row, column: column - 1 };
    case "ArrowRight":
      return { row, column: column + 1 };
    case "Home":
      return { row: whole ? 0 : row, column: 0 };
    case "End":
      return { row: whole ? rows - 1 : row, column: columns - 1 };
    case "PageUp":
      return { row: Math.max(0, row - PAGE), column };
    case "PageDown":
      return { row: Math.min(rows - 1, row + PAGE), column };
    default:
      return null;
  }
}

/** Moves the focus as an arrow key, Home, End, Page Up or Page Down asks. Returns the cell that had the focus, or null. */
export function moveInTable(table: HTMLTableElement, event: KeyboardEvent): HTMLTableCellElement | null {
  const cell = event.target instanceof Element ? event.target.closest<HTMLTableCellElement>("td, th") : null;
  const from = cell?.closest("tr");
  if (!cell || !from || event.altKey || event.shiftKey) return cell;
  // A heading over all columns is no row of cells.
  const rows = [...table.rows].filter(({ cells }) => cells.length > 1);
  const place = { row: rows.indexOf(from), column: cell.cellIndex };
  const next = placeAfter(event, place, rows.length, from.cells.length);
  if (!next) return cell;
  event.preventDefault();
  const goal = rows[next.row]?.cells[next.column];
  if (goal) focusCell(table, goal);
  return null;
}
