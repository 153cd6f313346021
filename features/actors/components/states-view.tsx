import { ButtonLink } from "@/components/ui/button";
import { DayForm } from "@/components/ui/day-form";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterMenu } from "@/components/ui/filter-menu";
import { SearchForm } from "@/components/ui/search-form";
import { TextLink } from "@/components/ui/text-link";
import { Toolbar } from "@/components/ui/toolbar";
import { shortNameOf, sortStates, StatesTable, type StateRow } from "@/features/actors/components/states-table";
import {
  STATE_SORTS,
  UN_REGION_NAMES,
  UN_REGIONS,
  type ActorDto,
  type StatesQuery,
  type UnRegion,
} from "@/features/actors/schema";
import { address } from "@/lib/address";
import { formatDay, plural, type Day } from "@/lib/format";

const PATH = "/states";

const REGIONS = [
  ...UN_REGIONS.map((value) => ({ value, label: UN_REGION_NAMES[value] })),
  { value: "none", label: "In none" },
] as const;

type StatesViewProps = {
  query: StatesQuery;
  /** The day that names, memberships and regional groups are those of. */
  day: Day;
  /** The groups to filter by. */
  groups: readonly ActorDto[];
  /** What every filter but the regional group leaves. */
  states: readonly StateRow[];
};

/** States and observers: filters, how many are in each regional group, and the rows. */
export function StatesView({ query, day, groups, states }: StatesViewProps) {
  const { q, region, group, on, sort } = query;
  const shown = states.filter((row) => region === undefined || regionOf(row) === region);
  const column = STATE_SORTS.find((one) => one === sort.replace(/^-/, "")) ?? "name";
  const descending = sort.startsWith("-");
  const order = sort === "name" ? undefined : sort;
  const to = (change: { region?: string | undefined; group?: string | undefined; sort?: string | undefined }): string =>
    address(PATH, { q, region, group, on, sort: order, ...change });
  return (
    <>
      <Toolbar>
        <FilterMenu
          label="Regional group"
          chosen={region}
          options={REGIONS}
          hrefFor={(value) => to({ region: value })}
        />
        <FilterMenu
          label="Group"
          chosen={group}
          options={groups.map((one) => ({ value: one.slug, label: shortNameOf(one) }))}
          hrefFor={(value) => to({ group: value })}
        />
        <SearchForm action={PATH} label="Any name or code" value={q} keep={{ region, group, on, sort: order }} />
        <DayForm action={PATH} label="On" day={day} keep={{ q, region, group, sort: order }} />
      </Toolbar>
      <Counts
        states={states}
        shown={shown}
        day={day}
        hrefFor={region === undefined ? (value) => to({ region: value }) : null}
      />
      {shown.length > 0 ? (
        <StatesTable
          rows={sortStates(shown, column, descending)}
          sort={column}
          descending={descending}
          sortHref={(value) => to({ sort: value })}
        />
      ) : (
        <EmptyState
          title={q || group || region ? "No state fits these filters." : "No state is on record yet."}
          action={<ButtonLink href={PATH}>Show all states</ButtonLink>}
        >
          A state is found by any name or code that is on record, in any language, with or without accents.
        </EmptyState>
      )}
    </>
  );
}

function regionOf({ region }: StateRow): UnRegion | "none" {
  return region ?? "none";
}

type CountsProps = {
  states: readonly StateRow[];
  shown: readonly StateRow[];
  day: Day;
  /** Leads to the rows of one regional group; null when one is chosen already. */
  hrefFor: ((region: string) => string) | null;
};

function Counts({ states, shown, day, hrefFor }: CountsProps) {
  const members = shown.filter(({ kind }) => kind === "member_state").length;
  const observers = shown.length - members;
  const inEach = REGIONS.map((one) => ({ ...one, count: states.filter((row) => regionOf(row) === one.value).length }));
  return (
    <div className="flex flex-wrap gap-x-3 pb-3 text-ink-2">
      <p className="text-ink">
        {plural(members, "member state", "member states")}
        {observers > 0 && ` and ${plural(observers, "observer", "observers")}`} on {formatDay(day)}
      </p>
      {hrefFor && states.length > 0 && (
        <ul className="flex flex-wrap gap-x-3" aria-label="By regional group">
          {inEach.map(({ value, label, count }) => (
            <li key={value}>
              {label}{" "}
              <TextLink data-count={count} href={hrefFor(value)}>
                {count}
              </TextLink>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
