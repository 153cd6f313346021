"use client";

import { useEffect, useRef, useState, type RefObject } from "react";
import { placeOfCell, searchOf, type CellColumn } from "@/features/positions/components/cell-address";
import type { CellPeekDto } from "@/features/positions/formats/peek";

type CellPeekProps = {
  /** What the table is in. */
  frame: RefObject<HTMLElement | null>;
  columns: readonly CellColumn[];
  search: string;
};

type Shown = { cell: HTMLTableCellElement; title: string; words: string; address: string | null };

const OPEN_AFTER_MS = 160;
/** Long enough for the pointer to reach what it opened (WCAG 1.4.13). */
const CLOSE_AFTER_MS = 220;

/**
 * What a cell rests on, beside the cell that has the pointer or the focus: asked for when it is needed, once. Escape closes it; the
 * pointer can go there.
 */
export function CellPeek({ frame, columns, search }: CellPeekProps) {
  const card = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<Shown | null>(null);
  const [read, setRead] = useState<{ address: string; peek: CellPeekDto | null } | null>(null);

  useEffect(() => {
    const element = frame.current;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = (next: Shown | null) => {
      clearTimeout(timer);
      timer = setTimeout(() => setShown(next), next ? OPEN_AFTER_MS : CLOSE_AFTER_MS);
    };
    const enter = ({ target }: Event) => {
      if (!(target instanceof Element)) return;
      if (card.current?.contains(target)) clearTimeout(timer);
      else later(describe(target.closest("tr[data-actor] > td"), columns, search));
    };
    const leave = () => later(null);
    const press = ({ key }: KeyboardEvent) => {
      if (key !== "Escape") return;
      clearTimeout(timer);
      setShown(null);
    };
    element?.addEventListener("pointerover", enter);
    element?.addEventListener("focusin", enter);
    element?.addEventListener("pointerleave", leave);
    element?.addEventListener("focusout", leave);
    document.addEventListener("keydown", press);
    return () => {
      clearTimeout(timer);
      element?.removeEventListener("pointerover", enter);
      element?.removeEventListener("focusin", enter);
      element?.removeEventListener("pointerleave", leave);
      element?.removeEventListener("focusout", leave);
      document.removeEventListener("keydown", press);
    };
  }, [frame, columns, search]);

  useEffect(() => {
    const address = shown?.address;
    if (!address) return undefined;
    const request = new AbortController();
    fetch(address, { signal: request.signal })
      .then(async (answer) => setRead({ address, peek: answer.ok ? ((await answer.json()) as CellPeekDto) : null }))
      .catch(() => {
        if (!request.signal.aborted) setRead({ address, peek: null });
      });
    return () => request.abort();
  }, [shown?.address]);

  // After every drawing: what is read makes it taller.
  useEffect(() => {
    if (shown && card.current) placeBeside(card.current, shown.cell);
    else card.current?.hidePopover();
  });

  const found = read !== null && read.address === shown?.address ? read : null;
  return (
    <div ref={card} popover="manual" className="popover peek" aria-live="polite">
      {shown && (
        <>
          <p className="font-medium">{shown.title}</p>
          <p className="text-sm text-ink-2">{found?.peek?.words ?? shown.words}</p>
          {shown.address !== null && <Behind found={found} />}
        </>
      )}
    </div>
  );
}

function Behind({ found }: { found: { peek: CellPeekDto | null } | null }) {
  if (!found) return <p className="text-sm text-ink-3">Reading the evidence…</p>;
  if (!found.peek) return <p className="text-sm text-ink-3">The evidence could not be read just now.</p>;
  const { quote, reason, source } = found.peek;
  return (
    <>
      {quote !== null && (
        <blockquote className="my-1.5 border-s-2 border-mark-line ps-2.5 font-text text-base whitespace-pre-line wrap-anywhere">
          {quote}
        </blockquote>
      )}
      {reason !== null && <p className="my-1 text-sm text-ink-2">No quotation: {reason}</p>}
      <p className="text-sm text-ink-3">{source}</p>
    </>
  );
}

/** What a cell says by itself; its evidence is asked for only where there is a position at an address of its own. */
function describe(cell: Element | null, columns: CellPeekProps["columns"], search: string): Shown | null {
  const place = placeOfCell(cell, columns);
  if (!place || !(cell instanceof HTMLTableCellElement)) return null;
  const { actor, issue, dialogue, row, column } = place;
  const query = new URLSearchParams(searchOf(place, search));
  query.set("actor", actor);
  query.set("issue", issue);
  return {
    cell,
    title: `${row} · ${column}`,
    words: cell.textContent ?? "",
    address: cell.querySelector("a") && dialogue !== "" ? `/api/positions?${query}` : null,
  };
}

const GAP = 4;

function placeBeside(card: HTMLElement, cell: HTMLElement): void {
  card.showPopover();
  const at = cell.getBoundingClientRect();
  const { width, height } = card.getBoundingClientRect();
  const below = at.bottom + GAP + height <= window.innerHeight;
  card.style.top = `${Math.max(GAP, below ? at.bottom + GAP : at.top - GAP - height)}px`;
  card.style.left = `${Math.max(GAP, Math.min(at.left, window.innerWidth - width - GAP))}px`;
}
