import type { ReactNode } from "react";
import { Page } from "@/components/layout/page";

type ProblemPageProps = {
  /** What happened, in a few words. */
  title: string;
  /** What it means, and that nothing is lost when nothing is. */
  children: ReactNode;
  /** The next step: at least one link or button. */
  actions: ReactNode;
};

/** A page that is not there, not allowed, or broken: in words, with a next step. */
export function ProblemPage({ title, children, actions }: ProblemPageProps) {
  return (
    <Page>
      <div className="max-w-read py-6">
        <h1>{title}</h1>
        <div className="mt-3 grid gap-2 font-text text-read text-ink-2">{children}</div>
        <div className="mt-6 flex flex-wrap gap-2">{actions}</div>
      </div>
    </Page>
  );
}
