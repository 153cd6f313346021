"use client";

import type { ComponentProps, KeyboardEvent } from "react";

const FIELDS = "input:not([type=hidden]), select, textarea, button[data-save]";

/**
 * A form for fast typing: Enter goes to the next field and never submits by accident, Shift+Enter saves. Buttons,
 * text areas and open lists of suggestions keep their own Enter.
 */
export function KeyedForm(props: ComponentProps<"form">) {
  const press = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey)
      return;
    const form = event.currentTarget;
    if (event.shiftKey) {
      event.preventDefault();
      form.requestSubmit(form.querySelector<HTMLButtonElement>("button[data-save]") ?? undefined);
      return;
    }
    if (!(event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement)) return;
    event.preventDefault();
    const fields = [...form.querySelectorAll<HTMLElement>(FIELDS)].filter((field) => field.checkVisibility());
    fields[fields.indexOf(event.target) + 1]?.focus();
  };
  return <form {...props} onKeyDown={press} />;
}
