import { foldName } from "@/features/actors/rules";
import { HEADING, LEADING, NOISE, PERSON } from "@/features/actors/rules/line-words";
import type { NameBook } from "@/features/actors/rules/name-book";
import { readLine, type PastedSpeaker } from "@/features/actors/rules/pasted-line";
import { isGroup } from "@/features/actors/rules/pasted-names";

/** A line of a paste with somebody who spoke. A line that lists several is there once for each. */
export type PastedLine = PastedSpeaker & {
  /** Number of the line in the paste, from 1, blank ones counted. */
  line: number;
  text: string;
};

/** Cells of a row that was copied from a spreadsheet, or that somebody separated by signs that no name has. */
function cellsOf(line: string): string[] | null {
  const sign = line.includes("\t") ? "\t" : line.includes(" | ") || line.startsWith("|") ? "|" : ";";
  const cells = line.split(sign).map((cell) => cell.trim().replace(/^"(.*)"$/u, "$1"));
  return cells.length > 1 ? cells : null;
}

/** The speaker of a row: the cell that names somebody for certain; a code and a name that disagree are asked. */
function readRow(cells: readonly string[], book: NameBook): PastedSpeaker[] {
  const told = cells.filter((cell) => /\p{L}{2}/u.test(cell) && !HEADING.test(cell));
  const read = told.flatMap((cell) => {
    const speakers = PERSON.test(cell) ? [] : readLine(cell, book);
    return speakers.length > 0 && speakers[0] ? [{ cell, speaker: speakers[0], several: speakers }] : [];
  });
  const certain = read.filter(({ speaker }) => speaker.meaning.actorId !== null);
  const [first] = certain.length > 0 ? certain : read.filter(({ speaker }) => speaker.meaning.candidates.length > 0);
  if (!first) return read.slice(0, 1).flatMap(({ cell, several }) => (NOISE.test(cell) ? [] : several.slice(0, 1)));
  const others = certain.filter(({ speaker }) => speaker.meaning.actorId !== first.speaker.meaning.actorId);
  const groups = others.filter(({ speaker }) => isGroup(speaker.meaning, book));
  const rivals = others.filter(({ speaker }) => !isGroup(speaker.meaning, book));
  const { speaker } = first;
  const parties = [
    ...speaker.parties,
    ...groups.map(({ speaker: { printed, meaning } }) => ({ printed, meaning })),
    ...read.flatMap((other) => (other === first ? [] : other.speaker.parties)),
  ];
  const candidates = [speaker, ...rivals.map((other) => other.speaker)].flatMap(({ meaning }) => meaning.candidates);
  const meaning =
    rivals.length === 0
      ? speaker.meaning
      : { match: "fuzzy" as const, actorId: null, candidates: [...new Set(candidates)] };
  return [{ ...speaker, meaning, parties }];
}

const LINE_BREAK = /\r\n|[\n\r\u2028\u2029]/u;

/** How many lines a paste has, blank ones counted. */
export function countLines(text: string): number {
  return text.split(LINE_BREAK).length;
}

/** Every text of a paste that may be a whole name, as `foldName` writes it: what a book of names must have looked up. */
export function textsIn(text: string): string[] {
  const texts = new Set<string>();
  for (const line of text.split(LINE_BREAK)) {
    const plain = line.replace(LEADING, "");
    for (const part of [line, plain, ...plain.split(/[\t()[\],;:|/+]|\s[-–—]+\s|\s(?:of|for|and)\s/u)]) {
      const folded = foldName(part);
      if (folded !== "") texts.add(folded);
    }
  }
  return [...texts];
}

/**
 * Everybody who spoke by a pasted text, in its order: a list, a table, sentences of a record. Headings, greetings and
 * sentences that name nobody are left out; what may name somebody is there, to be asked.
 */
export function readList(text: string, book: NameBook): PastedLine[] {
  return text.split(LINE_BREAK).flatMap((raw, index) => {
    const line = raw
      .normalize("NFC")
      .replace(/[\u00a0\u2007\u202f]/gu, " ")
      .trim();
    if (line === "") return [];
    const cells = cellsOf(line);
    const speakers = cells && !book.known(line) ? readRow(cells, book) : readLine(line, book);
    return speakers.map((speaker) => ({ ...speaker, line: index + 1, text: line }));
  });
}
