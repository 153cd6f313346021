import type { ReactNode } from "react";

/** The sentence that says what a page amounts to; its numbers are `CountLink`s. */
export function Headline({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p id={id} className="mt-6 mb-2 max-w-headline font-text text-headline">
      {children}
    </p>
  );
}
