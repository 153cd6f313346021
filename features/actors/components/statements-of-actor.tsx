import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { actorPath } from "@/features/actors/schema";
import type { ActorStatement, CoveringStatement } from "@/features/statements/queries/of-actor";
import { ROLE_NAMES } from "@/features/statements/schema";
import { formatDay } from "@/lib/format";

function StatementLink({ statement }: { statement: ActorStatement }) {
  const { dialogue, id, role, order } = statement;
  return (
    <TextLink href={`/dialogues/${dialogue.slug}/statements/${id}`}>
      {ROLE_NAMES[role]}
      <span className="sr-only">, number {order} of the dialogue</span>
    </TextLink>
  );
}

function DialogueCells({ dialogue }: Pick<ActorStatement, "dialogue">) {
  return (
    <>
      <Cell className="whitespace-nowrap">{formatDay(dialogue.startsOn)}</Cell>
      <RowHeader className="min-w-52">
        <TextLink plain href={`/dialogues/${dialogue.slug}`}>
          {dialogue.title}
        </TextLink>
      </RowHeader>
    </>
  );
}

/** What one actor delivered over the years. */
export function DeliveredTable({ statements }: { statements: readonly ActorStatement[] }) {
  return (
    <Table label="Statements delivered">
      <thead>
        <tr>
          <HeaderCell>Day</HeaderCell>
          <HeaderCell>Dialogue</HeaderCell>
          <HeaderCell>Statement</HeaderCell>
          <HeaderCell>On behalf of</HeaderCell>
          <HeaderCell>Person</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {statements.map((statement) => (
          <tr key={statement.id}>
            <DialogueCells dialogue={statement.dialogue} />
            <Cell className="whitespace-nowrap">
              <StatementLink statement={statement} />
            </Cell>
            <Cell>{statement.counted ? statement.onBehalfOf : <span className="text-ink-3">not counted</span>}</Cell>
            <Cell>{statement.person ?? <span className="text-ink-3">–</span>}</Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

type ByOthersProps = {
  label: string;
  statements: readonly (ActorStatement & Partial<Pick<CoveringStatement, "through">>)[];
};

/** Statements by others that concern one actor: who delivered each, for whom, and by what it reaches the actor. */
export function ByOthersTable({ label, statements }: ByOthersProps) {
  const through = statements.some((statement) => statement.through !== undefined);
  return (
    <Table label={label}>
      <thead>
        <tr>
          <HeaderCell>Day</HeaderCell>
          <HeaderCell>Dialogue</HeaderCell>
          <HeaderCell>Delivered by</HeaderCell>
          <HeaderCell>Statement</HeaderCell>
          {through && <HeaderCell>Covered</HeaderCell>}
          <HeaderCell>On behalf of</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {statements.map((statement) => (
          <tr key={statement.id}>
            <DialogueCells dialogue={statement.dialogue} />
            <Cell>
              <TextLink href={actorPath(statement)}>{statement.name}</TextLink>
            </Cell>
            <Cell className="whitespace-nowrap">
              <StatementLink statement={statement} />
            </Cell>
            {through && <Cell>{statement.through}</Cell>}
            <Cell>{statement.onBehalfOf}</Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
