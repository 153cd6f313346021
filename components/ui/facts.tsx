import { Fragment, type ReactNode } from "react";

export type Fact = { term: string; value: ReactNode };

/** What is known about one thing, as terms and their values. Facts without a value are left out. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  const known = facts.filter(({ value }) => value !== null && value !== undefined && value !== "" && value !== false);
  return (
    <dl className="grid gap-x-6 gap-y-1 sm:grid-cols-[max-content_1fr]">
      {known.map(({ term, value }) => (
        <Fragment key={term}>
          <dt className="text-ink-3">{term}</dt>
          <dd className="mb-1 min-w-0 sm:mb-0">{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
