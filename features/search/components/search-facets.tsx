import { TextLink } from "@/components/ui/text-link";
import type { Facet } from "@/features/search/queries/search";
import { formatNumber } from "@/lib/format";

type SearchFacetsProps = {
  /** What is filtered: "Dialogue". */
  label: string;
  facets: readonly Facet[];
  chosen: string | undefined;
  nameOf?: (value: string, label: string) => string;
  /** The address of the page with another value, or without one. */
  hrefFor: (value: string | undefined) => string;
};

/** The values of a filter as links, each with how many results it leaves. */
export function SearchFacets({ label, facets, chosen, nameOf = (_, name) => name, hrefFor }: SearchFacetsProps) {
  if (facets.length === 0) return null;
  return (
    <section aria-label={label}>
      <h2 className="text-sm font-medium text-ink-2">{label}</h2>
      <ul className="mt-1">
        {facets.map(({ value, label: name, count }) => (
          <li key={value} className="flex justify-between gap-3">
            <TextLink
              plain
              href={hrefFor(value === chosen ? undefined : value)}
              aria-current={value === chosen ? "true" : undefined}
              className={value === chosen ? "py-0.5 font-semibold text-ink" : "py-0.5 text-ink-2"}
            >
              {nameOf(value, name)}
              {value === chosen && <span className="ms-1 font-normal text-ink-2">· all again</span>}
            </TextLink>
            <span className="py-0.5 text-ink-2 tabular-nums">{formatNumber(count)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
