import { parse } from "csv-parse/sync";
import type { VoteValue } from "@/features/votes/schema";

/** One state as a pasted roll call names it. Lines are counted from 1. */
export type PastedVote = { line: number; printed: string; value: VoteValue };

/** What a pasted list holds: its votes, and what in it could not be read, in words. */
export type Pasted = { votes: PastedVote[]; problems: { line: number; message: string }[] };

const WORDS: Readonly<Record<string, VoteValue>> = {
  y: "yes",
  yes: "yes",
  for: "yes",
  favour: "yes",
  favor: "yes",
  "in favour": "yes",
  "in favor": "yes",
  n: "no",
  no: "no",
  against: "no",
  a: "abstain",
  abstain: "abstain",
  abstained: "abstain",
  abstaining: "abstain",
  abstention: "abstain",
  abstentions: "abstain",
  x: "not_voting",
  nv: "not_voting",
  absent: "not_voting",
  "not voting": "not_voting",
  "non voting": "not_voting",
  nonvoting: "not_voting",
  "did not vote": "not_voting",
  "not participating": "not_voting",
  "": "not_voting",
};

/** What a word says about a vote, whatever its case and separators; undefined for other words. */
function valueOf(word: string): VoteValue | undefined {
  const key = word
    .toLowerCase()
    .replaceAll(/[\s_.:()–-]+/gu, " ")
    .trim();
  return Object.hasOwn(WORDS, key) ? WORDS[key] : undefined;
}

/**
 * A head such as "In favour:", "Against (15):" or "Abstaining" alone on its line, and what follows it on the same line.
 * A word of one letter is no head: it stands before a name.
 */
function headOf(line: string): { value: VoteValue; rest: string } | null {
  const [, words = "", rest = ""] = /^\s*([\p{L}][\p{L} _-]{1,20}?)\s*(?:\(\d+\)|\d+)?\s*:(.*)$/u.exec(line) ?? [];
  const value = words.trim().length > 1 ? valueOf(words) : undefined;
  if (value) return { value, rest };
  const alone = /^\s*([\p{L}][\p{L} _-]{1,20}?)\s*(?:\(\d+\)|\d+)?\s*$/u.exec(line)?.[1] ?? "";
  const word = alone.trim().length > 1 ? valueOf(alone) : undefined;
  return word ? { value: word, rest: "" } : null;
}

/** Names between commas or semicolons, but for those inside brackets: "Korea (Republic of), Kuwait and Latvia." */
function namesIn(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = "";
  for (const letter of text) {
    if (letter === "(") depth += 1;
    if (letter === ")") depth = Math.max(0, depth - 1);
    if ((letter === "," || letter === ";") && depth === 0) {
      parts.push(part);
      part = "";
    } else part += letter;
  }
  return [...parts, part]
    .map((name) =>
      name
        .trim()
        .replace(/^and\s+/iu, "")
        .replace(/\.$/u, "")
        .replaceAll(/\s+/gu, " ")
        .trim(),
    )
    .filter((name) => name !== "" && !/^(?:none|nil)$/iu.test(name));
}

/** As press releases and verbatim records print it: a head, then names. A name may run over the end of a line. */
function sections(lines: readonly string[]): Pasted {
  const votes: PastedVote[] = [];
  const problems: Pasted["problems"] = [];
  let value: VoteValue | null = null;
  let block: string[] = [];
  let start = 1;
  const close = (): void => {
    // A list of one name a line has no commas.
    const text = block.join(/[,;]/u.test(block.join("")) ? " " : ",");
    if (value) for (const printed of namesIn(text)) votes.push({ line: start, printed, value });
    block = [];
  };
  lines.forEach((line, index) => {
    const head = headOf(line);
    if (head) {
      close();
      value = head.value;
      start = index + 1;
      block = [head.rest];
    } else if (value !== null) block.push(line);
    else if (line.trim() !== "") {
      problems.push({ line: index + 1, message: `"${line.trim().slice(0, 60)}" stands before "In favour".` });
    }
  });
  close();
  return { votes, problems };
}

const CODED = /^\s*([YNAX])(?:\s+|\t)(\S.*)$/u;

/** As the UN Digital Library prints it: a letter and a name a line; who has no letter did not vote. */
function lettered(lines: readonly string[]): Pasted {
  const votes = lines.flatMap((text, index): PastedVote[] => {
    const [, letter = "", name = text] = CODED.exec(text) ?? [];
    const printed = name.trim().replaceAll(/\s+/gu, " ");
    return printed === "" ? [] : [{ line: index + 1, printed, value: valueOf(letter) ?? "not_voting" }];
  });
  return { votes, problems: [] };
}

const NAME_COLUMNS = [
  "iso3",
  "code",
  "state",
  "country",
  "actor",
  "member",
  "name",
  "ms_name",
  "name_in_record",
  "printed",
];
const VOTE_COLUMNS = ["vote", "value", "vote_code", "ms_vote", "vote cast"];

function columnOf(header: readonly string[], known: readonly string[]): number {
  const at = known.map((name) => header.indexOf(name)).filter((index) => index >= 0);
  return at[0] ?? -1;
}

/** As a table with a header row, separated by commas, semicolons or tabs. Null when it is none. */
function table(text: string): Pasted | null {
  const [first = ""] = text.split("\n", 1);
  const delimiter = ["\t", ";", ","].find((one) => first.includes(one));
  if (delimiter === undefined) return null;
  const header = first.split(delimiter).map((cell) => cell.trim().replaceAll(/^"|"$/gu, "").toLowerCase());
  const vote = columnOf(header, VOTE_COLUMNS);
  const name = columnOf(header, NAME_COLUMNS);
  if (vote === -1 || name === -1) return null;
  const printedAt = columnOf(header, ["name_in_record", "as printed", "printed", "state", "country", "name"]);
  const rows = parse(text, {
    delimiter,
    from: 2,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  }) as unknown as { record: string[]; info: { lines: number } }[];
  const votes: PastedVote[] = [];
  const problems: Pasted["problems"] = [];
  for (const { record, info } of rows) {
    const printed = (record[name] || record[printedAt] || "").trim();
    const value = valueOf(record[vote] ?? "");
    if (printed === "") problems.push({ line: info.lines, message: "This row names nobody." });
    else if (value === undefined) {
      problems.push({ line: info.lines, message: `"${(record[vote] ?? "").slice(0, 40)}" is no vote.` });
    } else votes.push({ line: info.lines, printed, value });
  }
  return { votes, problems };
}

/**
 * Reads a roll call as it was pasted: a table with a header, the letters of the UN Digital Library ("Y AFGHANISTAN"), or the
 * lists of a press release ("In favour: Afghanistan, …"). What cannot be read is a problem with its line, never left out
 * silently.
 */
export function parseRollCall(pasted: string): Pasted {
  const text = pasted.replace(/^\uFEFF/u, "").replaceAll(/\r\n?/gu, "\n");
  const found = readTable(text);
  if (found) return found;
  const lines = text.split("\n");
  const heads = lines.filter((line) => headOf(line) !== null).length;
  const coded = lines.filter((line) => CODED.test(line)).length;
  if (heads > 0 && heads * 20 >= coded) return sections(lines);
  if (coded > 0) return lettered(lines);
  return {
    votes: [],
    problems: [
      {
        line: 1,
        message: 'Nothing says who voted how. Start a list with "In favour:" or put Y, N or A before each name.',
      },
    ],
  };
}

function readTable(text: string): Pasted | null {
  try {
    return table(text);
  } catch {
    return { votes: [], problems: [{ line: 1, message: "This is no table: a quotation mark is never closed." }] };
  }
}
