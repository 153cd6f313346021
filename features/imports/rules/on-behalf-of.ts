import { parseRepresents } from "@/features/statements/schema";

/** One party as a file writes it: texts that stand for actors by a name or code. */
export type WrittenParty =
  | { basis: "own" }
  | { basis: "group"; actor: string; exclude: string[] }
  | { basis: "named" | "aligned"; actor: string };

/** What a text may mean: `unknown` is the part of it that is neither of our notation nor of our words. */
export type Written = { parties: WrittenParty[]; unknown: string | null };

/** Whether a text is the name or code of somebody who has members, of somebody else, or of nobody. */
export type WhatIs = (text: string) => "group" | "other" | null;

const MOST_PIECES = 6;

/** Texts between the commas and the "and" of a list, with what stood before each. */
function piecesOf(list: string): { glue: string; text: string }[] {
  const parts = list.split(/(, | and )/);
  return parts.flatMap((text, index) => (index % 2 === 0 ? [{ glue: parts[index - 1] ?? "", text }] : []));
}

/** Every text that may be a name in a list: "Antigua and Barbuda, Chad" may hold one name of two pieces, or two. */
export function candidatesIn(words: string): string[] {
  const lists = words.split(/; ?/).flatMap((part) => part.replace(/^aligned: /, "").split(" without "));
  return lists.flatMap((list) => {
    const pieces = piecesOf(list);
    return pieces.flatMap((_, start) =>
      Array.from({ length: Math.min(MOST_PIECES, pieces.length - start) }, (__, length) =>
        joined(pieces, start, length + 1),
      ),
    );
  });
}

function joined(pieces: { glue: string; text: string }[], start: number, length: number): string {
  return pieces
    .slice(start, start + length)
    .map(({ glue, text }, index) => (index === 0 ? text : glue + text))
    .join("")
    .trim();
}

/** The names of a list, the longest first that somebody has; or the part that nobody is called. */
function namesIn(list: string, whatIs: WhatIs): { names: string[]; unknown: string | null } {
  const pieces = piecesOf(list);
  const names: string[] = [];
  for (let start = 0; start < pieces.length;) {
    let length = Math.min(MOST_PIECES, pieces.length - start);
    while (length > 0 && whatIs(joined(pieces, start, length)) === null) length -= 1;
    if (length === 0) return { names, unknown: joined(pieces, start, 1) };
    names.push(joined(pieces, start, length));
    start += length;
  }
  return { names, unknown: null };
}

/** One part of the words: own capacity, a group with or without members, named or aligned actors. */
function partIn(part: string, whatIs: WhatIs): Written {
  if (/^own(?: capacity)?$/i.test(part)) return { parties: [{ basis: "own" }], unknown: null };
  if (part.startsWith("aligned: ")) {
    const { names, unknown } = namesIn(part.slice("aligned: ".length), whatIs);
    return { parties: names.map((actor) => ({ basis: "aligned", actor })), unknown };
  }
  const [head = "", without] = part.split(/ without (?=[^;]*$)/);
  if (without !== undefined) {
    const { names, unknown } = namesIn(without, whatIs);
    return { parties: [{ basis: "group", actor: head.trim(), exclude: names }], unknown };
  }
  const { names, unknown } = namesIn(part, whatIs);
  const parties = names.map((actor): WrittenParty => {
    return whatIs(actor) === "group" ? { basis: "group", actor, exclude: [] } : { basis: "named", actor };
  });
  return { parties, unknown };
}

/**
 * For whom a statement was delivered, as a file writes it: in the notation of files of statements ("group:nordic-FIN;
 * aligned:ALB"), or in the words of the participants list ("own capacity; Nordic countries without Finland; aligned: Albania").
 */
export function readParties(text: string, whatIs: WhatIs): Written {
  const notation = parseRepresents(text);
  if (notation) {
    const parties = notation.map((row): WrittenParty => {
      return row.basis === "group" ? { basis: "group", actor: row.group, exclude: row.exclude } : row;
    });
    return { parties, unknown: null };
  }
  const parts = text.split(/; ?/).filter((part) => part.trim() !== "");
  const read = parts.map((part) => partIn(part.trim(), whatIs));
  return {
    parties: read.flatMap(({ parties }) => parties),
    unknown: read.find(({ unknown }) => unknown !== null)?.unknown ?? null,
  };
}
