"use client";

import { memo } from "react";
import { Table } from "@/components/ui/table";
import { MatrixKeys } from "@/features/positions/components/matrix-keys";

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
  return (
    <MatrixKeys columns={props.columns} search={props.search}>
      <Drawn {...props} />
    </MatrixKeys>
  );
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
                <a className="count-link" data-count={section.rows.length} href={section.href}>
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
        return (
          <td key={code}>
            {count > 0 && (
              <a data-count={count} href={href.replace(mark, code)}>
                {count}
              </a>
            )}
          </td>
        );
      })}
    </tr>
  );
}
