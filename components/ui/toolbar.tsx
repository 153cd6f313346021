import type { ReactNode } from "react";

type ToolbarProps = {
  children: ReactNode;
  /** What stands at the far end: exports and the main action. */
  end?: ReactNode;
};

/** The line above a table: filters first, actions last. It wraps on narrow screens. */
export function Toolbar({ children, end }: ToolbarProps) {
  return (
    <div className="no-print flex flex-wrap items-center gap-2.5 py-3">
      {children}
      {end && <div className="flex flex-wrap items-center gap-2.5 sm:ms-auto">{end}</div>}
    </div>
  );
}
