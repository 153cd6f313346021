import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { WatchForm } from "@/features/audit/components/watch-form";
import { WATCH_KIND_NAMES, type Watched } from "@/features/audit/schema";
import { dayOf, formatDay } from "@/lib/format";

/** What somebody watches, each with the button that stops it. */
export function WatchesTable({ watches }: { watches: readonly Watched[] }) {
  return (
    <Table label="What you watch">
      <thead>
        <tr>
          <HeaderCell>Name</HeaderCell>
          <HeaderCell>Kind</HeaderCell>
          <HeaderCell>Watched since</HeaderCell>
          <HeaderCell>
            <span className="sr-only">Stop watching it</span>
          </HeaderCell>
        </tr>
      </thead>
      <tbody>
        {watches.map(({ kind, id, name, href, since }) => (
          <tr key={`${kind}:${id}`}>
            <RowHeader>
              <TextLink href={href}>{name}</TextLink>
            </RowHeader>
            <Cell>{WATCH_KIND_NAMES[kind]}</Cell>
            <Cell className="whitespace-nowrap">{formatDay(dayOf(new Date(since)))}</Cell>
            <Cell>
              <WatchForm quiet watched kind={kind} subject={id} name={name} back="/inbox" />
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
