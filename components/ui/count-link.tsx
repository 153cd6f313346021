import type { ReactNode } from "react";
import { TextLink } from "@/components/ui/text-link";

type CountLinkProps = {
  /** Where exactly that many rows are. */
  href: string;
  /** How many rows they are: a test opens every such link and counts. */
  count: number;
  /** The number with its noun: "98 states". */
  children: ReactNode;
};

/** A number that opens its rows. */
export function CountLink({ href, count, children }: CountLinkProps) {
  return (
    <TextLink plain className="count-link" data-count={count} href={href}>
      {children}
    </TextLink>
  );
}
