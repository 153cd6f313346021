import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { Tag } from "@/components/ui/tag";
import { TextLink } from "@/components/ui/text-link";
import { actorPath } from "@/features/actors/schema";
import type { ActorStatement } from "@/features/statements/queries/of-actor";
import { formatDay } from "@/lib/format";

/** Statements of any dialogue, with how far their coding is. */
export function StatementsTable({ statements }: { statements: readonly ActorStatement[] }) {
  return (
    <Table label="Statements">
      <thead>
        <tr>
          <HeaderCell>Day</HeaderCell>
          <HeaderCell>Dialogue</HeaderCell>
          <HeaderCell>Delivered by</HeaderCell>
          <HeaderCell>On behalf of</HeaderCell>
          <HeaderCell>Coding</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {statements.map((statement) => (
          <tr key={statement.id}>
            <Cell className="whitespace-nowrap">{formatDay(statement.dialogue.startsOn)}</Cell>
            <RowHeader className="min-w-52">
              <TextLink plain href={`/dialogues/${statement.dialogue.slug}/statements/${statement.id}`}>
                {statement.dialogue.title}
                <span className="sr-only">, statement {statement.order}</span>
              </TextLink>
            </RowHeader>
            <Cell>
              <TextLink href={actorPath(statement)}>{statement.name}</TextLink>
            </Cell>
            <Cell className="min-w-40">{statement.onBehalfOf}</Cell>
            <Cell className="whitespace-nowrap">
              {statement.coding === null ? (
                <Tag tone="dashed">Not coded</Tag>
              ) : (
                <Tag tone="ok">Coded, version {statement.coding}</Tag>
              )}
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
