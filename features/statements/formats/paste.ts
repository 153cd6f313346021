import type { MatchedLine } from "@/features/statements/queries/match";
import { CHOSEN } from "@/features/statements/schema";
import type { FormValue, FormValues } from "@/lib/form";
import { formatList } from "@/lib/format";

/** Where a line of a read list stands: it is decided, it asks who somebody is, or its speaker is there already. */
export type LineState = "certain" | "ask" | "unknown" | "there" | "twice";

/** What a line needs from whoever looks at the list. */
export function stateOf({ actor, candidates, parties, duplicateOf }: MatchedLine): LineState {
  if (actor === null) return candidates.length > 0 ? "ask" : "unknown";
  if (duplicateOf?.statement) return "there";
  if (duplicateOf?.line) return "twice";
  return parties.some((party) => party.actor === null) ? "ask" : "certain";
}

/** The choice that a line starts with; none where somebody has to make it. Whoever is on record already is left out. */
export function firstChoice(line: MatchedLine): string | undefined {
  const state = stateOf(line);
  if (state === "there") return "leave";
  return line.actor !== null && state !== "twice" ? `${CHOSEN}${line.actor}` : undefined;
}

/** For whom a line says that its speaker spoke, in words; what is not certain is as printed. */
export function partiesInWords({ parties, own }: MatchedLine): string {
  const words = ({ actor, candidates, printed }: MatchedLine["parties"][number]): string =>
    candidates.find((candidate) => candidate.actor === actor)?.name ?? `“${printed}”`;
  const named = parties.filter(({ excluded }) => !excluded).map(words);
  const without = parties.filter(({ excluded }) => excluded).map(words);
  if (named.length === 0) return "";
  const all = own ? ["own capacity", ...named] : named;
  return without.length > 0 ? `${formatList(all)} without ${formatList(without)}` : formatList(all);
}

type SentRow = Record<string, FormValue>;

/**
 * What the form was sent with for each line. A line is told by what it says, not by its place: when the list is read again with
 * a line more, no choice moves to another line.
 */
export function sentRows(values: FormValues, lines: readonly MatchedLine[]): SentRow[] {
  const rows = Array.isArray(values["rows"]) ? values["rows"] : [];
  const left = rows.filter((row): row is SentRow => typeof row === "object" && !Array.isArray(row));
  return lines.map(({ key }) => {
    const at = left.findIndex((row) => row["key"] === key);
    return (at < 0 ? undefined : left.splice(at, 1)[0]) ?? {};
  });
}
