import { clsx } from "clsx";
import type { ReactNode } from "react";

type DisclosureProps = { summary: ReactNode; open?: boolean; id?: string; className?: string; children: ReactNode };

/** Something that can be opened in place. Native: works without JavaScript, and the browser's page search opens it. */
export function Disclosure({ summary, open = false, id, className, children }: DisclosureProps) {
  return (
    <details id={id} open={open} className={clsx("group", className)}>
      <summary className="flex min-h-6 list-none items-center gap-2 text-accent">
        <span aria-hidden="true" className="inline-block w-3 text-ink-3 group-open:rotate-90">
          ▸
        </span>
        <span>{summary}</span>
      </summary>
      <div className="ps-5 pt-2">{children}</div>
    </details>
  );
}
