import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import type { DialogueToCode } from "@/features/positions/queries/codings";
import { formatDay } from "@/lib/format";

/** The dialogues in which statements wait to be coded, with how far each is. */
export function ToCodeTable({ dialogues }: { dialogues: readonly DialogueToCode[] }) {
  return (
    <Table label="Dialogues with statements to code">
      <thead>
        <tr>
          <HeaderCell>Day</HeaderCell>
          <HeaderCell>Dialogue</HeaderCell>
          <HeaderCell numeric>Not coded</HeaderCell>
          <HeaderCell numeric>with a text</HeaderCell>
          <HeaderCell numeric>Coded</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {dialogues.map(({ slug, title, startsOn, coded, total, withText }) => (
          <tr key={slug}>
            <Cell className="whitespace-nowrap">{formatDay(startsOn)}</Cell>
            <RowHeader className="min-w-52">
              <TextLink plain href={`/dialogues/${slug}/coding`}>
                {title}
              </TextLink>
            </RowHeader>
            <Cell numeric>
              <TextLink href={`/dialogues/${slug}/coding?status=not_coded`}>{total - coded}</TextLink>
            </Cell>
            <Cell numeric>
              {withText > 0 ? (
                <TextLink href={`/dialogues/${slug}/coding?status=not_coded&text=stored`}>{withText}</TextLink>
              ) : (
                <span className="text-ink-3">0</span>
              )}
            </Cell>
            <Cell numeric>
              {coded} of {total}
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
