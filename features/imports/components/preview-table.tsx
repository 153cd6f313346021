import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import type { PreviewRow } from "@/features/imports/queries/imports";
import { IMPORT_FIELDS, type ImportKind, type Mapping, type RowIssue } from "@/features/imports/schema";

type PreviewTableProps = {
  kind: ImportKind;
  headers: readonly string[];
  mapping: Mapping;
  rows: readonly PreviewRow[];
};

function Issue({ issue }: { issue: RowIssue }) {
  return (
    <span className={issue.level === "error" ? "block text-sm text-danger" : "block text-sm text-warn"}>
      {issue.level === "error" ? "Error: " : "Warning: "}
      {issue.message}
    </span>
  );
}

/** The rows of a file as they would be taken, with what is wrong or odd under the cell that it is about. */
export function PreviewTable({ kind, headers, mapping, rows }: PreviewTableProps) {
  const columns = headers.flatMap((header, index) => {
    const field = mapping[header];
    return field === undefined ? [] : [{ index, header, label: IMPORT_FIELDS[kind][field]?.label ?? field }];
  });
  const elsewhere = (row: PreviewRow): RowIssue[] =>
    row.issues.filter(({ column }) => column === null || !columns.some(({ index }) => index === column));
  return (
    <Table label="Rows of the file" scroll="both" stickyFirst>
      <thead>
        <tr>
          <HeaderCell numeric>Row</HeaderCell>
          {columns.map(({ index, label, header }) => (
            <HeaderCell key={index} title={header}>
              {label}
            </HeaderCell>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.row}>
            <RowHeader className="num align-top">
              {row.row}
              {elsewhere(row).map((issue) => (
                <Issue key={issue.message} issue={issue} />
              ))}
            </RowHeader>
            {columns.map(({ index }) => (
              <Cell key={index} className="max-w-read align-top wrap-anywhere">
                {row.cells[index]?.slice(0, 200)}
                {row.issues
                  .filter(({ column }) => column === index)
                  .map((issue) => (
                    <Issue key={issue.message} issue={issue} />
                  ))}
              </Cell>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
