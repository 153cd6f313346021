import type { ReactNode } from "react";
import { TextLink } from "@/components/ui/text-link";

export type ChipTone = "neutral" | "good" | "bad" | "warn";

type ChipProps = { tone?: ChipTone; href?: string | undefined; children: ReactNode };

/** A short statement about the whole page, for example "Published: 98 · matches". With `href` it leads to its reason. */
export function Chip({ tone = "neutral", href, children }: ChipProps) {
  if (href === undefined) {
    return (
      <span className="chip" data-tone={tone}>
        {children}
      </span>
    );
  }
  return (
    <TextLink plain className="chip" data-tone={tone} href={href}>
      {children}
    </TextLink>
  );
}
