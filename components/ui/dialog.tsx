"use client";

import { useEffect, useId, useRef, type MouseEvent, type ReactNode } from "react";
import { Button, ButtonLink, type ButtonVariant } from "@/components/ui/button";

export type DialogProps = {
  /** The words on the button that opens it. */
  label: ReactNode;
  title: ReactNode;
  variant?: ButtonVariant;
  /** A page that does the same: where the button leads without JavaScript. */
  fallbackHref?: string;
  /** The dialog closes whenever this changes: pass the `attempt` of an action that succeeded. */
  closeOn?: string | number;
  /** "side" for reading beside the page: see `Drawer`. */
  place?: "centre" | "side";
  children: ReactNode;
};

/** A button and the modal dialog that it opens. Native: focus is kept inside, Escape closes, focus returns to the button. */
export function Dialog({
  label,
  title,
  variant = "default",
  fallbackHref,
  closeOn,
  place = "centre",
  children,
}: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    if (closeOn !== undefined) dialog.current?.close();
  }, [closeOn]);

  const open = (event: MouseEvent) => {
    // A press with a modifier asks for the page in a new tab.
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    dialog.current?.showModal();
  };

  return (
    <>
      {fallbackHref === undefined ? (
        <Button variant={variant} aria-haspopup="dialog" onClick={open}>
          {label}
        </Button>
      ) : (
        <ButtonLink variant={variant} aria-haspopup="dialog" href={fallbackHref} onClick={open}>
          {label}
        </ButtonLink>
      )}
      <dialog ref={dialog} className="dialog" data-place={place} aria-labelledby={titleId}>
        <header>
          <h2 id={titleId}>{title}</h2>
          <form method="dialog">
            <button type="submit" className="btn" data-variant="quiet">
              Close
            </button>
          </form>
        </header>
        <div className="dialog-body">{children}</div>
      </dialog>
    </>
  );
}
