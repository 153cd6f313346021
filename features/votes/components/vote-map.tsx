import { MapFigure, type MapView } from "@/components/chart/map-figure";
import { MapLegend, type ClassGroup } from "@/components/chart/map-legend";
import type { Look, Place } from "@/components/chart/place";
import { TileGrid } from "@/components/chart/tile-grid";
import { Headline } from "@/components/ui/headline";
import { TextLink } from "@/components/ui/text-link";
import { ResultSentence } from "@/features/votes/components/result-sentence";
import { StatesVoting } from "@/features/votes/components/states-voting";
import type { RollCallDto, StateVote, Voteless } from "@/features/votes/queries/votes";
import { countVotes, resultInWords } from "@/features/votes/rules";
import {
  RESULT_FIELDS,
  VALUE_NAMES,
  VOTE_VALUES,
  WITHOUT_VOTE_NAMES,
  type Result,
  type RollCallQuery,
  type VoteValue,
  type WithoutVote,
} from "@/features/votes/schema";
import { address } from "@/lib/address";
import { citationOf } from "@/lib/citation";
import { formatDay, formatList, type Day } from "@/lib/format";

/** Told apart by lightness and letter, too; neither yes nor no is drawn as good or bad. */
const LOOKS: Record<VoteValue | WithoutVote, Look> = {
  yes: { className: "value-shape fill-accent", ink: "fill-on-fill", sign: "Y" },
  no: { className: "value-shape fill-ink", ink: "fill-paper", sign: "N" },
  abstain: { className: "value-shape fill-pos-mixed", ink: "fill-pos-mixed-ink", sign: "A" },
  not_voting: { className: "value-shape fill-surface", ink: "fill-ink-2", sign: "–" },
  not_listed: { className: "value-shape fill-warn-soft", ink: "fill-warn", sign: "?" },
  not_a_member: { className: "value-shape fill-paper", ink: "fill-ink-3", sign: "/" },
  observer: { className: "value-shape fill-sunken", ink: "fill-ink-2", sign: "" },
};

function votePlaces(votes: readonly StateVote[], voteless: readonly Voteless[], hrefFor: (actor: string) => string) {
  return [
    ...votes.map(({ actor, name, value }): Place => ({
      code: actor,
      title: `${name}: ${VALUE_NAMES[value].toLowerCase()}`,
      href: hrefFor(actor),
      look: LOOKS[value],
    })),
    ...voteless.map(({ actor, slug, name, why }): Place => ({
      code: actor,
      title: `${name}: ${WITHOUT_VOTE_NAMES[why].toLowerCase()}`,
      href: `/states/${slug}`,
      look: LOOKS[why],
      observer: why === "observer",
    })),
  ];
}

function voteLegend(result: Result, hrefFor: (value: VoteValue) => string): ClassGroup[] {
  const classes = VOTE_VALUES.map((value) => ({
    key: value,
    look: LOOKS[value],
    label: VALUE_NAMES[value],
    count: result[RESULT_FIELDS[value]],
    href: hrefFor(value),
  }));
  return [{ title: null, classes }];
}

type VoteMapProps = {
  view: MapView;
  rollCall: RollCallDto;
  shown: readonly StateVote[];
  voteless: readonly Voteless[];
  filter: Pick<RollCallQuery, "region" | "group">;
  today: Day;
  /** Of which states alone it is, in words. */
  only: readonly string[];
};

/** How states voted: a sentence, a map with its legend, and the same as a table. */
export function VoteMap({ view, rollCall, shown, voteless, filter, today, only }: VoteMapProps) {
  const { slug, symbol, title, date } = rollCall;
  const path = `/votes/${slug}`;
  const hrefFor = (value: VoteValue) => `${address(path, { ...filter, value })}#votes`;
  const result = countVotes(shown);
  const of = symbol ?? title;
  const whose = only.length > 0 ? ` (${formatList(only)})` : "";
  const without = (why: WithoutVote) => voteless.filter((one) => one.why === why).map(({ name }) => name);
  return (
    <>
      <Headline id="headline">
        <ResultSentence result={result} hrefFor={hrefFor} />
        {whose} on {of}, {formatDay(date)}.
      </Headline>
      <MapFigure
        view={view}
        title={`Votes on ${of}, ${formatDay(date)}`}
        places={votePlaces(shown, voteless, (actor) => `${address(path, { q: actor })}#votes`)}
        legend={voteLegend(result, hrefFor)}
        note={(["not_listed", "not_a_member", "observer"] as const).map((why) => {
          const names = without(why);
          return (
            names.length > 0 && (
              <span key={why} className="block">
                {WITHOUT_VOTE_NAMES[why]}: {formatList(names)}.
              </span>
            )
          );
        })}
        csv={address(`/api/v1/votes/${slug}/roll-call.csv`, filter)}
        sentence={`${resultInWords(result)}${whose} on ${of}, ${formatDay(date)}.`}
        citation={citationOf({ title: `Roll call on ${of}, ${formatDay(date)}`, conditions: only, read: today })}
        table={<StatesVoting votes={shown} />}
      />
    </>
  );
}

/** The same small, for the page of the vote, which has its table. */
export function VoteTiles({ rollCall: { slug, votes }, voteless }: Pick<VoteMapProps, "rollCall" | "voteless">) {
  const path = `/votes/${slug}`;
  return (
    <figure className="chart max-w-tiles">
      <MapLegend groups={voteLegend(countVotes(votes), (value) => `${address(path, { value })}#votes`)} />
      <TileGrid
        label="Votes of states, about where they lie"
        places={votePlaces(votes, voteless, (actor) => `${address(path, { q: actor })}#votes`)}
      />
      <figcaption className="no-print mt-2 text-sm">
        <TextLink href={address("/map", { by: "vote", vote: slug })}>Show on a map</TextLink>
      </figcaption>
    </figure>
  );
}
