import { directionOf } from "@/features/sources/formats/form";
import { compareTexts, type Change } from "@/features/sources/formats/text-diff";
import { plural } from "@/lib/format";

type TextComparisonProps = { before: string; after: string; language: string };

/** What changed from one version of a text to another, in its place. */
export function TextComparison({ before, after, language }: TextComparisonProps) {
  const changes = compareTexts(before, after, language);
  if (changes.every(({ kind }) => kind === "same")) return <p>Both versions say the same.</p>;
  return (
    <div
      lang={language}
      dir={directionOf(language)}
      className="max-w-read font-text text-read wrap-anywhere whitespace-pre-line"
    >
      {changes.map((change, index) => (
        <Run key={index} change={change} />
      ))}
    </div>
  );
}

function Run({ change: { kind, text, left } }: { change: Change }) {
  if (left > 0) {
    return (
      <span dir="ltr" className="my-2 block border-y border-line py-1 font-ui text-sm text-ink-3">
        {plural(left, "character", "characters")} without a change
      </span>
    );
  }
  // A form feed has no shape that one could see.
  const shown = text.replaceAll("\f", "[new page] ");
  if (kind === "added") return <ins className="bg-ok-soft text-ok">{shown}</ins>;
  if (kind === "removed") return <del className="bg-danger-soft text-danger">{shown}</del>;
  return shown;
}
