import { formatDay, type Day } from "@/lib/format";

/** What a citation names. */
export type Cited = {
  /** What is cited: "States represented at the 2017 dialogue". */
  title: string;
  /** Filters, rule, day, version of the codebook: one phrase each. */
  conditions?: readonly string[];
  /** The day on which it was read. */
  read: Day;
};

/**
 * A citation after the order that ISO 690 gives for parts of online databases: what, within which database, under which
 * conditions, when it was read. The address follows it.
 */
export function citationOf({ title, conditions = [], read }: Cited): string {
  const under = conditions.length > 0 ? ` ${conditions.join("; ")}.` : "";
  return `${title}. In: Rostrum, the record of who spoke, for whom, and where they stand.${under} Read on ${formatDay(read)}.`;
}
