import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { PositionMark } from "@/features/positions/components/position-mark";
import { whenSaid } from "@/features/positions/components/stand-places";
import type { MatrixRow } from "@/features/positions/queries/matrix";

type StandsTableProps = {
  label: string;
  /** Each with its cell on the one issue first. */
  rows: readonly MatrixRow[];
  /** What groups and speakers are called, by ref. */
  names: Readonly<Record<string, string>>;
  hrefFor: (row: MatrixRow) => string;
};

/** Where actors stand on one issue, in words: the words lead to the evidence. */
export function StandsTable({ label, rows, names, hrefFor }: StandsTableProps) {
  return (
    <Table label={label}>
      <thead>
        <tr>
          <HeaderCell>State</HeaderCell>
          <HeaderCell>Code</HeaderCell>
          <HeaderCell>Position</HeaderCell>
          <HeaderCell>Said</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const [cell] = row.cells;
          if (!cell) return null;
          const position = "value" in cell ? cell : null;
          const through = position?.through;
          return (
            <tr key={row.id}>
              <RowHeader>
                <TextLink plain href={`/states/${row.slug}`}>
                  {row.name}
                </TextLink>
              </RowHeader>
              <Cell muted>{row.iso3}</Cell>
              <Cell>
                <TextLink plain href={hrefFor(row)}>
                  <PositionMark
                    kind={cell.kind}
                    value={position?.value}
                    through={through ? (names[through] ?? through) : null}
                  />
                </TextLink>
              </Cell>
              <Cell muted>{position && whenSaid(position.at)}</Cell>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}
