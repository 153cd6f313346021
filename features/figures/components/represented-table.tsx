import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { Tag } from "@/components/ui/tag";
import { TextLink } from "@/components/ui/text-link";
import type { RepresentedDto } from "@/features/figures/queries/counted";

/** The states and observers inside a number, each with every route by which it is counted. */
export function RepresentedTable({ slug, rows }: { slug: string; rows: RepresentedDto[] }) {
  return (
    <Table label="States and observers represented" density="roomy">
      <thead>
        <tr>
          <HeaderCell>Name</HeaderCell>
          <HeaderCell>Code</HeaderCell>
          <HeaderCell>Kind</HeaderCell>
          <HeaderCell>Counted by</HeaderCell>
          <HeaderCell numeric>Routes</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ actor, slug: actorSlug, name, kind, membershipKnown, routes }) => (
          <tr key={actor}>
            <RowHeader>
              <TextLink plain href={`/states/${actorSlug}`}>
                {name}
              </TextLink>
            </RowHeader>
            <Cell muted>{actor}</Cell>
            <Cell>{kind === "observer" ? <Tag tone="outline">Observer</Tag> : "Member state"}</Cell>
            <Cell className="whitespace-normal">
              <RouteList slug={slug} routes={routes} />
              {!membershipKnown && (
                <span className="text-sm text-warn">
                  No source shows that it had joined by the day of the statement.
                </span>
              )}
            </Cell>
            <Cell numeric>{routes.length}</Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** By what a state is counted at a dialogue, each route with the statements that make it. */
export function RouteList({ slug, routes }: { slug: string; routes: RepresentedDto["routes"] }) {
  return (
    <ul className="grid gap-0.5">
      {routes.map(({ route, label, statements }) => (
        <li key={route}>
          {label}
          {statements.map(({ id, speaker }, index) => (
            <span key={id}>
              {index === 0 ? " · statement by " : ", "}
              <TextLink href={`/dialogues/${slug}/statements/${id}`}>{speaker}</TextLink>
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}
