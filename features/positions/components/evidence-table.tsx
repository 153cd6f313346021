import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { Tag } from "@/components/ui/tag";
import { Occasion } from "@/features/positions/components/actor-stands";
import { CodedBy, Evidence, Said } from "@/features/positions/components/evidence";
import type { TimelineEntry } from "@/features/positions/queries/of-actor";

type EvidenceTableProps = {
  entries: readonly TimelineEntry[];
  /** The position that the matrix shows, by id. */
  deciding: string | undefined;
  /** The version in the address of the page, which its links keep. */
  version: number | undefined;
};

/** Every position of an actor on an issue, own and delegated, with what it rests on. */
export function EvidenceTable({ entries, deciding, version }: EvidenceTableProps) {
  return (
    <Table label="Evidence" density="roomy">
      <thead>
        <tr>
          <HeaderCell>Year</HeaderCell>
          <HeaderCell>Where</HeaderCell>
          <HeaderCell>Position</HeaderCell>
          <HeaderCell>Words</HeaderCell>
          <HeaderCell>Coded by</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => {
          const { id, mode, year, dialogue, statement, through } = entry;
          return (
            <tr key={`${id} ${mode}`} id={`position-${id}`}>
              <RowHeader>{year}</RowHeader>
              <Cell className="min-w-40">
                <Occasion entry={entry} version={version} />
              </Cell>
              <Cell className="min-w-40">
                <Said position={entry} mode={mode} through={through} />{" "}
                {id === deciding && <Tag tone="outline">Shown in the table</Tag>}
              </Cell>
              <Cell className="min-w-64">
                <Evidence
                  position={entry}
                  quotationHref={
                    entry.quotation && dialogue !== null && statement !== null
                      ? `/dialogues/${dialogue}/statements/${statement}/texts?quotation=${entry.quotation.id}#quotation-${entry.quotation.id}`
                      : undefined
                  }
                />
              </Cell>
              <Cell className="min-w-36 text-sm text-ink-2">
                <CodedBy position={entry} />
              </Cell>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}
