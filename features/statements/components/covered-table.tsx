import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { KIND_NAMES } from "@/features/actors/schema";
import type { CoveredDto } from "@/features/statements/queries/statement";
import { formatList } from "@/lib/format";

const WHY_NOT = {
  organization: "an organization: adds no state",
  struck_out: "struck out",
  not_admitted: "not a member of the United Nations on that day",
} as const;

/** Exactly whom a statement covers, and who of a group it expressly does not. */
export function CoveredTable({ covered }: { covered: CoveredDto[] }) {
  const inside = covered.filter(({ countedAs, notCounted }) => countedAs !== null || notCounted === "organization");
  const outside = covered.filter((one) => !inside.includes(one));
  return (
    <>
      <Table label="Whom the statement covers">
        <thead>
          <tr>
            <HeaderCell>Name</HeaderCell>
            <HeaderCell>Code</HeaderCell>
            <HeaderCell>Kind</HeaderCell>
            <HeaderCell>Covered by</HeaderCell>
          </tr>
        </thead>
        <tbody>
          {inside.map(({ ref, slug, name, kind, by, notCounted, membershipKnown }) => (
            <tr key={ref}>
              <RowHeader>
                <TextLink plain href={`/${kind === "group" ? "groups" : "states"}/${slug}`}>
                  {name}
                </TextLink>
              </RowHeader>
              <Cell muted>{ref === slug ? "–" : ref}</Cell>
              <Cell>{KIND_NAMES[kind].one}</Cell>
              <Cell className="whitespace-normal">
                {by.join("; ")}
                <span className="text-ink-3">
                  {notCounted && ` · ${WHY_NOT[notCounted]}`}
                  {!membershipKnown && " · no source shows that it had joined by then"}
                </span>
              </Cell>
            </tr>
          ))}
        </tbody>
      </Table>
      {outside.length > 0 && (
        <p className="pt-2 text-sm text-ink-2">
          Not covered:{" "}
          {formatList(outside.map(({ name, notCounted }) => (notCounted ? `${name} (${WHY_NOT[notCounted]})` : name)))}.
        </p>
      )}
    </>
  );
}
