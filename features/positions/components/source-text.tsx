import {
  readSource,
  sentencesOf,
  stretchesOf,
  wholeWords,
  type ReadSource,
  type Stretch,
} from "@/features/positions/rules/source";

/** Words that were selected, and where they start in the stored text, in Unicode code points. */
export type Selected = { quote: string; start: number; ranges: Range[] };

/**
 * The source as it stands on the page: finds words in it, tells what is selected, and selects sentence by sentence for those
 * who use no mouse. For the browser; made anew when another text is shown.
 */
export class SourceText {
  private readonly elements: HTMLElement[];
  private readonly source: ReadSource;
  private readonly sentences: Stretch[];
  private readonly found = new Map<string, Stretch[] | null>();
  /** The sentences that were selected last, by their places in the list; `to` moves when the selection grows. */
  private chosen: { from: number; to: number } | null = null;
  /** Id of the text. */
  readonly id: string;

  constructor(private readonly pane: HTMLElement) {
    const text = pane.querySelector<HTMLElement>("[data-text]");
    this.id = text?.dataset["text"] ?? "";
    this.elements = [...pane.querySelectorAll<HTMLElement>("[data-paragraph]")];
    const paragraphs = this.elements.map((element) => ({
      start: Number(element.dataset["start"]),
      text: element.textContent ?? "",
    }));
    this.source = readSource(paragraphs);
    this.sentences = paragraphs.flatMap(({ text: words }, paragraph) =>
      sentencesOf(words, text?.lang ?? "en").map((sentence) => ({ paragraph, ...sentence })),
    );
  }

  /** Where words stand; null when they are not in the text verbatim. */
  find(quote: string, start?: number): Stretch[] | null {
    const key = `${start ?? ""} ${quote}`;
    const known = this.found.get(key);
    if (known !== undefined) return known;
    const stretches = stretchesOf(this.source, quote, start);
    this.found.set(key, stretches);
    return stretches;
  }

  /** The number of the paragraph in which words begin. */
  paragraphOf(stretches: readonly Stretch[]): string {
    return this.elements[stretches[0]?.paragraph ?? 0]?.dataset["paragraph"] ?? "";
  }

  rangesOf(stretches: readonly Stretch[]): Range[] {
    return stretches.flatMap(({ paragraph, from, until }) => {
      const element = this.elements[paragraph];
      return element ? [rangeIn(element, from, until)] : [];
    });
  }

  /** What is selected in this text now; null when nothing is. */
  selected(): Selected | null {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
    const range = selection.getRangeAt(0);
    const pieces = this.elements.flatMap((element, paragraph) => {
      if (!range.intersectsNode(element)) return [];
      const words = element.textContent ?? "";
      const first = element.contains(range.startContainer)
        ? offsetIn(element, range.startContainer, range.startOffset)
        : 0;
      const last = element.contains(range.endContainer)
        ? offsetIn(element, range.endContainer, range.endOffset)
        : words.length;
      const { from, until } = wholeWords(words, first, last);
      return from < until ? [{ paragraph, from, until, words: words.slice(from, until) }] : [];
    });
    const [head] = pieces;
    if (!head) return null;
    const { start, text } = this.source.paragraphs[head.paragraph] ?? { start: 0, text: "" };
    return {
      quote: pieces.map(({ words }) => words).join("\n\n"),
      start: start + Array.from(text.slice(0, head.from)).length,
      ranges: this.rangesOf(pieces),
    };
  }

  /** Selects the next sentence, or the one before; with `extend` the selection grows or shrinks by one. */
  step(by: 1 | -1, extend: boolean): void {
    const last = this.sentences.length - 1;
    if (last < 0) return;
    const inside = (at: number): number => Math.min(Math.max(at, 0), last);
    const { from, to } = this.chosen ?? { from: by === 1 ? -1 : 0, to: by === 1 ? -1 : 0 };
    const next = inside(to + by);
    this.chosen = extend && this.chosen ? { from, to: next } : { from: next, to: next };
    const [first, end] = [Math.min(this.chosen.from, next), Math.max(this.chosen.from, next)];
    this.select(this.sentences[first], this.sentences[end], this.sentences[next]);
  }

  /** Moves the end of the selection by a word. */
  widen(by: "forward" | "backward"): void {
    document.getSelection()?.modify("extend", by, "word");
  }

  private select(first: Stretch | undefined, last: Stretch | undefined, seen: Stretch | undefined): void {
    if (!first || !last || !seen) return;
    const [head] = this.rangesOf([first]);
    const [tail] = this.rangesOf([last]);
    if (!head || !tail) return;
    document.getSelection()?.setBaseAndExtent(head.startContainer, head.startOffset, tail.endContainer, tail.endOffset);
    this.reveal([seen]);
  }

  /** Scrolls the pane, and nothing else, until words are in view. */
  reveal(stretches: readonly Stretch[]): void {
    const [range] = this.rangesOf(stretches);
    if (!range) return;
    const words = range.getBoundingClientRect();
    const pane = this.pane.getBoundingClientRect();
    if (words.top < pane.top || words.bottom > pane.bottom) {
      this.pane.scrollTop += words.top - pane.top - pane.height / 3;
    }
  }
}

function rangeIn(element: HTMLElement, from: number, until: number): Range {
  const range = document.createRange();
  range.selectNodeContents(element);
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let before = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const { length } = node as Text;
    if (from >= before && from <= before + length) range.setStart(node, from - before);
    if (until > before && until <= before + length) {
      range.setEnd(node, until - before);
      break;
    }
    before += length;
  }
  return range;
}

/** How many UTF-16 units of an element's text stand before a place in it. */
function offsetIn(element: HTMLElement, node: Node, offset: number): number {
  const range = document.createRange();
  range.selectNodeContents(element);
  range.setEnd(node, offset);
  return range.toString().length;
}
