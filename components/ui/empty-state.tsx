import type { ReactNode } from "react";

type EmptyStateProps = {
  /** What is not there, as a sentence: "No statement is recorded yet." */
  title: ReactNode;
  /** Why, or what would be here. */
  children?: ReactNode;
  /** The next step: a link or button. */
  action?: ReactNode;
};

/** Says in words that there is nothing, and what to do next. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className="border-y border-line py-8">
      <p className="font-text text-section">{title}</p>
      {children && <div className="mt-1 max-w-read text-ink-2">{children}</div>}
      {action && <div className="mt-4 flex flex-wrap gap-2">{action}</div>}
    </div>
  );
}
