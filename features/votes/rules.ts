import { foldName } from "@/features/actors/rules";
import { RESULT_FIELDS, VOTE_VALUES, type Result, type RollCallQuery, type VoteValue } from "@/features/votes/schema";
import { DomainError, type Issue } from "@/lib/errors";
import { formatList, plural } from "@/lib/format";

const IN_WORDS: Record<VoteValue, string> = {
  yes: "yes",
  no: "no",
  abstain: "abstaining",
  not_voting: "not voting",
};

/** How many votes there are of each value. */
export function countVotes(votes: readonly { value: VoteValue }[]): Result {
  const of = (value: VoteValue): number => votes.filter((vote) => vote.value === value).length;
  return { yes: of("yes"), no: of("no"), abstain: of("abstain"), notVoting: of("not_voting") };
}

/** "115 yes, 15 no, 28 abstentions; 35 did not vote": as plain text. */
export function resultInWords({ yes, no, abstain, notVoting }: Result): string {
  return `${yes} yes, ${no} no, ${plural(abstain, "abstention", "abstentions")}; ${notVoting} did not vote`;
}

const MOST_NAMED = 20;

/** Names in a sentence, the first twenty of them. */
function named(names: readonly string[]): string {
  const rest = names.length - MOST_NAMED;
  return formatList(rest > 0 ? [...names.slice(0, MOST_NAMED), `${rest} more`] : names);
}

/**
 * Refuses a roll call whose votes do not add up to the result that the record states, with each difference in words. `missing`
 * are names of states that were members on the day and are not listed: they explain a difference.
 */
export function checkResult(stated: Result, votes: readonly { value: VoteValue }[], missing: readonly string[]): void {
  const listed = countVotes(votes);
  const issues = VOTE_VALUES.flatMap((value): Issue[] => {
    const field = RESULT_FIELDS[value];
    if (stated[field] === listed[field]) return [];
    const verb = listed[field] === 1 ? "is" : "are";
    const message = `The record states ${stated[field]} ${IN_WORDS[value]}; ${listed[field]} ${verb} listed.`;
    return [{ path: ["result", field], message }];
  });
  if (issues.length === 0) return;
  if (missing.length > 0) {
    const message =
      missing.length === 1
        ? `One member of that day is not listed: ${named(missing)}.`
        : `${missing.length} members of that day are not listed: ${named(missing)}.`;
    issues.push({ path: ["votes"], message });
  }
  throw new DomainError({ code: "INVALID", issues, message: issues.map(({ message }) => message).join(" ") });
}

/** A state in a roll call, as it was listed: `name` is the one to print. */
export type Voter = { row: number; id: string; name: string; isMember: boolean };

/**
 * What is wrong with who is listed: somebody twice, or somebody who had no vote on the day. Each row's issue is at
 * `votes.N.actor`, rows counted from 0 there and from 1 in the sentence.
 */
export function voterIssues(voters: readonly Voter[]): Issue[] {
  const first = new Map<string, number>();
  return voters.flatMap(({ row, id, name, isMember }): Issue[] => {
    const path = ["votes", String(row), "actor"];
    const before = first.get(id);
    if (before !== undefined) {
      return [{ path, message: `${name} is listed twice: in rows ${before + 1} and ${row + 1}.` }];
    }
    first.set(id, row);
    return isMember ? [] : [{ path, message: `${name} was no member state on that day and had no vote.` }];
  });
}

type Filterable = { actor: string; name: string; value: VoteValue; region: string | null; printed: string | null };

/** The votes that a filter leaves, in their order. A text is looked for in the name, the printed name and the code. */
export function filterVotes<Vote extends Filterable>(
  votes: readonly Vote[],
  { value, region, q }: RollCallQuery,
): Vote[] {
  const sought = q === undefined ? null : foldName(q);
  return votes.filter(
    (vote) =>
      (value === undefined || vote.value === value) &&
      (region === undefined || (vote.region ?? "none") === region) &&
      (sought === null || [vote.name, vote.printed ?? "", vote.actor].some((text) => foldName(text).includes(sought))),
  );
}
