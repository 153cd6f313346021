import { CountLink } from "@/components/ui/count-link";
import type { PositionValue } from "@/features/codebook/schema";
import type { Voice } from "@/features/positions/rules/evidence";
import { isEnough } from "@/features/positions/rules/strength";
import type { Mode } from "@/features/positions/schema";

/** What was done, without a word about how strongly. */
const DONE: Record<PositionValue, string> = {
  support: "supported",
  conditional: "supported with conditions",
  mixed: "took a mixed position",
  sceptical: "was sceptical",
  oppose: "opposed",
};

type VoiceSentenceProps = {
  voice: Voice;
  /** Where the rows behind a number are. */
  hrefFor: (filter: { mode: Mode; value?: PositionValue }) => string;
};

/**
 * "Supported in 4 of 5 own statements, 2014–2021; opposed in 1." Each number leads to exactly that many rows. Of fewer than enough it
 * gives the counts and no share: "Supported in 1 own statement, 2018; not enough evidence for a pattern."
 */
export function VoiceSentence({ voice, hrefFor }: VoiceSentenceProps) {
  const { mode, total, first, last, inStatements, values } = voice;
  const years = first === last ? first : `${first}–${last}`;
  return values.map(({ value, count }, place) => {
    const words = DONE[value];
    return (
      <span key={value}>
        {place === 0 ? words.charAt(0).toUpperCase() + words.slice(1) : `; ${words}`} in{" "}
        <CountLink href={hrefFor({ mode, value })} count={count}>
          {count}
        </CountLink>
        {place === 0 && isEnough(total) && (
          <>
            {" "}
            of{" "}
            <CountLink href={hrefFor({ mode })} count={total}>
              {total}
            </CountLink>{" "}
            {nounOf(mode, inStatements, total)}, {years}
          </>
        )}
        {place === 0 && !isEnough(total) && ` ${nounOf(mode, inStatements, count)}, ${years}`}
        {place === values.length - 1 && (isEnough(total) ? "." : "; not enough evidence for a pattern.")}
      </span>
    );
  });
}

function nounOf(mode: Mode, inStatements: boolean, total: number): string {
  const noun = inStatements ? "statement" : "position on record";
  const many = total === 1 ? noun : noun.replace(/^\w+/, "$&s");
  return mode === "own" ? `own ${many}` : `${many} by others on its behalf`;
}
