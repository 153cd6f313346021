import type { ReactNode } from "react";
import { z } from "zod";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { ButtonLink } from "@/components/ui/button";
import { ChoiceMenu } from "@/components/ui/choice-menu";
import { FilterMenu } from "@/components/ui/filter-menu";
import { KeyHints } from "@/components/ui/key-hints";
import { Toolbar } from "@/components/ui/toolbar";
import { UN_REGION_NAMES, UN_REGIONS, type ActorDto } from "@/features/actors/schema";
import { StandsTabs } from "@/features/positions/components/stands-tabs";
import { matrixQuery } from "@/features/positions/schema";
import { SaveView } from "@/features/views/components/save-view";
import { address } from "@/lib/address";
import { formatList } from "@/lib/format";
import { line } from "@/lib/input";

const BY = ["issue", "vote", "participation"] as const;
const VIEWS = ["tiles", "map"] as const;
const REGIONS = [...UN_REGIONS, "none"] as const;

/** What the page draws: where states stand on an issue, how they voted, or at which dialogues they spoke. */
export const mapQuery = z.object({
  by: z.enum(BY).default("issue"),
  view: z.enum(VIEWS).default("tiles"),
  issue: line(80).optional(),
  vote: line(120).optional(),
  ...matrixQuery.pick({ asOf: true, dialogue: true, aligned: true, codebook: true, group: true }).shape,
  region: z.enum(REGIONS).optional(),
  /** Of the classes of the legend, the one that the table lists. */
  show: line(40).optional(),
});
export type MapQuery = z.output<typeof mapQuery>;

/** The address of the page; what is usual is left out, so that addresses stay short and alike. */
export function mapAddress({ by, view, aligned, ...rest }: MapQuery): string {
  return address("/map", {
    by: by === "issue" ? undefined : by,
    ...rest,
    aligned: aligned === "exclude" ? undefined : aligned,
    view: view === "tiles" ? undefined : view,
  });
}

/** The filters in words: "GRULAC", "members of Nordic countries". */
export function filtersInWords({ region, group }: MapQuery, groups: readonly ActorDto[]): string[] {
  const name = groups.find(({ slug, iso3 }) => slug === group || iso3 === group)?.name ?? group;
  return [
    ...(region === undefined ? [] : [region === "none" ? "in no regional group" : UN_REGION_NAMES[region]]),
    ...(name === undefined ? [] : [`members of ${name}`]),
  ];
}

const BY_OPTIONS = [
  { value: "issue", label: "positions on an issue" },
  { value: "vote", label: "a recorded vote" },
  { value: "participation", label: "participation" },
];
const REGION_OPTIONS = [
  ...UN_REGIONS.map((value) => ({ value, label: UN_REGION_NAMES[value] })),
  { value: "none", label: "In no regional group" },
];
const KEYS = [
  { keys: "↑ ↓ ← →", does: "Move between states" },
  { keys: "Home, End", does: "Go to the first or the last state" },
  { keys: "Enter", does: "Open what is on record of a state" },
  { keys: "/", does: "Search the record", target: "#site-search" },
];

type MapFrameProps = {
  query: MapQuery;
  /** One line under the title. */
  sub: ReactNode;
  /** By which states can be filtered on the day. */
  groups: readonly ActorDto[];
  /** What is drawn, and as of when: menus. */
  choices: ReactNode;
  children: ReactNode;
};

/** The page around each kind of map. All that it shows is in its address. */
export function MapFrame({ query, sub, groups, choices, children }: MapFrameProps) {
  const { view, region, group } = query;
  const only = filtersInWords(query, groups);
  return (
    <Page>
      <PageTitle
        title="Map"
        sub={
          <>
            {sub}
            {only.length > 0 && ` Only: ${formatList(only)}.`}
          </>
        }
        actions={<SaveView name="Map" />}
      />
      <StandsTabs current="/map" />
      <Toolbar
        end={
          <ButtonLink href={mapAddress({ ...query, view: view === "map" ? "tiles" : "map" })}>
            {view === "map" ? "Show as tiles" : "Show as a world map"}
          </ButtonLink>
        }
      >
        <ChoiceMenu
          label="Show"
          chosen={query.by}
          options={BY_OPTIONS}
          hrefFor={(by) => address("/map", { by, view: view === "map" ? view : undefined, region, group })}
        />
        {choices}
        <FilterMenu
          label="Region"
          chosen={region}
          options={REGION_OPTIONS}
          hrefFor={(value) => mapAddress({ ...query, region: REGIONS.find((one) => one === value) })}
        />
        <FilterMenu
          label="Group"
          chosen={group}
          options={groups.map(({ slug, name }) => ({ value: slug, label: name }))}
          hrefFor={(value) => mapAddress({ ...query, group: value })}
        />
      </Toolbar>
      {children}
      <div className="no-print pt-3">
        <KeyHints hints={KEYS} />
      </div>
    </Page>
  );
}
