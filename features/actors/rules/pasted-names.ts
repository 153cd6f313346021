import type { Meaning, NameBook } from "@/features/actors/rules/name-book";
import { EXCEPT, OWN_WORDS } from "@/features/actors/rules/line-words";

/** A name as it stands in a paste, and whom it means. */
export type PastedName = { printed: string; meaning: Meaning };

export const NOBODY: Meaning = { match: "none", actorId: null, candidates: [] };

const SEPARATOR = /(\s*,?\s+as\s+well\s+as\s+|\s*[,;+]\s*(?:and\s+|et\s+|y\s+)?|\s+(?:and|et|y|&|\+|и)\s+)/iu;
/** Most pieces that one name has: "Saint Vincent and the Grenadines" has two. */
const LONGEST_RUN = 5;

/** Whom a text means: by what is known, else by likeness. */
export function meaningOf(text: string, book: NameBook): Meaning {
  return book.known(text) ?? book.alike(text) ?? NOBODY;
}

/** Whether the actor stands for others: it can be the group of a statement. */
export function isGroup({ actorId }: Meaning, book: NameBook): boolean {
  if (actorId === null) return false;
  const { kind } = book.actor(actorId);
  return kind === "group" || kind === "regional_organization";
}

/**
 * The names of an enumeration, in order. "Antigua and Barbuda" and "Korea, Republic of" are one name each; a group that is
 * called by its members, "France and Mexico", is meant only when nothing else is listed.
 */
export function namesIn(text: string, book: NameBook): PastedName[] {
  const whole = book.known(text);
  if (whole) return [{ printed: text.trim(), meaning: whole }];
  const pieces = text.split(SEPARATOR);
  const names: PastedName[] = [];
  for (let at = 0; at < pieces.length; at += 2) {
    const found = longestFrom(pieces, at, book);
    if (found) {
      names.push(found.name);
      at = found.last;
      continue;
    }
    const printed = (pieces[at] ?? "")
      .trim()
      .replace(/^(?:the|and)\s+/iu, "")
      .replace(/[.\s]+$/u, "");
    if (printed !== "") names.push({ printed, meaning: book.alike(printed) ?? NOBODY });
  }
  return names;
}

function longestFrom(pieces: string[], at: number, book: NameBook): { name: PastedName; last: number } | null {
  const end = Math.min(pieces.length - 1, at + 2 * (LONGEST_RUN - 1));
  for (let last = end; last >= at; last -= 2) {
    const printed = pieces
      .slice(at, last + 1)
      .join("")
      .trim()
      .replace(/[.\s]+$/u, "");
    const meaning = book.known(printed);
    if (meaning && (last === at || !isGroup(meaning, book))) return { name: { printed, meaning }, last };
  }
  return null;
}

/** For whom a statement was delivered, as a line says it. */
export type PastedParties = { parties: PastedName[]; except: PastedName[]; own: boolean };

/** Reads what follows "on behalf of": names, whom it leaves out, and whether the speaker's own country is among them. */
export function partiesIn(text: string, book: NameBook): PastedParties {
  const others = text.replace(OWN_WORDS, "");
  const [named = "", left = ""] = others.split(EXCEPT);
  const plain = (part: string): string =>
    part
      .replace(/\s*,?\s*(?:and|et)\s+(?:its|their|ses)\s+(?:\d+\s+)?(?:member\s+states|members|États membres)\b/giu, "")
      .replace(/^[\s,;:]*(?:the\s+)?|[\s,;:.\]]+$/giu, "")
      .replace(/^([^()]*)\)+$/u, "$1")
      .trim();
  const known = plain(named);
  // "the Nordic countries (Denmark, Finland, ...)": the group, with its members explained.
  const explained = /^([^(]+)\([^)]*,[^)]*\)?$/u.exec(known)?.[1];
  const group = explained === undefined ? null : book.known(explained);
  const parties =
    group && explained && isGroup(group, book)
      ? [{ printed: explained.trim(), meaning: group }]
      : known === ""
        ? []
        : namesIn(known, book);
  return {
    parties,
    except: plain(left) === "" ? [] : namesIn(plain(left), book),
    own: others !== text,
  };
}
