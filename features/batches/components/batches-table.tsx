import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { UndoForm } from "@/features/batches/components/undo-form";
import type { BatchDto } from "@/features/batches/queries";
import { BATCH_KIND_NAMES } from "@/features/batches/schema";
import { formatInstant, formatNumber } from "@/lib/format";

/** Acts that changed many records, the newest first, each with the button that takes it back. */
export function BatchesTable({ batches }: { batches: readonly BatchDto[] }) {
  return (
    <Table label="Recent acts">
      <thead>
        <tr>
          <HeaderCell>What</HeaderCell>
          <HeaderCell>Kind</HeaderCell>
          <HeaderCell>When</HeaderCell>
          <HeaderCell>By</HeaderCell>
          <HeaderCell numeric>Changes</HeaderCell>
          <HeaderCell>
            <span className="sr-only">Undo</span>
          </HeaderCell>
        </tr>
      </thead>
      <tbody>
        {batches.map(({ id, title, kind, at, by, records, undone }) => (
          <tr key={id}>
            <RowHeader>{title}</RowHeader>
            <Cell>{BATCH_KIND_NAMES[kind]}</Cell>
            <Cell className="whitespace-nowrap">{formatInstant(new Date(at))}</Cell>
            <Cell>{by}</Cell>
            <Cell numeric>{formatNumber(records)}</Cell>
            <Cell>
              {undone ? (
                <span className="text-ink-2">
                  Undone by {undone.by}, {formatInstant(new Date(undone.at))}
                </span>
              ) : (
                <UndoForm batch={id} title={title} />
              )}
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
