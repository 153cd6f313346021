import type { PositionInput } from "@/features/positions/schema";
import { DomainError, type Issue } from "@/lib/errors";

/**
 * Checks what is said of one statement: an issue stands once for each kind; a position has a value, and a quotation or the reason
 * why there is none, but not both. A mention and a signature need neither value nor quotation.
 * @throws DomainError INVALID with the place in the list and the field of everything that does not fit
 */
export function checkPositions(inputs: readonly PositionInput[]): void {
  const issues: Issue[] = [];
  const seen = new Set<string>();
  for (const [place, { issue, kind, value, quote, noQuoteReason }] of inputs.entries()) {
    const wrong = (field: string, message: string) => issues.push({ path: [String(place), field], message });
    const key = `${issue} ${kind}`;
    if (seen.has(key)) wrong("issue", `"${issue}" stands here twice.`);
    seen.add(key);
    if (quote && noQuoteReason) wrong("noQuoteReason", "Give a quotation, or the reason why there is none, not both.");
    if (kind !== "position") continue;
    if (!value) wrong("value", "Say what the position is: support, conditional, mixed, sceptical or oppose.");
    if (!quote && !noQuoteReason) wrong("quote", "Quote the words that say so, or say why there is no quotation.");
  }
  if (issues.length > 0) throw new DomainError({ code: "INVALID", issues });
}
