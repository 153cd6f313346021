import type { Metadata } from "next";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { ButtonLink } from "@/components/ui/button";
import { CitePage } from "@/components/ui/cite-page";
import { EmptyState } from "@/components/ui/empty-state";
import { Facts } from "@/components/ui/facts";
import { FilterMenu } from "@/components/ui/filter-menu";
import { Headline } from "@/components/ui/headline";
import { SearchForm } from "@/components/ui/search-form";
import { TextLink } from "@/components/ui/text-link";
import { Toolbar } from "@/components/ui/toolbar";
import { today } from "@/features/actors/queries/actor";
import { actorNames } from "@/features/actors/queries/names";
import { UN_REGION_NAMES, UN_REGIONS } from "@/features/actors/schema";
import { groupsOn } from "@/features/positions/queries/groupings";
import { History } from "@/features/audit/components/history";
import { listHistory } from "@/features/audit/queries";
import { ByRegion } from "@/features/votes/components/by-region";
import { ResultSentence } from "@/features/votes/components/result-sentence";
import { WithdrawVote } from "@/features/votes/components/withdraw-vote";
import { VoteTiles } from "@/features/votes/components/vote-map";
import { StatesVoting } from "@/features/votes/components/states-voting";
import { getRollCall, readVoteMap } from "@/features/votes/queries/votes";
import { rollCallQuery, VALUE_NAMES, VOTE_VALUES } from "@/features/votes/schema";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { holds } from "@/lib/auth/permissions";
import { formatDay, formatList, formatNumber, plural } from "@/lib/format";
import { orNotFound, tolerantly } from "@/lib/pages";

type Props = { params: Promise<{ ref: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const caller = await pageCaller("record:read");
  const { symbol, title } = await orNotFound(getRollCall(caller, (await params).ref));
  return { title: symbol ?? title };
}

const VALUES = VOTE_VALUES.map((value) => ({ value, label: VALUE_NAMES[value] }));
const REGIONS = [
  ...UN_REGIONS.map((value) => ({ value, label: UN_REGION_NAMES[value] })),
  { value: "none", label: "In none" },
];

export default async function VotePage({ params, searchParams }: Props) {
  const caller = await pageCaller("record:read");
  const { ref } = await params;
  const { filter, rollCall, shown, voteless } = await orNotFound(
    tolerantly(single(await searchParams), async (given) => {
      const filter = lenient(rollCallQuery, given);
      return { filter, ...(await readVoteMap(caller, ref, filter)) };
    }),
  );
  const { slug, symbol, title, date, takenAt, result, votes, missing, sourceUrl, note } = rollCall;
  const history = await listHistory(caller, { subjectId: rollCall.id }, { limit: 20 });
  const groups = await groupsOn(caller, date);
  const names = await actorNames(
    caller,
    votes.map(({ actor }) => actor),
  );
  const { value, region, group, q } = filter;
  const path = `/votes/${slug}`;
  const to = (change: Record<string, string | undefined>): string =>
    address(path, { value, region, group, q, ...change });
  const filtered = value !== undefined || region !== undefined || group !== undefined || q !== undefined;
  const mayEdit = holds(caller.role, "vote:edit", caller.readOnly);

  return (
    <Page>
      <PageTitle
        title={title}
        crumbs={[{ label: "Votes", href: "/votes" }]}
        sub={[symbol, formatDay(date)].filter(Boolean).join(" · ")}
        actions={
          <>
            <ButtonLink href={address(`/api/v1/votes/${slug}/roll-call.csv`, filter)} download>
              {filtered ? "These rows as CSV" : "CSV"}
            </ButtonLink>
            {mayEdit && <ButtonLink href={`${path}/edit`}>Revise</ButtonLink>}
          </>
        }
      />
      <Headline>
        <ResultSentence result={result} hrefFor={(chosen) => `${address(path, { value: chosen })}#votes`} />.
      </Headline>
      <Facts
        facts={[
          {
            term: "Taken at",
            value: takenAt && <TextLink href={`/dialogues/${takenAt.slug}`}>{takenAt.title}</TextLink>,
          },
          {
            term: "Source",
            value: sourceUrl && (
              <a className="link break-all" href={sourceUrl} rel="noreferrer">
                {sourceUrl}
              </a>
            ),
          },
          { term: "Note", value: note && <span className="whitespace-pre-line">{note}</span> },
          {
            term: "Not listed",
            value:
              missing.length > 0 &&
              `${plural(missing.length, "member", "members")} of that day: ${formatList(missing.map(({ name }) => name))}.`,
          },
        ].filter((fact) => fact.value !== false)}
      />
      <div className="mt-7 max-w-read">
        <ByRegion votes={votes} hrefFor={(chosen) => `${address(path, chosen)}#votes`} />
      </div>
      <div className="mt-7">
        <VoteTiles rollCall={rollCall} voteless={voteless} />
      </div>
      <h2 id="votes" className="mt-9">
        {filtered
          ? `${shown.length} of ${plural(votes.length, "state", "states")}`
          : plural(votes.length, "state", "states")}
      </h2>
      <Toolbar>
        <FilterMenu label="Vote" chosen={value} options={VALUES} hrefFor={(chosen) => to({ value: chosen })} />
        <FilterMenu
          label="Regional group"
          chosen={region}
          options={REGIONS}
          hrefFor={(chosen) => to({ region: chosen })}
        />
        <FilterMenu
          label="Group"
          chosen={group}
          options={groups.map((one) => ({ value: one.slug, label: one.name }))}
          hrefFor={(chosen) => to({ group: chosen })}
        />
        <CitePage
          name="the roll call"
          title={[title, symbol, formatDay(date)].filter(Boolean).join(", ")}
          sentence={`${formatNumber(result.yes)} yes, ${formatNumber(result.no)} no, ${plural(result.abstain, "abstention", "abstentions")}; ${formatNumber(result.notVoting)} did not vote.`}
          conditions={[
            value && `Vote: ${VALUE_NAMES[value]}`,
            region && `Regional group: ${region === "none" ? "in none" : UN_REGION_NAMES[region]}`,
            group && `Group: ${groups.find((one) => one.slug === group)?.name ?? group}`,
            q && `Found by “${q}”`,
          ]}
          read={await today(caller)}
          table="roll-call"
        />
        <SearchForm action={path} label="Any name or code" value={q} keep={{ value, region, group }} />
        {filtered && (
          <TextLink href={`${path}#votes`} className="text-ink-2">
            Show all
          </TextLink>
        )}
      </Toolbar>
      {shown.length > 0 ? (
        <div id="roll-call">
          <StatesVoting votes={shown} />
        </div>
      ) : (
        <EmptyState title="No state fits these filters." action={<ButtonLink href={path}>Show all</ButtonLink>} />
      )}
      <h2 id="history" className="mt-9 mb-3">
        History
      </h2>
      <div className="max-w-read">
        <History entries={history} names={names} />
      </div>
      {mayEdit && (
        <div className="mt-8">
          <WithdrawVote vote={rollCall} />
        </div>
      )}
    </Page>
  );
}
