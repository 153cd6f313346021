"use client";

import { clsx } from "clsx";
import { useSelectedLayoutSegment } from "next/navigation";
import { TextLink } from "@/components/ui/text-link";

/** `segment` is the first part of the addresses below it: "dialogues" for /dialogues and /dialogues/unga-r2p-2017. */
export type NavItem = { segment: string; label: string };

/** The main parts of the product. A layout does not learn where its reader goes next, so this asks the router. */
export function HeaderNav({ items, current }: { items: readonly NavItem[]; current?: string | undefined }) {
  const segment = useSelectedLayoutSegment();
  const here = current ?? segment;
  return (
    <nav aria-label="Main" className="order-last w-full sm:order-none sm:w-auto">
      <ul className="flex flex-wrap gap-x-4">
        {items.map((item) => (
          <li key={item.segment}>
            <TextLink
              plain
              href={`/${item.segment}`}
              aria-current={item.segment === here ? "page" : undefined}
              className={clsx(
                "block border-b-2 py-1.5 hover:no-underline sm:pt-3.75 sm:pb-2.75",
                item.segment === here
                  ? "border-accent font-semibold text-ink"
                  : "border-transparent text-ink-2 hover:border-line-strong",
              )}
            >
              {item.label}
            </TextLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
