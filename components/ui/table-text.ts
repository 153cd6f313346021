/** The cells of the first table in the element with this id, row by row, as they read: glyphs left out, the words for them kept. */
function cellsOf(id: string): string[][] {
  const element = document.getElementById(id);
  const table = element instanceof HTMLTableElement ? element : element?.querySelector("table");
  if (!table) throw new Error(`No table in #${id}`);
  return [...table.rows].map((row) => [...row.cells].flatMap((cell) => [textOf(cell), ...blanks(cell.colSpan - 1)]));
}

function textOf(cell: HTMLTableCellElement): string {
  const copy = cell.cloneNode(true) as HTMLTableCellElement;
  for (const hidden of copy.querySelectorAll('[aria-hidden="true"], [popover], script, style')) hidden.remove();
  return (copy.textContent ?? "").replace(/\s+/g, " ").trim();
}

const blanks = (count: number): string[] => Array.from({ length: Math.max(0, count) }, () => "");

/** For a spreadsheet: cells apart by tabs. What a spreadsheet would run as a formula is made text, as in the files. */
export function asTsv(id: string): string {
  return cellsOf(id)
    .map((row) => row.map((cell) => (/^[=+\-@]/.test(cell) ? `'${cell}` : cell)).join("\t"))
    .join("\n");
}

/** For a document: a table in Markdown, its first row the head. */
export function asMarkdown(id: string): string {
  const [head = [], ...body] = cellsOf(id).map((row) => row.map((cell) => cell.replace(/([\\|`*_<])/g, "\\$1")));
  const line = (row: string[]) => `| ${row.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...body.map(line)].join("\n");
}
