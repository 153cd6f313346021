"use client";

import { useEffect, useState, type MouseEvent } from "react";
import { pngBlob, svgText } from "@/components/chart/picture";
import { Menu } from "@/components/ui/menu";
import { asMarkdown, asTsv } from "@/components/ui/table-text";

type CopyAsProps = {
  /** What is copied, for screen readers: "the trend of speakers". */
  name: string;
  /** The number with its sentence. */
  sentence: string;
  /** What a reader needs to find the same thing again, without the address, which is added: see `citationOf`. */
  citation: string;
  /** The id of the table, or of what holds it. */
  table?: string | undefined;
  /** The id of what holds the drawing. */
  picture?: string | undefined;
};

const SHOWN_FOR_MS = 2500;
const REFUSED = "Not copied: this browser does not allow it here";

const put = (text: string): Promise<void> => navigator.clipboard.writeText(text);

/** A menu that copies what stands beside it, in the forms in which it goes on: words, citation, table, picture, address. */
export function CopyAs({ name, sentence, citation, table, picture }: CopyAsProps) {
  const [outcome, setOutcome] = useState("");

  useEffect(() => {
    if (outcome === "") return;
    const timer = setTimeout(() => setOutcome(""), SHOWN_FOR_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  const ways: [label: string, copy: () => Promise<void>][] = [
    ["Number with its sentence", () => put(sentence)],
    ["Citation", () => put(`${citation} ${location.href}`)],
    ["Link", () => put(location.href)],
  ];
  if (table !== undefined) {
    ways.push(["Table for a spreadsheet (TSV)", async () => put(asTsv(table))]);
    ways.push(["Table for a text (Markdown)", async () => put(asMarkdown(table))]);
  }
  if (picture !== undefined) {
    ways.push(["Picture as SVG", async () => put(svgText(picture))]);
    // The promise itself goes in: the browser asks at the press whether it may, and waits for the picture afterwards.
    const image = () => navigator.clipboard.write([new ClipboardItem({ "image/png": pngBlob(picture) })]);
    ways.push(["Picture as PNG", image]);
  }

  const choose = (event: MouseEvent<HTMLElement>, copy: () => Promise<void>) => {
    event.currentTarget.closest<HTMLElement>("[popover]")?.hidePopover();
    copy().then(
      () => setOutcome("Copied"),
      () => setOutcome(REFUSED),
    );
  };

  return (
    <span className="no-print inline-flex flex-wrap items-center gap-2">
      <Menu label="Copy as" describe={`Copy ${name} as`}>
        {ways.map(([label, copy]) => (
          <button key={label} type="button" className="menu-item" onClick={(event) => choose(event, copy)}>
            {label}
          </button>
        ))}
      </Menu>
      <span aria-live="polite" className="text-sm text-ink-2">
        {outcome}
      </span>
    </span>
  );
}
