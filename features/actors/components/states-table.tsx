import { Cell, HeaderCell, RowHeader, SortHeader, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import {
  actorPath,
  STATE_SORTS,
  UN_REGION_NAMES,
  type ActorDto,
  type StateSort,
  type UnRegion,
} from "@/features/actors/schema";
import { formatDay } from "@/lib/format";

const TITLES: Record<StateSort, string> = {
  name: "Name",
  iso3: "ISO3",
  m49: "M49",
  region: "UN regional group",
  admitted: "Admitted",
};

/** A state or observer with its regional group on the day of the list. */
export type StateRow = ActorDto & { region: UnRegion | null };

function valueOf(row: StateRow, sort: StateSort): string | null {
  if (sort === "region") return row.region && UN_REGION_NAMES[row.region];
  if (sort === "admitted") return row.admittedOn;
  return row[sort];
}

/** Rows in the order asked for; those without a value come last in either direction. */
export function sortStates(rows: readonly StateRow[], sort: StateSort, descending: boolean): StateRow[] {
  return rows.toSorted((a, b) => {
    const [x, y] = [valueOf(a, sort), valueOf(b, sort)];
    if (x === null || y === null) return Number(x === null) - Number(y === null) || a.name.localeCompare(b.name, "en");
    const order = x.localeCompare(y, "en");
    return (descending ? -order : order) || a.name.localeCompare(b.name, "en");
  });
}

type StatesTableProps = {
  rows: readonly StateRow[];
  sort: StateSort;
  descending: boolean;
  sortHref: (sort: string) => string;
};

/** States and observers, one row each. */
export function StatesTable({ rows, sort, descending, sortHref }: StatesTableProps) {
  return (
    <Table label="States">
      <thead>
        <tr>
          {STATE_SORTS.map((column) => {
            const here = column === sort;
            const order = descending ? "descending" : "ascending";
            return (
              <SortHeader
                key={column}
                href={sortHref(here && !descending ? `-${column}` : column)}
                sorted={here ? order : undefined}
              >
                {TITLES[column]}
              </SortHeader>
            );
          })}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <RowHeader>
              <TextLink plain href={actorPath(row)}>
                {row.name}
              </TextLink>
              {row.kind === "observer" && <span className="text-ink-3"> · observer</span>}
            </RowHeader>
            <Cell>{row.iso3}</Cell>
            <Cell>{row.m49}</Cell>
            <Cell>{row.region ? UN_REGION_NAMES[row.region] : <span className="text-ink-3">none</span>}</Cell>
            <Cell className="whitespace-nowrap">
              {row.admittedOn ? formatDay(row.admittedOn) : <span className="text-ink-3">–</span>}
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** Organizations, offices and civil society: their short and their official names. */
export function OthersTable({ label, rows }: { label: string; rows: readonly ActorDto[] }) {
  return (
    <Table label={label}>
      <thead>
        <tr>
          <HeaderCell>Name</HeaderCell>
          <HeaderCell>In full</HeaderCell>
          <HeaderCell>Note</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <RowHeader>
              <TextLink plain href={actorPath(row)}>
                {shortNameOf(row)}
              </TextLink>
            </RowHeader>
            <Cell>{row.name !== shortNameOf(row) && row.name}</Cell>
            <Cell className="text-sm text-ink-2">{row.note}</Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** The short name that an organization goes by; its printed name without one. */
export function shortNameOf({ names, name }: Pick<ActorDto, "names" | "name">): string {
  return names.find(({ kind, language }) => kind === "short" && language === "en")?.name ?? name;
}
