"use client";

import { useId, type ReactNode } from "react";
import type { ButtonVariant } from "@/components/ui/button";

type MenuProps = {
  /** The words on the button. */
  label: ReactNode;
  /** For screen readers, when the words alone do not say what opens. */
  describe?: string;
  variant?: ButtonVariant;
  /** The edge of the button that the menu lines up with. */
  align?: "start" | "end";
  /** Links and buttons with the class "menu-item", or a small form. */
  children: ReactNode;
};

/** A button that opens a list of links or buttons. A native popover: Escape and a press outside close it, without JavaScript. */
export function Menu({ label, describe, variant = "default", align = "start", children }: MenuProps) {
  // In the browser, that is: ids made on the server begin anew with each page, and would meet those of the bar, which stays.
  const id = useId();
  return (
    <>
      <button type="button" className="btn" data-variant={variant} popoverTarget={id} aria-label={describe}>
        {label}
        <span aria-hidden="true" className="text-xs print:hidden">
          ▾
        </span>
      </button>
      <div id={id} popover="auto" className="popover" data-align={align}>
        {children}
      </div>
    </>
  );
}
