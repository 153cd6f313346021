"use client";

import { useEffect, useRef, type ComponentProps } from "react";
import { KeptAsDraft } from "@/components/ui/form-draft";

const FIELDS = "input:not([type=hidden]), select, textarea, button[data-save]";
const KINDS = ["keydown", "keypress"] as const;

/**
 * A form for fast typing: Enter goes to the next field and never submits by accident, Shift+Enter saves. A group of boxes
 * or radios is one field. Buttons, text areas and open lists of suggestions keep their own Enter. Inside an `Autosave` it is
 * kept as a draft while it is typed.
 */
export function KeyedForm({ children, ...props }: ComponentProps<"form">) {
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    const element = form.current;
    const press = (event: KeyboardEvent) => {
      if (element) pressed(element, event);
    };
    for (const type of KINDS) element?.addEventListener(type, press);
    return () => {
      for (const type of KINDS) element?.removeEventListener(type, press);
    };
  }, []);

  return (
    <form {...props} ref={form} data-keyed="">
      <KeptAsDraft />
      {children}
    </form>
  );
}

function pressed(form: HTMLFormElement, event: KeyboardEvent): void {
  if (event.key !== "Enter" || event.isComposing || event.defaultPrevented) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const down = event.type === "keydown";
  if (event.shiftKey) {
    event.preventDefault();
    if (down) form.requestSubmit(form.querySelector<HTMLButtonElement>("button[data-save]") ?? undefined);
    return;
  }
  const { target } = event;
  if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return;
  // An Enter that picks a suggestion is the browser's: some show its keydown to the page first, none a keypress after it.
  if (down === hasSuggestions(target)) return;
  event.preventDefault();
  if (!event.repeat) nextField(form, target)?.focus();
}

function hasSuggestions(field: HTMLInputElement | HTMLSelectElement): boolean {
  return field instanceof HTMLInputElement && field.list !== null;
}

/** The field after this one that can be seen. */
function nextField(form: HTMLFormElement, from: HTMLInputElement | HTMLSelectElement): HTMLElement | undefined {
  const fields = [...form.querySelectorAll<HTMLElement>(FIELDS)];
  return fields.slice(fields.indexOf(from) + 1).find((field) => {
    if (!field.checkVisibility()) return false;
    if (!(field instanceof HTMLInputElement) || !isGrouped(field)) return true;
    // Already in this group; or in the next, where Tab would stop at what is chosen.
    if (isGrouped(from) && field.name === from.name) return false;
    return (
      field.type === "checkbox" || field.checked || !form.querySelector(`[name="${CSS.escape(field.name)}"]:checked`)
    );
  });
}

function isGrouped({ type }: HTMLInputElement | HTMLSelectElement): boolean {
  return type === "checkbox" || type === "radio";
}
