import { z } from "zod";
import { UN_REGIONS } from "@/features/actors/schema";
import { actorRef, day, line, prose, slug, version, webAddress, whole } from "@/lib/input";

export const VOTE_VALUES = ["yes", "no", "abstain", "not_voting"] as const;
export type VoteValue = (typeof VOTE_VALUES)[number];

/** What a state did, as the cell of a table. */
export const VALUE_NAMES: Record<VoteValue, string> = {
  yes: "Yes",
  no: "No",
  abstain: "Abstained",
  not_voting: "Did not vote",
};

/** Why a state or observer on a map has no vote. */
export const WITHOUT_VOTE = ["not_listed", "not_a_member", "observer"] as const;
export type WithoutVote = (typeof WITHOUT_VOTE)[number];
export const WITHOUT_VOTE_NAMES: Record<WithoutVote, string> = {
  not_listed: "Not listed in the record",
  not_a_member: "Not a member then",
  observer: "Observer, has no vote",
};

/** The fields of a result, in the order of the values. */
export const RESULT_FIELDS = { yes: "yes", no: "no", abstain: "abstain", not_voting: "notVoting" } as const;

/** How many states did what. */
export type Result = { yes: number; no: number; abstain: number; notVoting: number };

const MOST_VOTES = 400;
const number = whole(0, 1000);

const result = z.strictObject({ yes: number, no: number, abstain: number, notVoting: number });

const vote = z.strictObject({
  actor: actorRef,
  value: z.enum(VOTE_VALUES, 'A vote is "yes", "no", "abstain" or "not_voting".'),
  printed: line(200).nullish().describe("The name as the record prints it"),
});

const fields = {
  slug,
  symbol: line(60).nullish().describe("UN document symbol of what was voted on, for example A/RES/75/277"),
  title: line(300),
  date: day,
  dialogue: line(120).nullish().describe("Slug or id of the dialogue at which the vote was taken"),
  result: result.describe("As the record states it; the votes are checked against it"),
  votes: z.array(vote).min(1, "A roll call lists votes.").max(MOST_VOTES, `At most ${MOST_VOTES} votes.`),
  sourceUrl: webAddress.nullish(),
  note: prose(5000).nullish(),
};

/** A roll call: the result that the record states, and how each state voted. */
export const voteInput = z.strictObject(fields).meta({ id: "VoteInput" });
export type VoteInput = z.output<typeof voteInput>;

/** Changes to a roll call: fields that are absent stay, null clears. `votes` replaces the whole list. */
export const votePatch = z.strictObject(fields).partial().meta({ id: "VotePatch" });
export type VotePatch = z.output<typeof votePatch>;

/** Which of the names that were not understood is whom: by the name as it is printed. */
const choice = z.strictObject({ printed: line(200), actor: actorRef.optional() });

const formFields = {
  slug: slug.optional(),
  symbol: fields.symbol,
  title: fields.title.optional(),
  date: day,
  dialogue: fields.dialogue,
  result: result.partial().optional(),
  text: prose(60_000).describe("The list as it was pasted"),
  choices: z.array(choice).max(MOST_VOTES).default([]),
  sourceUrl: fields.sourceUrl,
  note: fields.note,
  step: z.enum(["preview", "record"]).default("preview"),
};

/** Names for which nobody was chosen say nothing. */
function withChoices<F extends { choices: z.output<typeof choice>[] }>({ choices, ...form }: F) {
  return {
    ...form,
    choices: choices.flatMap(({ printed, actor }) => (actor === undefined ? [] : [{ printed, actor }])),
  };
}

/** The form of a roll call: the list is pasted text. "preview" writes nothing. */
export const voteForm = z.strictObject(formFields).transform(withChoices);
export type VoteForm = z.output<typeof voteForm>;

/** The same form of a roll call that is on record; `current` is its id. */
export const voteRevisionForm = z.strictObject({ ...formFields, current: z.uuid(), version }).transform(withChoices);
export type VoteRevisionForm = z.output<typeof voteRevisionForm>;

/** Why a roll call is withdrawn. */
export const withdrawalReason = line(500);
export const withdrawVoteForm = z.strictObject({ current: z.uuid(), version, reason: withdrawalReason });

/** What a page of one roll call shows. */
export const rollCallQuery = z.object({
  value: z.enum(VOTE_VALUES).optional(),
  region: z.enum([...UN_REGIONS, "none"]).optional(),
  group: line(120).optional().describe("Only members of this group on the day of the vote"),
  q: line(200).optional().describe("Part of a name or code"),
});
export type RollCallQuery = z.output<typeof rollCallQuery>;
