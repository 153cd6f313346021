import { clsx } from "clsx";
import type { ComponentProps, ReactNode } from "react";
import { TextLink } from "@/components/ui/text-link";

type TableProps = {
  /** Names the table and the region it scrolls in, for example "Participants". */
  label: string;
  /** "narrow": scrolls sideways on narrow screens only. "both": always in its own window, for tables wider than the page. */
  scroll?: "narrow" | "both";
  stickyFirst?: boolean;
  /** "roomy" for cells of several lines. */
  density?: "dense" | "roomy";
  className?: string;
  children: ReactNode;
};

/** A table with a sticky header, in a region that the keyboard can scroll. Children are `thead`, `tbody`, `tfoot`. */
export function Table({
  label,
  scroll = "narrow",
  stickyFirst = false,
  density = "dense",
  className,
  children,
}: TableProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without it, the keyboard cannot scroll a wide table
    <section className={clsx("table-region", className)} data-scroll={scroll} aria-label={label} tabIndex={0}>
      <table className="table" aria-label={label} data-density={density} data-sticky-first={stickyFirst || undefined}>
        {children}
      </table>
    </section>
  );
}

type CellProps = ComponentProps<"td"> & { numeric?: boolean; muted?: boolean };

/** A cell. Numbers stand at the end, in figures of one width. */
export function Cell({ numeric, muted, className, ...rest }: CellProps) {
  return <td className={clsx(numeric && "num", muted && "muted", className) || undefined} {...rest} />;
}

type HeaderCellProps = Omit<ComponentProps<"th">, "scope"> & { numeric?: boolean };

/** The head of a column that cannot be sorted. */
export function HeaderCell({ numeric, className, ...rest }: HeaderCellProps) {
  return <th scope="col" className={clsx(numeric && "num", className) || undefined} {...rest} />;
}

/** The cell that names its row. */
export function RowHeader(props: Omit<ComponentProps<"th">, "scope">) {
  return <th scope="row" {...props} />;
}

export type SortDirection = "ascending" | "descending";

type SortHeaderProps = {
  /** The address of the same rows in the order that a press asks for. */
  href: string;
  /** The order that the rows have now, when this column decides it. */
  sorted?: SortDirection | undefined;
  numeric?: boolean;
  className?: string;
  children: ReactNode;
};

/** The head of a column that sorts: a link, so that the order lives in the address and works without JavaScript. */
export function SortHeader({ href, sorted, numeric, className, children }: SortHeaderProps) {
  return (
    <th scope="col" aria-sort={sorted} className={clsx(numeric && "num", className) || undefined}>
      <TextLink plain className="sort" href={href} scroll={false}>
        {children}
        <span aria-hidden="true">{glyphOf(sorted)}</span>
      </TextLink>
    </th>
  );
}

function glyphOf(sorted: SortDirection | undefined): string {
  if (sorted === "ascending") return "↑";
  return sorted === "descending" ? "↓" : "";
}
