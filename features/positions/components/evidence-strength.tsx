import { CountLink } from "@/components/ui/count-link";
import { isEnough, percentCoded, type Strength } from "@/features/positions/rules/strength";
import { formatDay, formatNumber, plural } from "@/lib/format";

type EvidenceStrengthProps = {
  strength: Strength;
  /** Where the rows behind each number are. Numbers without an address are those of rows that stand on the same page. */
  hrefs: { own?: string; delegated?: string; statements: string; coded: string };
  className?: string;
};

/**
 * On how much an aggregate rests, in a line: "Rests on 5 own and 3 delegated positions, the newest of 6 Sep 2017. 4 of 9 statements
 * (44 %) are coded." Below the threshold it says so first.
 */
export function EvidenceStrength({ strength, hrefs, className }: EvidenceStrengthProps) {
  const { own, delegated, newest, statements, coded } = strength;
  return (
    <p className={`max-w-headline text-sm text-ink-2 ${className ?? ""}`}>
      {!isEnough(own + delegated) && <strong className="font-medium text-ink">Not enough evidence. </strong>}
      {own + delegated === 0 ? (
        "Rests on no position."
      ) : (
        <>
          Rests on{" "}
          {own > 0 && (
            <>
              <Number count={own} href={hrefs.own} /> own
            </>
          )}
          {own > 0 && delegated > 0 && " and "}
          {delegated > 0 && (
            <>
              <Number count={delegated} href={hrefs.delegated} /> delegated
            </>
          )}{" "}
          {own + delegated === 1 ? "position" : "positions"}
          {newest !== null && `, ${own + delegated === 1 ? "of" : "the newest of"} ${formatDay(newest)}`}.
        </>
      )}{" "}
      <CodedLine statements={statements} coded={coded} hrefs={hrefs} />
    </p>
  );
}

/** How much of what could bear on something is coded: "4 of 9 statements (44 %) are coded." */
function CodedLine({ statements, coded, hrefs }: Pick<Strength, "statements" | "coded"> & OfStatements) {
  const percent = percentCoded({ statements, coded });
  if (percent === null) return "No statement on record could bear on it.";
  return (
    <>
      <Number count={coded} href={hrefs.coded} /> of{" "}
      <CountLink href={hrefs.statements} count={statements}>
        {plural(statements, "statement", "statements")}
      </CountLink>{" "}
      ({percent} %) {coded === 1 ? "is" : "are"} coded.
    </>
  );
}

type OfStatements = { hrefs: Pick<EvidenceStrengthProps["hrefs"], "statements" | "coded"> };

function Number({ count, href }: { count: number; href: string | undefined }) {
  if (href === undefined || count === 0) return formatNumber(count);
  return (
    <CountLink href={href} count={count}>
      {formatNumber(count)}
    </CountLink>
  );
}
