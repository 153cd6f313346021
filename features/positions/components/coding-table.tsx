import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { Tag, type TagTone } from "@/components/ui/tag";
import { TextLink } from "@/components/ui/text-link";
import type { CodingState } from "@/features/positions/queries/codings";
import { CODING_STATUS_NAMES, type CodingStatus } from "@/features/positions/schema";
import { address } from "@/lib/address";
import { formatInstant } from "@/lib/format";

/** A statement of a dialogue with how far its coding is. */
export type CodingListRow = { id: string; order: number; name: string; onBehalfOf: string; coding: CodingState };

const TONES: Record<CodingStatus, TagTone> = { not_coded: "dashed", coded_before: "warn", coded: "ok" };

type CodingTableProps = {
  slug: string;
  rows: readonly CodingListRow[];
  mayCode: boolean;
  /** The version in the address of the page, which its links keep. */
  version: number | undefined;
};

/** The statements of a dialogue with the state of their coding. */
export function CodingTable({ slug, rows, mayCode, version }: CodingTableProps) {
  return (
    <Table label="Coding of the statements">
      <thead>
        <tr>
          <HeaderCell numeric>#</HeaderCell>
          <HeaderCell>Speaker</HeaderCell>
          <HeaderCell>On behalf of</HeaderCell>
          <HeaderCell>Coding</HeaderCell>
          <HeaderCell>Positions</HeaderCell>
          <HeaderCell>Text</HeaderCell>
          <HeaderCell>Coded by</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, order, name, onBehalfOf, coding }) => {
          const path = `/dialogues/${slug}/statements/${id}`;
          return (
            <tr key={id} id={`statement-${id}`}>
              <Cell numeric>{order}</Cell>
              <RowHeader>
                <TextLink plain href={mayCode ? `${path}/coding` : address(path, { codebook: version })}>
                  {name}
                </TextLink>
              </RowHeader>
              <Cell>{onBehalfOf}</Cell>
              <Cell className="whitespace-nowrap">
                <CodingTag state={coding} />
              </Cell>
              <Cell>
                {coding.positions > 0 ? (
                  <TextLink href={`${address(path, { codebook: version })}#positions`}>{coding.positions}</TextLink>
                ) : (
                  <span className="text-ink-3">none</span>
                )}
                {coding.apart > 0 && (
                  <>
                    {" · "}
                    <TextLink href={`${address(path, { codebook: version })}#apart`}>
                      {coding.apart} on other issues
                    </TextLink>
                  </>
                )}
              </Cell>
              <Cell>{coding.texts > 0 ? "stored" : <span className="text-ink-3">none</span>}</Cell>
              <Cell>
                {coding.coder}
                {coding.submittedAt !== null && (
                  <span className="text-ink-3">, {formatInstant(new Date(coding.submittedAt))}</span>
                )}
              </Cell>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

/** "Not coded", "Coded · v2", "Coded under an earlier version · v1". */
function CodingTag({ state: { status, codebook } }: { state: Pick<CodingState, "status" | "codebook"> }) {
  return (
    <Tag tone={TONES[status]}>
      {CODING_STATUS_NAMES[status]}
      {codebook !== null && ` · v${codebook}`}
    </Tag>
  );
}
