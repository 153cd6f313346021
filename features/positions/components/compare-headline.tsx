import { CountLink } from "@/components/ui/count-link";
import { Headline } from "@/components/ui/headline";
import { comparePath } from "@/features/positions/formats/compare-address";
import { isEnough } from "@/features/positions/rules/strength";
import type { ComparePageQuery } from "@/features/positions/schema";
import { formatList, formatNumber, plural } from "@/lib/format";

type CompareHeadlineProps = {
  query: ComparePageQuery;
  names: readonly string[];
  /** Issues that all addressed, and on how many of these all have the same value. */
  both: number;
  same: number;
};

/** "Denmark and Finland have the same value on 5 of 7 issues that both addressed." Below the threshold it gives no agreement. */
export function CompareHeadline({ query, names, both, same }: CompareHeadlineProps) {
  const everybody = names.length === 2 ? "both" : "all";
  const all = (
    <CountLink href={`${comparePath(query, { steps: undefined })}#all-addressed`} count={both}>
      {plural(both, "issue", "issues")}
    </CountLink>
  );
  if (both === 0) {
    return (
      <Headline>
        Not enough evidence: there is no issue that {formatList(names)} {everybody} addressed.
      </Headline>
    );
  }
  if (!isEnough(both)) {
    return (
      <Headline>
        Not enough evidence: {formatList(names)} {everybody} addressed {all}.
      </Headline>
    );
  }
  return (
    <Headline>
      {formatList(names)} have the same value on{" "}
      {same === 0 ? (
        "none"
      ) : (
        <CountLink href={`${comparePath(query, { steps: "0" })}#all-addressed`} count={same}>
          {formatNumber(same)}
        </CountLink>
      )}{" "}
      of {all} that {everybody} addressed.
    </Headline>
  );
}

/** The same as plain text, to be copied. */
export function compareSentence({ names, both, same }: Omit<CompareHeadlineProps, "query">): string {
  const everybody = names.length === 2 ? "both" : "all";
  const issues = plural(both, "issue", "issues");
  return isEnough(both)
    ? `${formatList(names)} have the same value on ${same} of ${issues} that ${everybody} addressed.`
    : `Not enough evidence: ${formatList(names)} ${everybody} addressed ${issues}.`;
}
