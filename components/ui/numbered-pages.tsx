import { Pagination } from "@/components/ui/pagination";

type NumberedPagesProps = {
  /** What is paged, for screen readers: "Pages of statements". */
  label: string;
  /** This page, from 1. */
  page: number;
  size: number;
  total: number;
  hrefFor: (page: number) => string;
};

/** Links to the page before and after, by number. Nothing when there is only one page. */
export function NumberedPages({ label, page, size, total, hrefFor }: NumberedPagesProps) {
  const first = Math.min((page - 1) * size + 1, total);
  const last = Math.min(page * size, total);
  return (
    <Pagination
      label={label}
      previousHref={page > 1 ? hrefFor(page - 1) : undefined}
      nextHref={last < total ? hrefFor(page + 1) : undefined}
      summary={`${first}–${last} of ${total}`}
    />
  );
}
