"use client";

import { useEffect, useRef, useSyncExternalStore } from "react";
import { Kbd } from "@/components/ui/kbd";
import { isForPage, onStorage, readEnabled, writeEnabled } from "@/components/ui/single-keys";

export type KeyHint = {
  /** As printed, and as pressed when it is one key: "n", "?", "Shift+Enter". */
  keys: string;
  /** What it does, as a sentence without its full stop: "Add a statement". */
  does: string;
  /** CSS selector of what it presses (a link or button) or moves to (a field). */
  target?: string;
  /** What it does instead, on a page that acts by itself. Without either the hint is only printed. */
  run?: () => void;
};

/**
 * The keys of a page: a button and `?` open the list, and single keys press their targets. They never fire while
 * somebody types, and can be switched off for speech input and shaky hands (WCAG 2.1.4).
 */
export function KeyHints({ hints }: { hints: readonly KeyHint[] }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const enabled = useSyncExternalStore(onStorage, readEnabled, () => true);

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!isForPage(event)) return;
      if (event.key === "?") {
        event.preventDefault();
        dialog.current?.showModal();
        return;
      }
      const { target, run } = hints.find((hint) => hint.keys === event.key) ?? {};
      if (run) {
        event.preventDefault();
        run();
        return;
      }
      const element = target === undefined ? null : document.querySelector<HTMLElement>(target);
      if (!element) return;
      event.preventDefault();
      activate(element);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [hints]);

  return (
    <>
      <button type="button" className="btn" data-variant="quiet" onClick={() => dialog.current?.showModal()}>
        Keys <Kbd>?</Kbd>
      </button>
      <dialog ref={dialog} className="dialog" aria-label="Keys of this page">
        <header>
          <h2>Keys of this page</h2>
          <form method="dialog">
            <button type="submit" className="btn" data-variant="quiet">
              Close
            </button>
          </form>
        </header>
        <div className="dialog-body">
          <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-2">
            {[...hints, { keys: "?", does: "Show this list" }].map(({ keys, does }) => (
              <div key={keys} className="contents">
                <dt>
                  <Kbd>{keys}</Kbd>
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
          <label className="mt-4 flex min-h-6 items-start gap-2 border-t border-line pt-3">
            <input
              type="checkbox"
              className="tick"
              checked={enabled}
              onChange={(event) => writeEnabled(event.target.checked)}
            />
            Single keys work in this browser
          </label>
        </div>
      </dialog>
    </>
  );
}

function activate(element: HTMLElement): void {
  if (element.matches("input, select, textarea")) element.focus();
  else element.click();
}
