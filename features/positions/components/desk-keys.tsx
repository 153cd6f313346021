"use client";

import { useEffect, useMemo, useRef, useState, type RefObject } from "react";
import type { KeyHint } from "@/components/ui/key-hints";
import { POSITION_VALUES, VALUE_NAMES } from "@/features/codebook/schema";
import { cardId, type CodedIssue } from "@/features/positions/components/issue-card";
import type { SourceText } from "@/features/positions/components/source-text";
import type { Pane } from "@/features/positions/components/use-source";
import { issueField } from "@/features/positions/formats/coding";
import { NOT_ADDRESSED } from "@/features/positions/schema";

type Desk = {
  desk: RefObject<HTMLElement | null>;
  issues: readonly CodedIssue[];
  active: string;
  setActive: (code: string) => void;
  pane: Pane;
};

const SELECT_FIRST = "Select the words in the source first: press s, then the arrow keys.";

/** The keys of the desk, and what is to be said to those who hear the page. */
export function useDeskKeys({ desk, issues, active, setActive, pane }: Desk): { hints: KeyHint[]; said: string } {
  const [said, setSaid] = useState("");
  const { source, held, release } = pane;
  // What the keys mean at this moment: a key that follows another at once must not act on the issue before.
  const here = useRef(active);

  // Whatever has the focus inside a card makes it the one that the keys mean.
  useEffect(() => {
    const element = desk.current;
    const focused = ({ target }: FocusEvent) => {
      const code = target instanceof Element && target.closest<HTMLElement>("[data-code]")?.dataset["code"];
      if (!code) return;
      here.current = code;
      setActive(code);
    };
    element?.addEventListener("focusin", focused);
    return () => element?.removeEventListener("focusin", focused);
  }, [desk, setActive]);

  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const form = desk.current?.querySelector<HTMLFormElement>("form[data-keyed]");
      if (!form || event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey)
        return;
      const { target } = event;
      if (target instanceof HTMLElement && target.matches("[data-pane]") && source) selectBy(event, source);
      // Inside the form its own keys submit it.
      if (event.key !== "Enter" || !event.shiftKey || event.repeat || document.querySelector("dialog[open]")) return;
      if (!(target instanceof Node) || form.contains(target) || !isNowhere(target)) return;
      event.preventDefault();
      form.requestSubmit(form.querySelector<HTMLButtonElement>("button[data-save]"));
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, [desk, source]);

  const hints = useMemo((): KeyHint[] => {
    const field = (name: string): string => `[name="${CSS.escape(`${issueField(here.current)}.0.${name}`)}"]`;
    const find = (selector: string) => desk.current?.querySelector<HTMLElement>(selector) ?? null;
    const go = (by: number): void => {
      const at = issues.findIndex(({ code }) => code === here.current) + by;
      const next = issues[Math.min(Math.max(at, 0), issues.length - 1)];
      if (next) document.getElementById(cardId(next.code))?.focus();
    };
    const choose = (value: string): void => {
      const radio = find(`${field("value")}[value="${value}"]`);
      if (!radio) return setSaid("This issue takes no position.");
      radio.click();
      setSaid(`${titleOf(issues, here.current)}: ${radio.parentElement?.textContent ?? ""}`);
    };
    const put = (name: string, text: string): void => {
      const control = find(field(name));
      if (isControl(control)) control.value = text;
    };
    const tell = (name: string): void => {
      const control = find(field(name));
      for (const type of ["input", "change"]) control?.dispatchEvent(new Event(type, { bubbles: true }));
    };
    const quote = (): void => {
      const selected = held();
      if (!selected || !source) return setSaid(SELECT_FIRST);
      put("quoted", selected.quote);
      put("text", source.id);
      put("start", String(selected.start));
      put("quote", selected.quote);
      put("noQuoteReason", "");
      tell("quote");
      release();
      document.getElementById(cardId(here.current))?.focus();
      setSaid(`Quoted on ${titleOf(issues, here.current)}: ${selected.quote}`);
    };
    const mention = (): void => {
      const control = find(field("kind"));
      const kind = isControl(control) && control.value === "mention" ? "position" : "mention";
      put("kind", kind);
      tell("kind");
      setSaid(`${titleOf(issues, here.current)}: ${kind}`);
    };
    const note = (): void => {
      const card = document.getElementById(cardId(here.current));
      // A note can be begun before anything else is said.
      card?.querySelector(".coding-row")?.setAttribute("data-open", "");
      find(field("note"))?.focus();
    };
    const goToSource = (): void => {
      find("[data-pane]")?.focus();
      source?.step(1, false);
    };
    return [
      { keys: "j", does: "Next issue", run: () => go(1) },
      { keys: "k", does: "Previous issue", run: () => go(-1) },
      ...POSITION_VALUES.map((value, index) => ({
        keys: String(index + 1),
        does: VALUE_NAMES[value],
        run: () => choose(value),
      })),
      { keys: "0", does: "Not addressed", run: () => choose(NOT_ADDRESSED) },
      { keys: "s", does: "Go to the source: ↓ and ↑ select a sentence, with Shift more or fewer", run: goToSource },
      { keys: "q", does: "What is selected becomes the quotation", run: quote },
      { keys: "m", does: "Mention, or position again", run: mention },
      { keys: "n", does: "Note on this issue", run: note },
      { keys: "Shift+Enter", does: "Submit" },
    ];
  }, [desk, issues, source, held, release]);

  return { hints, said };
}

function titleOf(issues: readonly CodedIssue[], code: string): string {
  return issues.find((issue) => issue.code === code)?.title ?? code;
}

function isControl(element: HTMLElement | null): element is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement {
  return element?.matches("input, textarea, select") ?? false;
}

/** The source has the focus, or nothing has. */
function isNowhere(target: Node): boolean {
  return target === document.body || (target instanceof HTMLElement && target.matches("[data-pane], main"));
}

/** Down and Up go from sentence to sentence; with Shift the selection grows and shrinks, sideways by a word. */
function selectBy(event: KeyboardEvent, source: SourceText): void {
  const { key, shiftKey } = event;
  if (key === "ArrowDown" || key === "ArrowUp") source.step(key === "ArrowDown" ? 1 : -1, shiftKey);
  else if (shiftKey && (key === "ArrowRight" || key === "ArrowLeft")) {
    source.widen(key === "ArrowRight" ? "forward" : "backward");
  } else return;
  event.preventDefault();
}
