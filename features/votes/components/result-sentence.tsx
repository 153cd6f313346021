import { CountLink } from "@/components/ui/count-link";
import type { Result, VoteValue } from "@/features/votes/schema";
import { formatNumber, plural } from "@/lib/format";

type ResultSentenceProps = { result: Result; hrefFor: (value: VoteValue) => string };

/** "115 yes, 15 no, 28 abstentions; 35 did not vote": each number opens its states. */
export function ResultSentence({ result: { yes, no, abstain, notVoting }, hrefFor }: ResultSentenceProps) {
  return (
    <>
      <CountLink href={hrefFor("yes")} count={yes}>
        {formatNumber(yes)} yes
      </CountLink>
      ,{" "}
      <CountLink href={hrefFor("no")} count={no}>
        {formatNumber(no)} no
      </CountLink>
      ,{" "}
      <CountLink href={hrefFor("abstain")} count={abstain}>
        {plural(abstain, "abstention", "abstentions")}
      </CountLink>
      ;{" "}
      <CountLink href={hrefFor("not_voting")} count={notVoting}>
        {formatNumber(notVoting)} did not vote
      </CountLink>
    </>
  );
}
