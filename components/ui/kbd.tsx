import type { ReactNode } from "react";

/** A key of the keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-block min-w-5 rounded-sm border border-b-2 border-line-strong bg-surface px-1 text-center font-ui text-xs leading-tight text-ink-2">
      {children}
    </kbd>
  );
}
