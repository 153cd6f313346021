import { clsx } from "clsx";
import type { ReactNode } from "react";

export type NoticeTone = "info" | "ok" | "warn" | "danger";

type NoticeProps = { tone?: NoticeTone; title?: ReactNode; className?: string; children?: ReactNode };

/** Something to know before going on. "danger" interrupts a screen reader, the others wait their turn. */
export function Notice({ tone = "info", title, className, children }: NoticeProps) {
  return (
    <div className={clsx("notice", className)} data-tone={tone} role={tone === "danger" ? "alert" : "status"}>
      {title && <p className="font-semibold">{title}</p>}
      {children}
    </div>
  );
}
