"use client";

import { useEffect, useRef, type ComponentProps } from "react";

const FIELDS = "input:not([type=hidden]), select, textarea, button[data-save]";

/**
 * A form for fast typing: Enter goes to the next field and never submits by accident, Shift+Enter saves. A group of boxes
 * or radios is one field. Buttons, text areas and open lists of suggestions keep their own Enter.
 */
export function KeyedForm(props: ComponentProps<"form">) {
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    const element = form.current;
    const press = (event: KeyboardEvent) => {
      if (element) pressed(element, event);
    };
    element?.addEventListener("keydown", press);
    return () => element?.removeEventListener("keydown", press);
  }, []);

  return <form {...props} ref={form} />;
}

function pressed(form: HTMLFormElement, event: KeyboardEvent): void {
  if (event.key !== "Enter" || event.isComposing || event.defaultPrevented) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.shiftKey) {
    event.preventDefault();
    form.requestSubmit(form.querySelector<HTMLButtonElement>("button[data-save]") ?? undefined);
    return;
  }
  const { target } = event;
  if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return;
  event.preventDefault();
  if (!event.repeat) nextField(form, target)?.focus();
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
