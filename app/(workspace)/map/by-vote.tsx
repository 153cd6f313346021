import { filtersInWords, mapAddress, MapFrame, mapQuery, type MapQuery } from "@/app/(workspace)/map/frame";
import { ButtonLink } from "@/components/ui/button";
import { ChoiceMenu } from "@/components/ui/choice-menu";
import { EmptyState } from "@/components/ui/empty-state";
import { today } from "@/features/actors/queries/actor";
import { groupsOn } from "@/features/positions/queries/groupings";
import { VoteMap } from "@/features/votes/components/vote-map";
import { listVotes, readVoteMap } from "@/features/votes/queries/votes";
import { lenient } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { snapshot, type Tx } from "@/lib/db";
import { formatDay } from "@/lib/format";
import { orNotFound, tolerantly } from "@/lib/pages";

/** The newest roll calls, to choose from; older ones have their link on their page. */
const CHOICES = 100;

/** How states voted. */
export async function ByVote({ given }: { given: Record<string, string> }) {
  const caller = await pageCaller("record:read");
  const { query, choices, groups, read, day } = await orNotFound(
    snapshot(caller, (tx) => tolerantly(given, (params) => readAll(tx, lenient(mapQuery, params)))),
  );
  const to = (change: Partial<MapQuery>): string => mapAddress({ ...query, ...change });
  return (
    <MapFrame
      query={query}
      groups={groups}
      sub={
        read
          ? `How each state voted on ${read.rollCall.symbol ?? read.rollCall.title}, ${formatDay(read.rollCall.date)}. A vote is no position.`
          : "How each state voted. A vote is no position."
      }
      choices={
        read && (
          <ChoiceMenu
            label="Vote"
            chosen={read.rollCall.slug}
            options={choices.map(({ slug, symbol, title, date }) => ({
              value: slug,
              label: `${symbol ?? title}, ${formatDay(date)}`,
            }))}
            hrefFor={(vote) => to({ vote })}
          />
        )
      }
    >
      {read === null && (
        <EmptyState title="No vote is on record yet." action={<ButtonLink href="/votes">Votes</ButtonLink>} />
      )}
      {read && read.shown.length === 0 && (
        <EmptyState
          title="No state fits these filters."
          action={<ButtonLink href={to({ region: undefined, group: undefined })}>Show all states</ButtonLink>}
        />
      )}
      {read && read.shown.length > 0 && (
        <VoteMap
          view={query.view}
          {...read}
          filter={{ region: query.region, group: query.group }}
          today={day}
          only={filtersInWords(query, groups)}
        />
      )}
    </MapFrame>
  );
}

async function readAll(tx: Tx, query: MapQuery) {
  const choices = (await listVotes(tx, {}, { limit: CHOICES })).rows;
  const vote = query.vote ?? choices[0]?.slug;
  const read = vote === undefined ? null : await readVoteMap(tx, vote, { region: query.region, group: query.group });
  const day = await today(tx);
  return { query: { ...query, vote }, choices, read, groups: await groupsOn(tx, read?.rollCall.date ?? day), day };
}
