import type { ReactNode } from "react";

/** A drawing that stays legible on narrow screens: it then scrolls sideways in a window of its own, by keyboard too. */
export function WideDrawing({ label, children }: { label: string; children: ReactNode }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without it, the keyboard cannot scroll a wide drawing
    <section className="max-w-[60rem] overflow-x-auto" aria-label={label} tabIndex={0}>
      <div className="min-w-[44rem]">{children}</div>
    </section>
  );
}
