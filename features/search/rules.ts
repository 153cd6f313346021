/** One thing to look for. */
export type Term = {
  /** A word, or the words of a phrase in their order. */
  text: string;
  kind: "word" | "phrase" | "prefix";
  /** What has it is left out. */
  excluded: boolean;
};

/** What was asked for: every group must be found; of a group any one term. */
export type SearchQuery = Term[][];

/** More terms than anybody types; each costs a look into every language's index. */
export const MOST_TERMS = 20;

const TOKEN = /(-?)(?:"([^"]*)"?|(\S+))/gu;
const HAS_WORD = /[\p{L}\p{N}]/u;

function termOf(minus: string, phrase: string | undefined, word: string | undefined): Term | null {
  const excluded = minus === "-";
  if (phrase !== undefined) return HAS_WORD.test(phrase) ? { text: phrase.trim(), kind: "phrase", excluded } : null;
  const text = (word ?? "").replaceAll('"', " ").trim();
  if (!HAS_WORD.test(text)) return null;
  const isPrefix = /[\p{L}\p{N}]\*$/u.test(text);
  return { text: isPrefix ? text.slice(0, -1) : text, kind: isPrefix ? "prefix" : "word", excluded };
}

/**
 * Reads a query as search boxes commonly do: all words must be found; "…" is a phrase; OR (in capitals) joins alternatives; a
 * leading - or NOT leaves out; word* finds what begins so; AND is the rule and may be written. Text that makes no sense is
 * looked for as words. The first 20 terms count.
 */
export function parseSearch(text: string): SearchQuery {
  const groups: SearchQuery = [];
  let joins = false;
  let negates = false;
  let count = 0;
  for (const [, minus = "", phrase, word] of text.matchAll(TOKEN)) {
    if (word === "OR" && minus === "") joins = groups.length > 0;
    else if (word === "NOT" && minus === "") negates = true;
    else if (word !== "AND" || minus !== "") {
      const term = termOf(negates ? "-" : minus, phrase, word);
      if (!term) continue;
      if (count >= MOST_TERMS) break;
      count += 1;
      const last = groups.at(-1);
      if (joins && last) last.push(term);
      else groups.push([term]);
      joins = false;
      negates = false;
    }
  }
  return groups;
}

/** Whether there is anything to find: a query that only leaves out would find nearly everything. */
export function findsSomething(query: SearchQuery): boolean {
  return query.some((group) => group.every(({ excluded }) => !excluded));
}
