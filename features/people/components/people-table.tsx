import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { Tag, type TagTone } from "@/components/ui/tag";
import { TextLink } from "@/components/ui/text-link";
import type { Person } from "@/features/people/queries";
import type { PersonStatus } from "@/features/people/rules";
import { formatRelative } from "@/lib/format";
import { ROLE_NAMES } from "@/lib/auth/permissions";

const TONES: Record<PersonStatus, TagTone> = { active: "ok", invited: "dashed", disabled: "outline" };

/** Whether a person can sign in, as a word. */
export function StatusTag({ status }: { status: PersonStatus }) {
  return <Tag tone={TONES[status]}>{status}</Tag>;
}

/** Everybody with an account; each name leads to what an administrator can change. */
export function PeopleTable({ people, now }: { people: readonly Person[]; now: Date }) {
  return (
    <Table label="People">
      <thead>
        <tr>
          <HeaderCell>Name</HeaderCell>
          <HeaderCell>E-mail</HeaderCell>
          <HeaderCell>Role</HeaderCell>
          <HeaderCell>Status</HeaderCell>
          <HeaderCell>Last seen</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <tr key={person.id}>
            <RowHeader>
              <TextLink href={`/people/${person.id}`}>{person.name}</TextLink>
            </RowHeader>
            <Cell>{person.email}</Cell>
            <Cell>{ROLE_NAMES[person.role]}</Cell>
            <Cell>
              <StatusTag status={person.status} />
            </Cell>
            <Cell muted={!person.lastSeen}>
              {person.lastSeen ? formatRelative(new Date(person.lastSeen), now) : "never"}
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
