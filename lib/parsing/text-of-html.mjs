import { parse as parseHtml } from "parse5";

/** What is never read: programs, styles, and what a reader does not see. */
const DROPPED = new Set(
  "script style template noscript head title svg math iframe object embed canvas audio video select textarea button form".split(
    " ",
  ),
);
const BLOCKS = new Set(
  "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer h1 h2 h3 h4 h5 h6 header hr html li main nav ol p section summary table tbody tfoot thead tr ul caption".split(
    " ",
  ),
);

/**
 * @typedef {{ nodeName: string, value?: string, childNodes?: Node[], attrs?: { name: string, value: string }[] }} Node
 */

/**
 * The text of a web page, a blank line between its blocks, a line feed for a line break. Nothing of it is run or fetched.
 * @param {string} html
 */
export function textOfHtml(html) {
  const parts = /** @type {string[]} */ ([]);
  // A stack of our own: a page may be nested deeper than functions may call each other.
  /** @type {({ node: Node, pre: boolean } | string)[]} */
  const left = [{ node: /** @type {Node} */ (/** @type {unknown} */ (parseHtml(html))), pre: false }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (typeof next === "string") {
      parts.push(next);
      continue;
    }
    const { node, pre } = next;
    const name = node.nodeName.toLowerCase();
    if (name === "#text")
      parts.push(pre ? (node.value ?? "").replaceAll("\n", "\v") : (node.value ?? "").replaceAll(/[ \t\n\f\r]+/g, " "));
    if (DROPPED.has(name) || node.attrs?.some((attribute) => attribute.name === "hidden")) continue;
    if (name === "br") parts.push("\v");
    const within = pre || name === "pre";
    const block = BLOCKS.has(name) || name === "pre";
    if (block) left.push("\n\n");
    if (name === "td" || name === "th") left.push("\t");
    for (const child of (node.childNodes ?? []).toReversed()) left.push({ node: child, pre: within });
    if (block) left.push("\n\n");
  }
  const blocks = parts.join("").split("\n\n").map(tidyBlock);
  return blocks.filter((block) => block !== "").join("\n\n");
}

/**
 * @param {string} block in which a vertical tab stands for a line break
 */
function tidyBlock(block) {
  return block
    .split("\v")
    .map((line) => line.replaceAll(/ {2,}/g, " ").trim())
    .join("\n")
    .trim();
}
