"use client";

/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/click-events-have-key-events -- a select or datalist cannot be the list of a field whose text is free, and the field has the keys */

import { clsx } from "clsx";
import { useEffect, useId, useMemo, useRef, useState, useSyncExternalStore, type ComponentProps } from "react";
import { ComboList } from "@/components/ui/combo-list";
import { typeAhead } from "@/lib/type-ahead";

export type ComboOption = {
  /** What is put into the field, and sent. */
  value: string;
  /** Shown beside it, for example a code. */
  label?: string;
  /** Every text by which it is found, as `fold` writes it; the value and the label when absent. */
  keys?: readonly string[];
};

type ComboBoxProps = Omit<ComponentProps<"input">, "type" | "list" | "ref"> & {
  options: readonly ComboOption[];
  /** What two spellings share: accents, case. Applied to what is typed. */
  fold?: (text: string) => string;
  /** The id of a `ComboList` that several fields share until the page is ready, instead of a list of their own. */
  list?: string;
};

const lower = (text: string): string => text.trim().toLowerCase();
const never = () => () => {};

/**
 * One line of text with type-ahead (the combobox pattern of ARIA). It sends the text: the server decides what it means. Enter
 * and Tab take the marked suggestion; one is marked by itself only when the text can mean nothing else. In a `KeyedForm` Enter
 * then goes to the next field. Before the page is ready, and without JavaScript, it is a field with the browser's own list.
 */
export function ComboBox({ options, fold = lower, list, className, ...rest }: ComboBoxProps) {
  const ready = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const popup = useRef<HTMLDivElement>(null);
  const [text, setText] = useState<string | null>(null);
  const [moved, setMoved] = useState<number | null>(null);
  const choices = useMemo(
    () =>
      options.map((option) => ({
        ...option,
        keys: option.keys ?? [fold(option.value), ...(option.label === undefined ? [] : [fold(option.label)])],
      })),
    [options, fold],
  );
  const { shown, sure } = useMemo(
    () => (text === null ? { shown: [], sure: null } : typeAhead(choices, fold(text))),
    [choices, fold, text],
  );
  const open = shown.length > 0;
  const marked = moved ?? (sure === null ? -1 : shown.indexOf(sure));

  // The listener of a `KeyedForm` sits on the form and comes after this one; React's own would come after both.
  useEffect(() => {
    const field = input.current;
    const press = (event: KeyboardEvent) => {
      if (!field || event.isComposing || event.ctrlKey || event.metaKey) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        if (!open) setText(field.value);
        else setMoved((Math.max(marked, step > 0 ? -1 : 0) + step + shown.length) % shown.length);
      } else if (event.key === "Escape" && open) {
        event.preventDefault();
        setText(null);
      } else if (event.key === "Enter" || event.key === "Tab") {
        const choice = shown[marked];
        if (choice) put(field, choice.value);
        if (choice && event.key === "Enter" && !event.shiftKey && !field.form?.hasAttribute("data-keyed")) {
          event.preventDefault();
        }
        setText(null);
        setMoved(null);
      }
    };
    field?.addEventListener("keydown", press);
    return () => field?.removeEventListener("keydown", press);
  }, [marked, open, shown]);

  // In the top layer, so that no table that scrolls can cut it off.
  useEffect(() => {
    const [field, box] = [input.current, popup.current];
    if (!open || !field || !box) return;
    const place = () => placeBeside(field, box);
    box.showPopover();
    window.addEventListener("scroll", place, { capture: true, passive: true });
    window.addEventListener("resize", place);
    return () => {
      window.removeEventListener("scroll", place, { capture: true });
      window.removeEventListener("resize", place);
      if (box.isConnected) box.hidePopover();
    };
  }, [open]);

  // With each letter the list gets another height.
  useEffect(() => {
    if (!open || !input.current || !popup.current) return;
    placeBeside(input.current, popup.current);
    popup.current.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  });

  const { onChange, onBlur, ...plain } = rest;
  return (
    <>
      <input
        {...plain}
        ref={input}
        type="text"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        className={clsx("input", className)}
        {...(ready
          ? {
              role: "combobox",
              "aria-autocomplete": "list",
              "aria-expanded": open,
              "aria-controls": id,
              "aria-activedescendant": open && marked >= 0 ? `${id}-${marked}` : undefined,
            }
          : { list: list ?? `${id}-plain` })}
        onChange={(event) => {
          setText(event.target.value === "" ? null : event.target.value);
          setMoved(null);
          onChange?.(event);
        }}
        onBlur={(event) => {
          setText(null);
          onBlur?.(event);
        }}
      />
      {!ready && list === undefined && <ComboList id={`${id}-plain`} suggestions={options} />}
      {ready && (
        <>
          <div
            ref={popup}
            id={id}
            popover="manual"
            role="listbox"
            aria-label="Suggestions"
            className="popover suggestions"
          >
            {shown.map((choice, index) => (
              <div
                key={`${choice.value} ${choice.label ?? ""}`}
                id={`${id}-${index}`}
                role="option"
                tabIndex={-1}
                aria-selected={index === marked}
                className="menu-item"
                // Pressing must not take the focus out of the field.
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => {
                  if (input.current) put(input.current, choice.value);
                  setText(null);
                }}
              >
                <span>{choice.value}</span>
                {choice.label !== undefined && <span className="ms-auto text-sm text-ink-3">{choice.label}</span>}
              </div>
            ))}
          </div>
          <span aria-live="polite" className="sr-only">
            {open ? `${shown.length} suggestions` : ""}
          </span>
        </>
      )}
    </>
  );
}

/** Below the field, or above it where there is no room below; never wider than the window. */
function placeBeside(field: HTMLElement, box: HTMLElement): void {
  const { left, top, bottom, width } = field.getBoundingClientRect();
  box.style.minWidth = `${Math.min(width, window.innerWidth - 8)}px`;
  const above = window.innerHeight - bottom < box.offsetHeight + 8 && top > box.offsetHeight;
  box.style.left = `${Math.max(4, Math.min(left, window.innerWidth - box.offsetWidth - 4))}px`;
  box.style.top = `${above ? top - box.offsetHeight - 2 : bottom + 2}px`;
}

/** Writes into a field as a hand would: whoever listens to its input hears of it. */
function put(field: HTMLInputElement, value: string): void {
  if (field.value === value) return;
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, value);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
