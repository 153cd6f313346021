import { TextLink } from "@/components/ui/text-link";
import type { SearchResult } from "@/features/search/queries/print";
import { SEARCH_RESULT_NAMES } from "@/features/search/schema";
import { formatDay } from "@/lib/format";

/** What was found, each with the words around it. */
export function SearchResults({ results }: { results: readonly SearchResult[] }) {
  return (
    <ol className="divide-y divide-line border-y border-line" aria-label="Results">
      {results.map((result) => (
        <li key={`${result.kind} ${result.id}`} className="py-3">
          <p className="flex flex-wrap items-baseline gap-x-2">
            <TextLink href={result.path} className="font-medium">
              {result.title}
            </TextLink>
            <span className="text-sm text-ink-2">
              {SEARCH_RESULT_NAMES[result.kind]}
              {result.dialogue && ` · ${result.dialogue.title}, ${formatDay(result.dialogue.day)}`}
            </span>
          </p>
          <Snippet result={result} />
        </li>
      ))}
    </ol>
  );
}

function Snippet({ result: { snippet, language } }: { result: SearchResult }) {
  if (snippet.length === 0) return null;
  return (
    <p className="mt-1 max-w-read font-text text-ink-2" dir="auto" lang={language ?? undefined}>
      {snippet.map(({ text, match }, place) =>
        // The pieces of one text: their order is all that tells them apart.
        match ? <mark key={place}>{text}</mark> : <span key={place}>{text}</span>,
      )}
    </p>
  );
}
