import { clsx } from "clsx";
import Link from "next/link";
import type { ComponentProps } from "react";

type TextLinkProps = Omit<ComponentProps<typeof Link>, "prefetch"> & {
  /** Without the line: where the place already says that it is a link (tables, lists of links). */
  plain?: boolean;
};

/**
 * A link to a page of the product. Every link goes through this one: Next would otherwise fetch each page
 * that a long table links to as soon as its row is in view.
 */
export function TextLink({ plain = false, className, ...rest }: TextLinkProps) {
  return <Link prefetch={false} className={clsx(!plain && "link", className)} {...rest} />;
}
