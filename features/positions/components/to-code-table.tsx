import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { CountLink } from "@/components/ui/count-link";
import { TextLink } from "@/components/ui/text-link";
import type { DialogueToCode } from "@/features/positions/queries/codings";
import { address } from "@/lib/address";
import { formatDay } from "@/lib/format";

type ToCodeTableProps = {
  dialogues: readonly DialogueToCode[];
  /** The version in the address of the page, which its links keep. */
  version: number | undefined;
};

/** The dialogues in which statements wait to be coded, with how far each is. */
export function ToCodeTable({ dialogues, version }: ToCodeTableProps) {
  return (
    <Table label="Dialogues with statements to code">
      <thead>
        <tr>
          <HeaderCell>Day</HeaderCell>
          <HeaderCell>Dialogue</HeaderCell>
          <HeaderCell numeric>Not coded</HeaderCell>
          <HeaderCell numeric>with a text</HeaderCell>
          <HeaderCell numeric>Coded</HeaderCell>
          <HeaderCell numeric>under an earlier version</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {dialogues.map(({ slug, title, startsOn, coded, total, withText, before }) => {
          const path = `/dialogues/${slug}/coding`;
          const to = (filter: Record<string, string>) => address(path, { ...filter, codebook: version });
          return (
            <tr key={slug}>
              <Cell className="whitespace-nowrap">{formatDay(startsOn)}</Cell>
              <RowHeader className="min-w-52">
                <TextLink plain href={to({})}>
                  {title}
                </TextLink>
              </RowHeader>
              <Cell numeric>
                <CountLink href={to({ status: "not_coded" })} count={total - coded}>
                  {total - coded}
                </CountLink>
              </Cell>
              <Cell numeric>
                {withText > 0 ? (
                  <CountLink href={to({ status: "not_coded", text: "stored" })} count={withText}>
                    {withText}
                  </CountLink>
                ) : (
                  <span className="text-ink-3">0</span>
                )}
              </Cell>
              <Cell numeric>
                {coded} of {total}
              </Cell>
              <Cell numeric>
                {before > 0 ? (
                  <TextLink href={to({ status: "coded_before" })}>{before}</TextLink>
                ) : (
                  <span className="text-ink-3">0</span>
                )}
              </Cell>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}
