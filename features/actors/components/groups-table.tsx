import { CountLink } from "@/components/ui/count-link";
import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { shortNameOf } from "@/features/actors/components/states-table";
import { sizeInWords } from "@/features/actors/formats";
import type { GroupSize } from "@/features/actors/queries/counts";
import { actorPath, KIND_NAMES, type ActorDto } from "@/features/actors/schema";
import { address } from "@/lib/address";
import type { Day } from "@/lib/format";

type GroupsTableProps = {
  groups: readonly ActorDto[];
  sizes: ReadonlyMap<string, GroupSize>;
  /** The day asked for; today without. */
  on: Day | undefined;
};

/** Groups and organizations with how many members each has on a day. */
export function GroupsTable({ groups, sizes, on }: GroupsTableProps) {
  const rows = groups.toSorted((a, b) => shortNameOf(a).localeCompare(shortNameOf(b), "en"));
  return (
    <Table label="Groups and organizations">
      <thead>
        <tr>
          <HeaderCell>Name</HeaderCell>
          <HeaderCell>In full</HeaderCell>
          <HeaderCell>Kind</HeaderCell>
          <HeaderCell>Members</HeaderCell>
          <HeaderCell numeric>First day not known</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {rows.map((group) => {
          const size = sizes.get(group.id);
          const href = address(actorPath(group), { on });
          return (
            <tr key={group.id}>
              <RowHeader>
                <TextLink plain href={href}>
                  {shortNameOf(group)}
                </TextLink>
              </RowHeader>
              <Cell>{group.name !== shortNameOf(group) && group.name}</Cell>
              <Cell className="whitespace-nowrap">{KIND_NAMES[group.kind].one}</Cell>
              <Cell className="whitespace-nowrap">
                {size ? (
                  <CountLink href={`${href}#members`} count={size.states + size.observers + size.others}>
                    {sizeInWords(size)}
                  </CountLink>
                ) : (
                  <span className="text-ink-3">none on record</span>
                )}
              </Cell>
              <Cell numeric>
                {size && size.startNotKnown > 0 ? size.startNotKnown : <span className="text-ink-3">–</span>}
              </Cell>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}
