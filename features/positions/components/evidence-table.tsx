import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { Tag } from "@/components/ui/tag";
import { TextLink } from "@/components/ui/text-link";
import { CodedBy, Evidence, Said } from "@/features/positions/components/evidence";
import { quotationPath } from "@/features/positions/formats/address";
import type { TimelineEntry } from "@/features/positions/queries/timeline";
import { OCCASION_NAMES } from "@/features/positions/schema";
import { address } from "@/lib/address";

type EvidenceTableProps = {
  entries: readonly TimelineEntry[];
  /** The position that the matrix shows, by id. */
  deciding?: string | undefined;
  /** The version in the address of the page, which its links keep. */
  version: number | undefined;
  /** Whether the entries are about several issues. */
  issues?: boolean;
};

/** Every position of an actor on an issue, own and delegated, with what it rests on. */
export function EvidenceTable({ entries, deciding, version, issues = false }: EvidenceTableProps) {
  return (
    <Table label="Evidence" density="roomy">
      <thead>
        <tr>
          <HeaderCell>Year</HeaderCell>
          <HeaderCell>Where</HeaderCell>
          {issues && <HeaderCell>Issue</HeaderCell>}
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
              {issues && (
                <Cell className="min-w-40">
                  <TextLink plain href={address(`/positions/${entry.actor}/${entry.issue}`, { codebook: version })}>
                    {entry.issueTitle}
                  </TextLink>
                </Cell>
              )}
              <Cell className="min-w-40">
                <Said position={entry} mode={mode} through={through} />{" "}
                {id === deciding && <Tag tone="outline">Shown in the table</Tag>}
              </Cell>
              <Cell className="min-w-64">
                <Evidence
                  position={entry}
                  quotationHref={
                    entry.quotation && dialogue !== null && statement !== null
                      ? quotationPath(dialogue, statement, entry.quotation.id)
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

type OccasionProps = {
  entry: TimelineEntry;
  /** The version of the codebook that the page of the statement shall show; the current one without. */
  version: number | undefined;
};

/** Where it was said: the statement where one is on record, else the occasion that the source names. */
function Occasion({ entry, version }: OccasionProps) {
  const { dialogue, dialogueTitle, statement, occasion, year } = entry;
  if (dialogue === null) {
    return (
      <span className="font-medium">
        {OCCASION_NAMES[occasion]}, {year}
      </span>
    );
  }
  const path = `/dialogues/${dialogue}`;
  return (
    <TextLink
      href={
        statement === null ? path : `${address(`${path}/statements/${statement}`, { codebook: version })}#positions`
      }
    >
      {dialogueTitle ?? dialogue}
    </TextLink>
  );
}
