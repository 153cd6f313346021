import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { KIND_NAMES } from "@/features/actors/schema";
import type { SpeakerDto } from "@/features/figures/queries/counted";
import { ROLE_NAMES, type StatementRole } from "@/features/statements/schema";

/** Everybody who spoke, each once, however many statements they delivered. */
export function SpeakersTable({ slug, rows }: { slug: string; rows: SpeakerDto[] }) {
  return (
    <Table label="Speakers">
      <thead>
        <tr>
          <HeaderCell>Speaker</HeaderCell>
          <HeaderCell>Kind</HeaderCell>
          <HeaderCell>Statements</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ actor, slug: actorSlug, name, kind, statements }) => (
          <tr key={actor}>
            <RowHeader>
              <TextLink plain href={`/states/${actorSlug}`}>
                {name}
              </TextLink>
            </RowHeader>
            <Cell>{KIND_NAMES[kind].one}</Cell>
            <Cell>
              {statements.map(({ id, order, role }, index) => (
                <span key={id}>
                  {index > 0 && ", "}
                  <TextLink href={`/dialogues/${slug}/statements/${id}`}>
                    {ROLE_NAMES[role as StatementRole]} (no. {order})
                  </TextLink>
                </span>
              ))}
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
