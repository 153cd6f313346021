import type { ReactNode } from "react";
import { Crumbs, type Crumb } from "@/components/layout/crumbs";

type PageTitleProps = {
  title: ReactNode;
  crumbs?: readonly Crumb[];
  /** One line under the title: day, place, what it considers. */
  sub?: ReactNode;
  /** Links and buttons about the page as a whole. */
  actions?: ReactNode;
};

/** The head of a page: the way here, its title, its line. */
export function PageTitle({ title, crumbs = [], sub, actions }: PageTitleProps) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 sm:flex-nowrap">
      <div className="min-w-0">
        {crumbs.length > 0 && <Crumbs crumbs={crumbs} />}
        <h1 className="mt-1.5 mb-1">{title}</h1>
        {sub && <div className="prose text-ink-2">{sub}</div>}
      </div>
      {actions && <div className="no-print flex flex-wrap gap-2 sm:mt-6 sm:shrink-0">{actions}</div>}
    </header>
  );
}
