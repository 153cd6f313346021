import type { ReactNode } from "react";

/** "outline" and "dashed" differ in shape too, so that kinds can be told apart in greyscale. */
export type TagTone = "neutral" | "accent" | "outline" | "dashed" | "ok" | "warn" | "danger";

/** A word that classes a row: its kind, basis, state. */
export function Tag({ tone = "neutral", children }: { tone?: TagTone; children: ReactNode }) {
  return (
    <span className="tag" data-tone={tone}>
      {children}
    </span>
  );
}
