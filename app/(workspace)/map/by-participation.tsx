import { filtersInWords, mapAddress, MapFrame, mapQuery, type MapQuery } from "@/app/(workspace)/map/frame";
import { ButtonLink } from "@/components/ui/button";
import { ChoiceMenu } from "@/components/ui/choice-menu";
import { EmptyState } from "@/components/ui/empty-state";
import { listActors, today } from "@/features/actors/queries/actor";
import { listDialogues } from "@/features/dialogues/queries";
import { ParticipationMap } from "@/features/figures/components/participation-map";
import { SpokeMap } from "@/features/figures/components/spoke-map";
import { getParticipation, getSpokeOverAll } from "@/features/figures/queries/participation";
import { PARTICIPATIONS } from "@/features/figures/schema";
import { groupsOn } from "@/features/positions/queries/groupings";
import { address, lenient } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { snapshot, type Tx } from "@/lib/db";
import { formatDay } from "@/lib/format";
import { orNotFound, tolerantly } from "@/lib/pages";

const ALL = "all";

/** How states took part in one dialogue, or at how many of all they spoke. */
export async function ByParticipation({ given }: { given: Record<string, string> }) {
  const caller = await pageCaller("record:read");
  const read = await orNotFound(
    snapshot(caller, (tx) => tolerantly(given, (params) => readAll(tx, lenient(mapQuery, params)))),
  );
  const { query, one, over, groups, dialogues, day } = read;
  const to = (change: Partial<MapQuery>): string => mapAddress({ ...query, ...change });
  const hrefFor = (show: string | undefined): string => `${to({ show })}#map-table`;
  const { dialogue, group, region, aligned } = query;
  const csv = (show: string | undefined): string =>
    address("/api/v1/participation.csv", {
      dialogue,
      group,
      region,
      aligned: aligned === "exclude" ? undefined : aligned,
      show,
    });
  const rows = one?.states ?? over?.rows ?? [];
  return (
    <MapFrame
      query={query}
      groups={groups}
      sub={
        one
          ? `Who spoke at ${one.dialogue.title}, ${formatDay(one.dialogue.startsOn)}, and for whom others spoke.`
          : "At how many dialogues each state spoke in its own capacity."
      }
      choices={
        <>
          <ChoiceMenu
            label="Dialogue"
            chosen={dialogue ?? ALL}
            options={[
              { value: ALL, label: "all" },
              ...dialogues.map(({ slug, title, startsOn }) => ({
                value: slug,
                label: `${title}, ${formatDay(startsOn)}`,
              })),
            ]}
            hrefFor={(value) => to({ dialogue: value === ALL ? undefined : value, show: undefined })}
          />
          <ChoiceMenu
            label="Aligned states"
            chosen={aligned}
            options={[
              { value: "exclude", label: "are not covered" },
              { value: "include", label: "are covered" },
            ]}
            hrefFor={(value) => to({ aligned: value === "include" ? "include" : "exclude" })}
          />
        </>
      }
    >
      {rows.length === 0 && (
        <EmptyState
          title="No state fits these filters."
          action={<ButtonLink href={to({ region: undefined, group: undefined })}>Show all states</ButtonLink>}
        />
      )}
      {rows.length > 0 && one && (
        <ParticipationMap
          view={query.view}
          {...one}
          show={PARTICIPATIONS.find((how) => how === query.show)}
          hrefFor={hrefFor}
          csv={csv(PARTICIPATIONS.find((how) => how === query.show))}
          aligned={aligned}
          today={day}
          only={filtersInWords(query, groups)}
        />
      )}
      {rows.length > 0 && over && (
        <SpokeMap
          view={query.view}
          {...over}
          show={over.classes.find(({ key }) => key === query.show)?.key}
          hrefFor={hrefFor}
          csv={csv(over.classes.find(({ key }) => key === query.show)?.key)}
          today={day}
          only={filtersInWords(query, groups)}
        />
      )}
    </MapFrame>
  );
}

async function readAll(tx: Tx, query: MapQuery) {
  const { dialogue, group, region, aligned } = query;
  const day = await today(tx);
  const who = { group, region, aligned };
  const one = dialogue === undefined ? null : await getParticipation(tx, dialogue, who);
  const over =
    dialogue === undefined
      ? {
          ...(await getSpokeOverAll(tx, who)),
          observers: (await listActors(tx, { kind: "observer", group }, { limit: 100 })).actors,
        }
      : null;
  return {
    query,
    one,
    over,
    groups: await groupsOn(tx, one?.dialogue.startsOn ?? day),
    dialogues: (await listDialogues(tx, {}, { limit: 200 })).dialogues,
    day,
  };
}
