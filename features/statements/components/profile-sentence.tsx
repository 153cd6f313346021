import { CountLink } from "@/components/ui/count-link";
import { Headline } from "@/components/ui/headline";
import type { Participation } from "@/features/statements/queries/participation";
import type { Part } from "@/features/statements/schema";
import { formatDay, formatNumber, plural } from "@/lib/format";

type ProfileSentenceProps = {
  /** As it stands at the beginning of a sentence. */
  name: string;
  participations: readonly Participation[];
  /** Where the dialogues behind a number are. */
  hrefFor: (filter: { how?: Part; through?: string }) => string;
};

/**
 * "Denmark spoke at 9 of 16 dialogues, first on 23 Jul 2009 and last on 25 Jun 2018. Others spoke for it at 12: European Union at 11,
 * Nordic countries at 3." Each number opens exactly these dialogues.
 */
export function ProfileSentence({ name, participations, hrefFor }: ProfileSentenceProps) {
  const spoke = participations.filter((one) => one.spoke);
  const represented = participations.filter(({ through }) => through.length > 0);
  if (participations.length === 0) return <Headline>No dialogue is on record yet.</Headline>;
  const all = (
    <CountLink href={hrefFor({})} count={participations.length}>
      {plural(participations.length, "dialogue", "dialogues")}
    </CountLink>
  );
  return (
    <Headline>
      {spoke.length === 0 ? (
        <>
          {name} spoke at none of {all} on record.
        </>
      ) : (
        <>
          {name} spoke at{" "}
          <CountLink href={hrefFor({ how: "spoke" })} count={spoke.length}>
            {formatNumber(spoke.length)}
          </CountLink>{" "}
          of {all} on record, {when(spoke)}.
        </>
      )}{" "}
      {represented.length > 0 && (
        <>
          Others spoke for it at{" "}
          <CountLink href={hrefFor({ how: "represented" })} count={represented.length}>
            {formatNumber(represented.length)}
          </CountLink>
          :{" "}
          {tallyOf(represented).map(({ ref, label, count }, place) => (
            <span key={ref}>
              {place > 0 && ", "}
              {label} at{" "}
              <CountLink href={hrefFor({ through: ref })} count={count}>
                {formatNumber(count)}
              </CountLink>
            </span>
          ))}
          .
        </>
      )}
    </Headline>
  );
}

/** The newest stands first. */
function when(spoke: readonly Participation[]): string {
  const [newest, oldest] = [spoke[0]?.dialogue.startsOn ?? "", spoke.at(-1)?.dialogue.startsOn ?? ""];
  return newest === oldest
    ? `on ${formatDay(newest)}`
    : `first on ${formatDay(oldest)} and last on ${formatDay(newest)}`;
}

/** How often each spoke for it, the most frequent first. */
function tallyOf(represented: readonly Participation[]): { ref: string; label: string; count: number }[] {
  const counts = new Map<string, { ref: string; label: string; count: number }>();
  for (const { ref, name } of represented.flatMap(({ through }) => through)) {
    const known = counts.get(ref) ?? { ref, label: name, count: 0 };
    counts.set(ref, { ...known, count: known.count + 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || a.label.localeCompare(b.label, "en"));
}
