import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/button";

type PaginationProps = {
  /** What is paged, for screen readers: "Pages of statements". */
  label: string;
  previousHref?: string | undefined;
  nextHref?: string | undefined;
  /** Where this page stands: "51–100 of 640". */
  summary?: ReactNode;
};

/** Links to the page before and after, by cursor. Nothing when there is only one page. */
export function Pagination({ label, previousHref, nextHref, summary }: PaginationProps) {
  if (!previousHref && !nextHref) return null;
  return (
    <nav aria-label={label} className="flex flex-wrap items-center gap-3 py-3">
      {previousHref && (
        <ButtonLink href={previousHref} rel="prev">
          ← Previous
        </ButtonLink>
      )}
      {summary && <span className="text-ink-3">{summary}</span>}
      {nextHref && (
        <ButtonLink href={nextHref} rel="next">
          Next →
        </ButtonLink>
      )}
    </nav>
  );
}
