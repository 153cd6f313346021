import { getDocumentProxy } from "unpdf";
import { Refused } from "./refused.mjs";

const MOST_PAGES = 1000;

/**
 * @typedef {{ str: string, dir: string, width: number, height: number, transform: number[], hasEOL: boolean }} Item
 * @typedef {{ text: string, left: number, right: number, y: number, height: number }} Line
 */

/**
 * The text of a PDF in reading order: a line feed between lines, a blank line between paragraphs, a form feed between pages.
 * @param {Buffer} bytes
 */
export async function textOfPdf(bytes) {
  const pdf = await open(bytes);
  if (pdf.numPages > MOST_PAGES)
    throw new Refused(
      `This PDF has ${pdf.numPages.toLocaleString("en")} pages; at most ${MOST_PAGES.toLocaleString("en")} are read. Upload the pages of the statement alone.`,
    );
  /** @type {Line[][]} */
  const read = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    read.push(linesOf(/** @type {Item[]} */ (items.filter((item) => "str" in item))));
    page.cleanup();
  }
  const usual = usualGap(read);
  const pages = read.map((lines) => paragraphsOf(lines, usual));
  if (pages.every((page) => page === "")) {
    throw new Refused(
      "This PDF holds no text: it is a scan or a picture. Have its text recognised by another program, or paste the text.",
    );
  }
  return { text: joined(pages), pages: pages.length, notes: notesOn(pages) };
}

/** @param {Buffer} bytes */
async function open(bytes) {
  try {
    return await getDocumentProxy(new Uint8Array(bytes), { isEvalSupported: false, stopAtErrors: false, verbosity: 0 });
  } catch (error) {
    const locked = error instanceof Error && error.name === "PasswordException";
    throw new Refused(locked ? "This PDF is locked by a password. Upload it without." : "This PDF is damaged.");
  }
}

/**
 * Items that stand on one line belong together, in the order in which the page was written.
 * @param {Item[]} items
 * @returns {Line[]}
 */
function linesOf(items) {
  /** @type {Item[][]} */
  const lines = [];
  /** @type {Item | null} */
  let last = null;
  for (const item of items) {
    if (item.str === "" && !item.hasEOL) continue;
    const same =
      last !== null &&
      !last.hasEOL &&
      Math.abs((item.transform[5] ?? 0) - (last.transform[5] ?? 0)) < Math.max(item.height, last.height, 1) * 0.6;
    if (same) lines.at(-1)?.push(item);
    else lines.push([item]);
    last = item;
  }
  return lines.map(lineOf).filter(({ text }) => text !== "");
}

/**
 * @param {Item[]} items
 * @returns {Line}
 */
function lineOf(items) {
  const drawn = items.filter(({ str }) => str !== "");
  const rightToLeft = drawn.filter(({ dir }) => dir === "rtl").length * 2 > drawn.length;
  const inOrder = rightToLeft ? drawn.toSorted((a, b) => x(b) - x(a)) : drawn;
  let text = "";
  /** @type {Item | null} */
  let last = null;
  for (const item of inOrder) {
    const gap = last === null ? 0 : rightToLeft ? x(last) - (x(item) + item.width) : x(item) - (x(last) + last.width);
    // A gap as wide as a space that nobody wrote.
    if (last !== null && gap > item.height * 0.2 && !/\s$/.test(text) && !/^\s/.test(item.str)) text += " ";
    text += item.str;
    last = item;
  }
  return {
    text: text.trim(),
    left: Math.min(...drawn.map(x)),
    right: Math.max(...drawn.map((item) => x(item) + item.width)),
    y: drawn[0]?.transform[5] ?? 0,
    height: Math.max(...drawn.map(({ height }) => height), 1),
  };
}

/** @param {Item} item */
const x = ({ transform }) => transform[4] ?? 0;

/**
 * From one line of a paragraph to the next: the gap that a quarter of all lines do not reach.
 * @param {Line[][]} pages
 */
function usualGap(pages) {
  const gaps = pages.flatMap((lines) => lines.slice(1).map((line, index) => (lines[index]?.y ?? 0) - line.y));
  const down = gaps.filter((gap) => gap > 0).sort((a, b) => a - b);
  return down[Math.floor((down.length - 1) / 4)] ?? 0;
}

/**
 * @param {Line[]} lines
 * @param {number} usual
 */
function paragraphsOf(lines, usual) {
  const left = lines.reduce((least, line) => Math.min(least, line.left), Infinity);
  const right = lines.reduce((most, line) => Math.max(most, line.right), -Infinity);
  return lines
    .map((line, index) => {
      const before = lines[index - 1];
      if (before === undefined) return line.text;
      const gap = before.y - line.y;
      const apart = gap < 0 || gap > Math.max(usual * 1.25, line.height * 1.2);
      const indented = line.left > left + line.height * 0.8 && before.left < left + line.height * 0.4;
      const ended =
        before.right < left + (right - left) * 0.8 && /[.!?:;\u061f\u3002][\s"'\u201d\u00bb]*$/.test(before.text);
      return `${apart || indented || ended ? "\n\n" : "\n"}${line.text}`;
    })
    .join("");
}

/**
 * Pages with form feeds between them. A paragraph goes on over the page when no sentence ends at its foot.
 * @param {string[]} pages
 */
function joined(pages) {
  return pages.reduce((text, page, index) => {
    if (index === 0) return page;
    const goesOn = text !== "" && !/[.!?:;\u061f\u3002]["'\u201d\u00bb\s\d]*$/.test(text.slice(-20));
    return `${text}${goesOn ? "\n\f" : "\n\n\f"}${page}`;
  }, "");
}

/** @param {string[]} pages */
function notesOn(pages) {
  const hyphens = pages.join("\n").match(/\p{L}-\n+\p{Ll}/gu)?.length ?? 0;
  const empty = pages.filter((page) => page === "").length;
  return [
    ...(hyphens > 0 ? [`${hyphens} lines end in a hyphen: join the words that were only broken there.`] : []),
    ...(empty > 0 ? [`${empty} of ${pages.length} pages hold no text: they may be scans.`] : []),
  ];
}
