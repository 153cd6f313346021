import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { Tag, type TagTone } from "@/components/ui/tag";
import { TextLink } from "@/components/ui/text-link";
import type { ImportDto } from "@/features/imports/queries/imports";
import { IMPORT_KIND_NAMES, IMPORT_STATUS_NAMES, type ImportStatus } from "@/features/imports/schema";
import { formatInstant, formatNumber } from "@/lib/format";

const TONES: Partial<Record<ImportStatus, TagTone>> = { done: "ok", failed: "danger", ready: "outline" };

/** Files that were sent, the newest first. */
export function ImportsTable({ imports }: { imports: readonly ImportDto[] }) {
  return (
    <Table label="Imports">
      <thead>
        <tr>
          <HeaderCell>File</HeaderCell>
          <HeaderCell>Holds</HeaderCell>
          <HeaderCell numeric>Rows</HeaderCell>
          <HeaderCell>State</HeaderCell>
          <HeaderCell>Sent</HeaderCell>
          <HeaderCell>By</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {imports.map(({ id, fileName, kind, rowCount, status, at, by }) => (
          <tr key={id}>
            <RowHeader className="wrap-anywhere">
              <TextLink href={`/import/${id}`}>{fileName}</TextLink>
            </RowHeader>
            <Cell>{IMPORT_KIND_NAMES[kind].name}</Cell>
            <Cell numeric>{formatNumber(rowCount)}</Cell>
            <Cell>
              <Tag tone={TONES[status] ?? "neutral"}>{IMPORT_STATUS_NAMES[status]}</Tag>
            </Cell>
            <Cell className="whitespace-nowrap">{formatInstant(new Date(at))}</Cell>
            <Cell>{by}</Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
