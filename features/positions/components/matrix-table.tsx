"use client";

import { memo, useEffect, useRef } from "react";
import { useRouter } from "next/navigation";
import { CellPeek } from "@/features/positions/components/cell-peek";
import { moveInTable, rove } from "@/components/ui/table-keys";
import { Table } from "@/components/ui/table";

/** A row of the table: cells are two letters each, set apart by blanks (`codeOfCell`). */
export type TableRow = { ref: string; href: string; name: string; cells: string };

/** Numbers under a heading; `href` has the table's `place` where the code of the issue goes. */
export type TableLine = { label: string; counts: number[]; href: string };

/** Rows under a heading with their subtotals. Without rows it lists the subtotals alone. */
export type TableSection = {
  key: string;
  title: string | null;
  count: string;
  href: string;
  lines: TableLine[];
  rows: TableRow[];
};

export type MatrixTableProps = {
  columns: { code: string; title: string; href: string }[];
  sections: TableSection[];
  /** What each kind of cell says, by its two letters. */
  words: Record<string, string>;
  /** Stands for the code of an issue in the addresses of subtotals. */
  place: string;
  /** Where evidence is: its parameters, "?asOf=…" or empty. */
  search: string;
};

/**
 * Actors by issues as a plain table whose cells are links. It is drawn in the browser from two letters a cell, so that a page of
 * thousands stays small; arrow keys move between cells, and what has the focus or the pointer shows its evidence.
 */
export function MatrixTable(props: MatrixTableProps) {
  const frame = useRef<HTMLDivElement>(null);
  const router = useRouter();
  const { columns, search } = props;

  // After every drawing: new rows bring new links.
  useEffect(() => {
    const table = frame.current?.querySelector("table");
    if (table) rove(table);
  });

  useEffect(() => {
    const table = frame.current?.querySelector("table");
    if (!table) return undefined;
    const press = (event: KeyboardEvent) => {
      const cell = moveInTable(table, event);
      // A cell without a link: its evidence says why there is no position.
      if (event.key === "Enter" && cell && !cell.querySelector("a")) open(cell);
    };
    const click = (event: MouseEvent) => {
      if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const cell = event.target instanceof Element ? event.target.closest("td") : null;
      if (!cell?.querySelector("a") || !cell.closest("tr[data-actor]")) return;
      event.preventDefault();
      open(cell);
    };
    const open = (cell: HTMLTableCellElement) => {
      const address = evidenceOf(cell, columns, search);
      if (address) router.push(address);
    };
    table.addEventListener("keydown", press);
    table.addEventListener("click", click);
    return () => {
      table.removeEventListener("keydown", press);
      table.removeEventListener("click", click);
    };
  }, [columns, search, router]);

  return (
    <div ref={frame}>
      <Drawn {...props} />
      <CellPeek frame={frame} columns={columns} search={search} />
    </div>
  );
}

function evidenceOf(cell: HTMLTableCellElement, columns: MatrixTableProps["columns"], search: string): string | null {
  const actor = cell.closest("tr")?.dataset.actor;
  const issue = columns[cell.cellIndex - 1]?.code;
  return actor && issue ? `/positions/${actor}/${issue}${search}` : null;
}

const Drawn = memo(function Drawn({ columns, sections, words, place: mark, search }: MatrixTableProps) {
  return (
    <Table label="Positions" scroll="both" stickyFirst className="matrix-region">
      <thead>
        <tr>
          <th scope="col">
            <span className="sr-only">Who</span>
          </th>
          {columns.map(({ code, title, href }) => (
            <th key={code} scope="col">
              <a href={href}>{title}</a>
            </th>
          ))}
        </tr>
      </thead>
      {sections.map((section) => (
        <tbody key={section.key}>
          {section.title !== null && (
            <tr className="matrix-heading">
              <th scope="rowgroup" colSpan={columns.length + 1}>
                {section.title}{" "}
                <a className="count-link" data-count={section.count} href={section.href}>
                  {section.count}
                </a>
              </th>
            </tr>
          )}
          {section.lines.map((line) => (
            <SubtotalRow key={line.label} line={line} columns={columns} place={mark} />
          ))}
          {section.rows.map(({ ref, href, name, cells }) => (
            <tr key={ref} data-actor={ref}>
              <th scope="row">
                <a href={href}>{name}</a>
              </th>
              {cells.split(" ").map((code, place) => (
                <td key={columns[place]?.code} className={code}>
                  {code.startsWith("n") ? (
                    words[code]
                  ) : (
                    <a href={`/positions/${ref}/${columns[place]?.code}${search}`}>{words[code]}</a>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      ))}
    </Table>
  );
});

function SubtotalRow({
  line: { label, counts, href },
  columns,
  place: mark,
}: { line: TableLine } & Pick<MatrixTableProps, "columns" | "place">) {
  return (
    <tr className="matrix-subtotal">
      <th scope="row">{label}</th>
      {counts.map((count, place) => {
        const code = columns[place]?.code ?? "";
        return <td key={code}>{count > 0 && <a href={href.replace(mark, code)}>{count}</a>}</td>;
      })}
    </tr>
  );
}
