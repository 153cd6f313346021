/** A number on a page that did not open as many rows as it says. */
export type Mismatch = { page: string; words: string; href: string; said: number; found: number };
export type Walked = { pages: string[]; numbers: number; wrong: Mismatch[]; broken: string[] };
type Limits = { starts: string[]; pagesOfAShape: number; numbersOfAShape: number };

/**
 * Walks a product as a browser does, by its links, and opens every number (`a[data-count]`) that it meets. Runs inside a page that
 * is signed in, and takes nothing from outside. Pages and numbers of one shape differ by what they are about only; of each shape
 * some are opened.
 */
export async function walkNumbers({ starts, pagesOfAShape, numbersOfAShape }: Limits): Promise<Walked> {
  const documents = new Map<string, Document | null>();
  const broken: string[] = [];

  async function open(href: string): Promise<Document | null> {
    const address = href.split("#")[0] ?? href;
    const known = documents.get(address);
    if (known !== undefined) return known;
    const response = await fetch(address);
    const page = response.ok ? new DOMParser().parseFromString(await response.text(), "text/html") : null;
    if (!page) broken.push(`${address} answers ${response.status}`);
    documents.set(address, page);
    return page;
  }

  const VARYING =
    /^(states|groups|dialogues|reports|votes|codebook|positions|people|import|members|statements|texts|versions)$/;
  /** The address of a page without what it is about. */
  function pathOf(href: string): string {
    const parts = new URL(href, location.href).pathname.split("/");
    const varies = (place: number) =>
      VARYING.test(parts[place - 1] ?? "") || (parts[1] === "positions" && parts[2] !== "cells" && place > 1);
    return parts.map((part, place) => (varies(place) ? "*" : part)).join("/");
  }
  /** What a number opens, without what it is about: the page, which of its parameters, which of its lists. */
  function shapeOf(href: string): string {
    const { searchParams, hash } = new URL(href, location.href);
    return `${pathOf(href)}?${[...searchParams.keys()].sort().join("&")}${hash}`;
  }
  const addressOf = (link: Element, from: string): string | null => {
    const url = new URL(link.getAttribute("href") ?? "", new URL(from, location.origin));
    return url.origin === location.origin ? `${url.pathname}${url.search}${url.hash}` : null;
  };

  /** Rows of the list that an address points at, on this page of it, and where the list goes on. */
  function rowsIn(page: Document, address: string, hash: string): { rows: number; next: string | null } {
    const main: Element = page.querySelector("main") ?? page.documentElement;
    const anchor = hash === "" ? main : page.getElementById(decodeURIComponent(hash));
    if (!anchor) return { rows: -1, next: null };
    const after = (element: Element) =>
      anchor.contains(element) || (anchor.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
    const table = [...main.querySelectorAll("table, [data-rows]")].find(after);
    // A part of the page with its tables, of which it may have several, or a heading with the table after it.
    const scope = table && anchor.contains(table) ? anchor : table;
    const lines = [...(scope?.querySelectorAll("tbody tr, [data-rows] > *") ?? [])];
    const rows = lines.filter((line) => !line.matches(".matrix-heading, .matrix-subtotal")).length;
    const nexts = [...main.querySelectorAll('a[rel="next"]')];
    const next = hash === "" ? nexts[0] : nexts.find((link) => table && isFirstAfter(main, table, link));
    return { rows, next: next ? addressOf(next, address) : null };
  }
  function isFirstAfter(main: Element, table: Element, link: Element): boolean {
    const between = [...main.querySelectorAll("table, [data-rows]")].filter(
      (one) =>
        one !== table &&
        !table.contains(one) &&
        (table.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0 &&
        (one.compareDocumentPosition(link) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
    );
    return between.length === 0 && (table.compareDocumentPosition(link) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  }

  async function rowsBehind(href: string): Promise<number> {
    const hash = href.split("#")[1] ?? "";
    let rows = 0;
    for (let at: string | null = href; at !== null;) {
      const page: Document | null = await open(at);
      if (!page) return -1;
      const found = rowsIn(page, at, hash);
      if (found.rows < 0) return -1;
      rows += found.rows;
      at = found.next;
    }
    return rows;
  }

  const seen = new Map<string, number>();
  const first = (shape: string, most: number): boolean => {
    const count = (seen.get(shape) ?? 0) + 1;
    seen.set(shape, count);
    return count <= most;
  };
  const waiting = [...starts];
  const visited = new Set<string>();
  const checked = new Map<string, number>();
  const wrong: Mismatch[] = [];
  let numbers = 0;
  for (let href = waiting.shift(); href !== undefined; href = waiting.shift()) {
    const address = href.split("#")[0] ?? href;
    if (visited.has(address)) continue;
    visited.add(address);
    const page = await open(address);
    if (!page) continue;
    for (const link of page.querySelectorAll("a[href]")) {
      const to = addressOf(link, address);
      if (to === null || link.hasAttribute("download") || /^\/(api|sign-in|set-up)\b/.test(to)) continue;
      const count = link.getAttribute("data-count");
      if (count !== null && first(`${pathOf(address)} > ${shapeOf(to)}`, numbersOfAShape)) {
        const found = checked.get(to) ?? (await rowsBehind(to));
        checked.set(to, found);
        numbers += 1;
        const words = (link.textContent ?? "").trim();
        if (found !== Number(count)) wrong.push({ page: address, words, href: to, said: Number(count), found });
      }
      if (!visited.has(to.split("#")[0] ?? to) && first(pathOf(to), pagesOfAShape)) waiting.push(to);
    }
  }
  return { pages: [...visited], numbers, wrong, broken };
}
