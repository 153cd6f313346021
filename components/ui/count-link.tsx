import type { ReactNode } from "react";
import { TextLink } from "@/components/ui/text-link";

type CountLinkProps = {
  /** Where exactly that many rows are. */
  href: string;
  /** The number with its noun: "98 states". */
  children: ReactNode;
};

/** A number that opens its rows. */
export function CountLink({ href, children }: CountLinkProps) {
  return (
    <TextLink plain className="count-link" href={href}>
      {children}
    </TextLink>
  );
}
