import type { CodingDto } from "@/features/codebook/queries/codings";
import { VALUE_NAMES } from "@/features/codebook/schema";

/** What a coding says, in words: "Supports", or "Mention" where it has no value. */
export function codingInWords({ kind, value }: Pick<CodingDto, "kind" | "value">): string {
  if (value === null) return kind.charAt(0).toUpperCase() + kind.slice(1);
  return kind === "position" ? VALUE_NAMES[value] : `${VALUE_NAMES[value]} (${kind})`;
}
