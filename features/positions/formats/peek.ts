import { z } from "zod";
import { OCCASION_NAMES } from "@/features/positions/schema";
import { VALUE_NAMES, type PositionValue } from "@/features/codebook/schema";
import type { TimelineEntry } from "@/features/positions/queries/of-actor";

/** What a cell rests on, in a few lines: what was said, the words or why there are none, and where they are from. */
export const cellPeek = z.object({
  words: z.string(),
  quote: z.string().nullable(),
  reason: z.string().nullable(),
  source: z.string(),
});
export type CellPeekDto = z.output<typeof cellPeek>;

const LONGEST = 320;

/** The few lines about the position that decides a cell. */
export function peekOf(entry: TimelineEntry, value: PositionValue): CellPeekDto {
  const { quote, quotation, noQuoteReason, mode, through, dialogueTitle, dialogue, occasion, year } = entry;
  const place = [
    quotation?.paragraph == null ? null : `paragraph ${quotation.paragraph}`,
    quotation?.page == null ? null : `page ${quotation.page}`,
  ];
  const where = dialogue === null ? `${OCCASION_NAMES[occasion]}, ${year}` : `${dialogueTitle ?? dialogue}, ${year}`;
  return {
    words: `${VALUE_NAMES[value]}, ${mode === "own" ? "in its own voice" : `delegated${through ? ` through ${through}` : ""}`}`,
    quote: quote !== null && quote.length > LONGEST ? `${quote.slice(0, LONGEST).trimEnd()}…` : quote,
    reason: noQuoteReason,
    source: [where, ...place.filter((part) => part !== null)].join(", "),
  };
}
