import { CountLink } from "@/components/ui/count-link";

/** A piece of a sentence: plain words, or a number with its noun and where exactly so many rows are. */
export type SentencePart = string | { text: string; count: number; href: string };

/** A sentence whose numbers open their rows; a number of none has no rows to open. */
export function CountedSentence({ parts }: { parts: readonly SentencePart[] }) {
  return parts.map((part, place) => {
    if (typeof part === "string") return <span key={place}>{part}</span>;
    const { text, count, href } = part;
    return count === 0 ? (
      <span key={place}>{text}</span>
    ) : (
      <CountLink key={place} href={href} count={count}>
        {text}
      </CountLink>
    );
  });
}

/** The same sentence as plain text, for copying. */
export function plainSentence(parts: readonly SentencePart[]): string {
  return parts.map((part) => (typeof part === "string" ? part : part.text)).join("");
}
