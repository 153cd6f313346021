import { clsx } from "clsx";
import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { SourceList, SourceMark } from "@/features/actors/components/sources";
import { numberSources, periodInWords } from "@/features/actors/formats";
import { actorPath, KIND_NAMES, type MembershipDto } from "@/features/actors/schema";

type MembershipsTableProps = {
  /** Names the table and its sources, for example "members". */
  list: string;
  label: string;
  memberships: readonly MembershipDto[];
  /** Which end of the memberships the rows are about. */
  show: "member" | "group";
  /** Whether to offer the form that corrects or ends a membership. */
  mayEdit: boolean;
};

/** Memberships with their days, both of them included, and where each is known from. */
export function MembershipsTable({ list, label, memberships, show, mayEdit }: MembershipsTableProps) {
  const numbers = numberSources(memberships.map(({ source }) => source));
  const notes = memberships.some(({ note }) => note !== null);
  return (
    <>
      <Table label={label}>
        <thead>
          <tr>
            <HeaderCell>{show === "member" ? "Member" : "Group"}</HeaderCell>
            <HeaderCell>{show === "member" ? "ISO3" : "Kind"}</HeaderCell>
            <HeaderCell>Days (both included)</HeaderCell>
            {notes && <HeaderCell>Note</HeaderCell>}
            <HeaderCell>Source</HeaderCell>
            {mayEdit && <HeaderCell>Change</HeaderCell>}
          </tr>
        </thead>
        <tbody>
          {memberships.map((membership) => {
            const { id, group, source, note, from } = membership;
            const actor = membership[show];
            return (
              <tr key={id}>
                <RowHeader>
                  <TextLink plain href={actorPath(actor)}>
                    {actor.name}
                  </TextLink>
                </RowHeader>
                <Cell muted className="whitespace-nowrap">
                  {show === "member" ? (actor.iso3 ?? "–") : KIND_NAMES[actor.kind].one}
                </Cell>
                <Cell className={clsx("min-w-56", from === null && "text-warn")}>{periodInWords(membership)}</Cell>
                {notes && <Cell className="text-sm text-ink-2">{note}</Cell>}
                <Cell>
                  <SourceMark list={list} numbers={numbers} source={source} />
                </Cell>
                {mayEdit && (
                  <Cell className="whitespace-nowrap">
                    <TextLink href={`/groups/${group.slug}/members/${id}`}>
                      Correct or end
                      <span className="sr-only"> the membership of {membership.member.name}</span>
                    </TextLink>
                  </Cell>
                )}
              </tr>
            );
          })}
        </tbody>
      </Table>
      <SourceList list={list} numbers={numbers} />
    </>
  );
}
