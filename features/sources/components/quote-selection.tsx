"use client";

import { useActionState, useEffect, useRef, useState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextArea } from "@/components/ui/text-area";
import { quoteAction } from "@/features/sources/actions";
import { initialFormState, issueAt } from "@/lib/form-state";

type QuoteSelectionProps = { dialogue: string; statement: string; text: string };

/** What was selected in the text: its words and about where it starts, in code points. */
type Selected = { quote: string; start: number };

const WORD = /[\p{L}\p{Nd}\p{M}]/u;

/** Moves the ends of a selection out to the ends of the words that they stand in. */
function wholeWords(range: Range): void {
  const { startContainer: first, endContainer: last } = range;
  const before = first.textContent ?? "";
  const after = last.textContent ?? "";
  let { startOffset: from, endOffset: to } = range;
  if (first.nodeType === Node.TEXT_NODE) {
    while (from > 0 && WORD.test(before.charAt(from - 1)) && WORD.test(before.charAt(from))) from -= 1;
    range.setStart(first, from);
  }
  if (last.nodeType === Node.TEXT_NODE) {
    while (to > 0 && to < after.length && WORD.test(after.charAt(to - 1)) && WORD.test(after.charAt(to))) to += 1;
    range.setEnd(last, to);
  }
}

function paragraphOf(node: Node): HTMLElement | null {
  const element = node instanceof Element ? node : node.parentElement;
  return element?.closest<HTMLElement>("[data-paragraph]") ?? null;
}

/** The words of the selection within the text, or null. Numbers of paragraphs and pages in between are left out. */
function selected(): Selected | null {
  const selection = document.getSelection();
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0).cloneRange();
  const all = [...document.querySelectorAll<HTMLElement>("#reading [data-paragraph]")];
  const touched = all.filter((paragraph) => range.intersectsNode(paragraph));
  const [first] = touched;
  if (!first) return null;
  wholeWords(range);
  const words = touched.map((paragraph) => {
    const part = document.createRange();
    part.selectNodeContents(paragraph);
    if (paragraph.contains(range.startContainer)) part.setStart(range.startContainer, range.startOffset);
    if (paragraph.contains(range.endContainer)) part.setEnd(range.endContainer, range.endOffset);
    return part.toString();
  });
  const quote = words.join("\n\n").trim();
  if (quote === "") return null;
  const lead = document.createRange();
  lead.selectNodeContents(first);
  if (first.contains(range.startContainer)) lead.setEnd(range.startContainer, range.startOffset);
  else lead.collapse(true);
  return { quote, start: Number(first.dataset["start"] ?? 0) + Array.from(lead.toString()).length };
}

/** Selects a paragraph: from there, Shift and the arrow keys change where the selection ends. */
function selectParagraph(by: 1 | -1): void {
  const all = [...document.querySelectorAll<HTMLElement>("#reading [data-paragraph]")];
  const selection = document.getSelection();
  const now = selection?.anchorNode ? paragraphOf(selection.anchorNode) : null;
  const at = now ? all.indexOf(now) + by : 0;
  const paragraph = all[Math.min(Math.max(at, 0), all.length - 1)];
  if (!paragraph || !selection) return;
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  const first = walker.nextNode();
  if (!first) return;
  let last = first;
  for (let next = walker.nextNode(); next; next = walker.nextNode()) last = next;
  selection.setBaseAndExtent(first, 0, last, last.textContent?.length ?? 0);
  paragraph.scrollIntoView({ block: "nearest" });
}

/** Moves the start of the selection by a word. */
function moveStart(direction: "forward" | "backward"): void {
  const selection = document.getSelection();
  if (!selection || selection.rangeCount === 0) return;
  const { startContainer, startOffset, endContainer, endOffset } = selection.getRangeAt(0);
  selection.setBaseAndExtent(endContainer, endOffset, startContainer, startOffset);
  selection.modify("extend", direction, "word");
  if (selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  selection.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
}

const KEYS: Record<string, () => void> = {
  j: () => selectParagraph(1),
  k: () => selectParagraph(-1),
  ",": () => moveStart("backward"),
  ".": () => moveStart("forward"),
};

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
}

/**
 * Makes a quotation of what is selected in the text, by mouse or keyboard. Without JavaScript the words are typed or pasted;
 * the server looks for them in the text either way.
 */
export function QuoteSelection({ dialogue, statement, text }: QuoteSelectionProps) {
  const [state, submit] = useActionState(quoteAction, initialFormState<void>());
  const [words, setWords] = useState<Selected | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    const look = (): void => {
      const found = selected();
      if (!found) return;
      setWords(found);
      if (field.current) field.current.value = found.quote;
    };
    const press = (event: KeyboardEvent): void => {
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
      if (!plain || isTyping(event.target) || document.querySelector("dialog[open]")) return;
      const act = KEYS[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("selectionchange", look);
    document.addEventListener("keydown", press);
    return () => {
      document.removeEventListener("selectionchange", look);
      document.removeEventListener("keydown", press);
    };
  }, []);

  const typed = state.values["quote"];
  return (
    <form ref={form} action={submit} className="grid gap-2" key={state.attempt}>
      {state.status === "error" && <ErrorSummary issues={state.issues} message={state.message} />}
      <input type="hidden" name="dialogue" value={dialogue} />
      <input type="hidden" name="statement" value={statement} />
      <input type="hidden" name="text" value={text} />
      {words && <input type="hidden" name="start" value={words.start} />}
      <Field
        name="quote"
        label="Quote from this text"
        hint="Select words in the text, or paste them here. They have to stand in it verbatim."
        error={issueAt(state, "quote")}
      >
        {(binding) => (
          <TextArea
            {...binding}
            ref={field}
            rows={4}
            dir="auto"
            className="font-text"
            defaultValue={typeof typed === "string" ? typed : undefined}
            onInput={() => setWords(null)}
          />
        )}
      </Field>
      <div>
        <SubmitButton id="quote" pendingLabel="Quoting…">
          Quote
        </SubmitButton>
      </div>
    </form>
  );
}
