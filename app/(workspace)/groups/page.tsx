import { z } from "zod";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { ButtonLink } from "@/components/ui/button";
import { DayForm } from "@/components/ui/day-form";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterMenu } from "@/components/ui/filter-menu";
import { SearchForm } from "@/components/ui/search-form";
import { Toolbar } from "@/components/ui/toolbar";
import { GroupsTable } from "@/features/actors/components/groups-table";
import { listActors, today } from "@/features/actors/queries/actor";
import { groupSizesOn } from "@/features/actors/queries/counts";
import { KIND_NAMES } from "@/features/actors/schema";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { holds } from "@/lib/auth/permissions";
import { plural } from "@/lib/format";
import { day, line } from "@/lib/input";

export const metadata = { title: "Groups" };

const PATH = "/groups";
const KINDS = ["group", "regional_organization"] as const;
const MOST = { limit: 1000 };

const query = z.object({ kind: z.enum(KINDS).optional(), q: line(200).optional(), on: day.optional() });

export default async function GroupsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const caller = await pageCaller("record:read");
  const { kind, q, on } = lenient(query, single(await searchParams));
  const asOf = on ?? (await today(caller));
  const kinds = KINDS.filter((one) => kind === undefined || one === kind);
  const [sizes, ...lists] = await Promise.all([
    groupSizesOn(caller, asOf),
    ...kinds.map((one) => listActors(caller, { kind: one, on: asOf, ...(q ? { q } : {}) }, MOST)),
  ]);
  const groups = lists.flatMap(({ actors }) => actors);
  const mayEdit = holds(caller.role, "actor:edit");
  return (
    <Page>
      <PageTitle title="Groups and organizations" sub="On whose behalf states speak, with their members on any day." />
      <Toolbar
        end={
          mayEdit && (
            <ButtonLink variant="primary" href={`${PATH}/new`}>
              Add a group
            </ButtonLink>
          )
        }
      >
        <FilterMenu
          label="Kind"
          chosen={kind}
          options={KINDS.map((value) => ({ value, label: KIND_NAMES[value].many }))}
          hrefFor={(value) => address(PATH, { kind: value, q, on })}
        />
        <SearchForm action={PATH} label="Any name" value={q} keep={{ kind, on }} />
        <DayForm action={PATH} label="Members on" day={asOf} keep={{ kind, q }} />
        <span className="text-ink-3">{plural(groups.length, "row", "rows")}</span>
      </Toolbar>
      {groups.length > 0 ? (
        <GroupsTable groups={groups} sizes={sizes} on={on} />
      ) : (
        <EmptyState
          title={q || kind ? "No group fits these filters." : "No group is on record yet."}
          action={(q || kind) && <ButtonLink href={PATH}>Show all groups</ButtonLink>}
        />
      )}
    </Page>
  );
}
