import { z } from "zod";
import { OCCASION_NAMES } from "@/features/positions/schema";
import { VALUE_NAMES } from "@/features/codebook/schema";
import type { Deciding } from "@/features/positions/queries/cell";

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
export function peekOf({
  value,
  own,
  through,
  quotation,
  noQuoteReason,
  dialogue,
  occasion,
  year,
}: Deciding): CellPeekDto {
  const mode = own ? "in its own voice" : `delegated${through === null ? "" : ` through ${through}`}`;
  const source = [dialogue ?? OCCASION_NAMES[occasion], String(year)];
  if (quotation?.paragraph) source.push(`paragraph ${quotation.paragraph}`);
  if (quotation?.page) source.push(`page ${quotation.page}`);
  return {
    words: `${VALUE_NAMES[value]}, ${mode}`,
    quote: quotation && shortened(quotation.exact),
    reason: noQuoteReason,
    source: source.join(", "),
  };
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST).trimEnd()}…` : text;
}
