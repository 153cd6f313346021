/**
 * How two spellings of the same words are told apart from two different words. A text is folded once: white space, typographic
 * marks, ligatures and what is invisible lose their differences, letters, digits and case keep theirs; every unit of the folded
 * text knows which characters of the body it stands for.
 */

/** A text that can be searched. Positions count Unicode code points of the body from 0. */
export type ReadText = {
  body: string;
  /** Code points of the body. */
  length: number;
  folded: string;
  /** Of each UTF-16 unit of `folded`: the first code point that it stands for, and the one after the last. */
  from: Int32Array;
  to: Int32Array;
  /** Positions of code points that take two UTF-16 units. */
  astral: number[];
};

const SPACE = /[\s\u0085\u180e]/u;
/** Soft hyphen, tatweel, zero-width space and joiner of words, byte order mark, marks of direction: nothing that one reads. */
const INVISIBLE = /[\u00ad\u0640\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/u;
const MARK = /\p{M}/u;
/** Scripts that are written without spaces between words, and their punctuation. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u;
/** Where a line may end between any two characters, so that a line break is no space. */
const BROKEN_ANYWHERE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3001-\u303f\uff00-\uffef]/u;
const WORD = /[\p{L}\p{Nd}\p{Nl}\p{M}]/u;
const DIGIT = /\p{Nd}/u;

const REPLACED: ReadonlyMap<string, string> = new Map([
  ...Array.from("‘’‚‛′ʼ`´‹›", (mark) => [mark, "'"] as const),
  ...Array.from("“”„‟″«»", (mark) => [mark, '"'] as const),
  ...Array.from("‐‑‒–—―−", (mark) => [mark, "-"] as const),
  ["…", "..."],
]);

/** Ligatures, shapes of Arabic letters and radicals of Chinese characters, which a PDF may hold instead of the letters. */
function isShape(code: number): boolean {
  if (code >= 0x2f00 && code <= 0x2fd5) return true;
  return (code >= 0xfb00 && code <= 0xfb17) || (code >= 0xfb50 && code <= 0xfdcf) || (code >= 0xfe80 && code <= 0xfefc);
}

/** More marks on one letter than any script has: normalizing takes the square of their number. */
const MOST_MARKS = 30;

const UNKNOWN = 0;
const PLAIN = 1;
const BLANK = 2;
const UNSEEN = 3;
const MARKING = 4;
const KEPT = 0x10000;
/** What was found out about a character once, for those of the basic plane. */
const classes = new Uint8Array(KEPT);
const folds: (string | undefined)[] = Array.from({ length: KEPT });

function classify(character: string): number {
  if (INVISIBLE.test(character)) return UNSEEN;
  if (SPACE.test(character)) return BLANK;
  return MARK.test(character) ? MARKING : PLAIN;
}

function classOf(code: number): number {
  if (code >= KEPT) return classify(String.fromCodePoint(code));
  const known = classes[code] ?? UNKNOWN;
  return known === UNKNOWN ? (classes[code] = classify(String.fromCodePoint(code))) : known;
}

/** Letters, digits and marks of ASCII that stand for themselves. */
function isSimple(code: number): boolean {
  return code > 32 && code < 127 && code !== 96;
}

function foldOf(code: number): string {
  const known = code < KEPT ? folds[code] : undefined;
  if (known !== undefined) return known;
  const character = String.fromCodePoint(code);
  const fold = REPLACED.get(character) ?? character.normalize(isShape(code) ? "NFKD" : "NFD");
  if (code < KEPT) folds[code] = fold;
  return fold;
}

/** Collects the folded text with its places. */
class Folding {
  private readonly parts: string[] = [];
  private from = new Int32Array(1024);
  private to = new Int32Array(1024);
  private size = 0;
  last = "";

  /** A fold of the code points between two places, all of which it stands for. */
  add(fold: string, from: number, to: number): void {
    const size = this.makeRoom(fold);
    this.from.fill(from, this.size, size);
    this.to.fill(to, this.size, size);
    this.size = size;
    this.last = fold;
  }

  /** Characters that stand for themselves, the first of them at `from`. */
  addRun(run: string, from: number): void {
    const size = this.makeRoom(run);
    for (let at = this.size, place = from; at < size; at += 1) {
      this.from[at] = place;
      place += 1;
      this.to[at] = place;
    }
    this.size = size;
    this.last = run.slice(-1);
  }

  private makeRoom(fold: string): number {
    const size = this.size + fold.length;
    if (size > this.from.length) {
      this.from = grown(this.from, size);
      this.to = grown(this.to, size);
    }
    this.parts.push(fold);
    return size;
  }

  done(): Pick<ReadText, "folded" | "from" | "to"> {
    return {
      folded: this.parts.join(""),
      from: this.from.subarray(0, this.size),
      to: this.to.subarray(0, this.size),
    };
  }
}

function grown(array: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(size, array.length * 2));
  larger.set(array);
  return larger;
}

/** The code points of a body. */
function codesOf(body: string): { codes: Int32Array; astral: number[] } {
  const codes = new Int32Array(body.length);
  const astral: number[] = [];
  let count = 0;
  for (let at = 0; at < body.length; at += 1) {
    const code = body.codePointAt(at) ?? 0;
    if (code >= KEPT) {
      astral.push(count);
      at += 1;
    }
    codes[count] = code;
    count += 1;
  }
  return { codes: codes.subarray(0, count), astral };
}

/** Prepares a text for searching. Takes time and memory in proportion to its length, whatever it holds. */
export function readText(body: string): ReadText {
  const { codes, astral } = codesOf(body);
  const folding = new Folding();
  let at = 0;
  // How many code points before `at` take two units.
  let wide = 0;
  while (at < codes.length) {
    const run = afterSimple(codes, at);
    while (wide < astral.length && (astral[wide] ?? 0) < at) wide += 1;
    if (run > at) folding.addRun(body.slice(at + wide, run + wide), at);
    at = run > at ? run : addOther(folding, codes, at);
  }
  return { body, length: codes.length, astral, ...folding.done() };
}

/** The end of a run of characters that stand for themselves. The last one may yet have a mark. */
function afterSimple(codes: Int32Array, at: number): number {
  let end = at;
  while (end < codes.length && isSimple(codes[end] ?? 0)) end += 1;
  return end > at && end < codes.length && (codes[end] ?? 0) > 127 ? end - 1 : end;
}

function addOther(folding: Folding, codes: Int32Array, at: number): number {
  const kind = classOf(codes[at] ?? 0);
  if (kind === UNSEEN) return afterInvisible(codes, at);
  return kind === BLANK ? addSpace(folding, codes, at) : addCluster(folding, codes, at);
}

/** A soft hyphen at the end of a line takes the end of the line with it. */
function afterInvisible(codes: Int32Array, at: number): number {
  if (codes[at] !== 0xad) return at + 1;
  const after = afterSpaces(codes, at + 1);
  return codes.subarray(at + 1, after).some((code) => code === 10 || code === 13) ? after : at + 1;
}

function afterSpaces(codes: Int32Array, at: number): number {
  let end = at;
  while (end < codes.length && classOf(codes[end] ?? 0) === BLANK) end += 1;
  return end;
}

function addSpace(folding: Folding, codes: Int32Array, at: number): number {
  let end = afterSpaces(codes, at);
  // Invisible marks within white space do not make it two.
  for (let next = end; next < codes.length; next += 1) {
    const kind = classOf(codes[next] ?? 0);
    if (kind === BLANK) end = next + 1;
    else if (kind !== UNSEEN) break;
  }
  const next = end < codes.length ? String.fromCodePoint(codes[end] ?? 0) : "";
  const one = BROKEN_ANYWHERE.test(folding.last) && BROKEN_ANYWHERE.test(next);
  if (!one) folding.add(" ", at, end);
  return end;
}

/** A letter with its marks is one: a search never takes the letter without them. */
function addCluster(folding: Folding, codes: Int32Array, at: number): number {
  let end = at + 1;
  while (end < codes.length && end - at <= MOST_MARKS && classOf(codes[end] ?? 0) === MARKING) end += 1;
  let fold = foldOf(codes[at] ?? 0);
  if (end > at + 1) fold = (fold + String.fromCodePoint(...codes.subarray(at + 1, end))).normalize("NFD");
  folding.add(fold, at, end);
  return end;
}

/** The place in the body's UTF-16 units of a code point. */
export function unitAt({ astral }: Pick<ReadText, "astral">, position: number): number {
  return position + firstAtLeast(astral, position);
}

/** The code points between two positions. */
export function sliceOf(text: Pick<ReadText, "body" | "astral">, start: number, end: number): string {
  return text.body.slice(unitAt(text, start), unitAt(text, end));
}

/** The first index of a sorted list whose value is not below `value`. */
export function firstAtLeast(sorted: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function characterBefore(folded: string, at: number): string {
  if (at <= 0) return "";
  const unit = folded.charCodeAt(at - 1);
  return unit >= 0xdc00 && unit <= 0xdfff ? folded.slice(Math.max(at - 2, 0), at) : folded.charAt(at - 1);
}

function characterAt(folded: string, at: number): string {
  const code = folded.codePointAt(at);
  return code === undefined ? "" : String.fromCodePoint(code);
}

/** Whether a word goes on across a place of a folded text. Scripts without spaces have no such place. */
function goesOn(before: string, after: string): boolean {
  return WORD.test(before) && WORD.test(after) && !UNSPACED.test(before) && !UNSPACED.test(after);
}

/** Whether a number goes on: the place beside the separator of "15.5" or "1,000". */
function withinNumber(folded: string, at: number): boolean {
  const [before, after] = [characterBefore(folded, at), characterAt(folded, at)];
  if (after === "." || after === ",") return DIGIT.test(before) && DIGIT.test(characterAt(folded, at + 1));
  if (before === "." || before === ",") return DIGIT.test(after) && DIGIT.test(characterBefore(folded, at - 1));
  return false;
}

/** Whether a quotation may start at a place of a folded text: not within a word, a number, or a letter with its marks. */
export function mayStartAt({ folded, from }: ReadText, at: number): boolean {
  if (at === 0) return true;
  if (from[at] === from[at - 1]) return false;
  return !goesOn(characterBefore(folded, at), characterAt(folded, at)) && !withinNumber(folded, at);
}

/**
 * Whether a quotation may end at a place of a folded text. Not before an apostrophe with a letter after it either: "can" is
 * not what "can't" says.
 */
export function mayEndAt({ folded, from }: ReadText, at: number): boolean {
  if (at === folded.length) return true;
  if (from[at] === from[at - 1]) return false;
  const [before, after] = [characterBefore(folded, at), characterAt(folded, at)];
  if (after === "'" && goesOn(before, characterAt(folded, at + 1))) return false;
  return !goesOn(before, after) && !withinNumber(folded, at);
}
