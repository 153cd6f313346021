/** Something that typing finds. `keys` are the texts by which it is found, folded as the typed text will be. */
export type Findable = { keys: readonly string[] };

export type Found<T> = {
  /** What fits, the best first. */
  shown: T[];
  /** What the text can only mean: it alone fits best. Null when two fit equally well, so that nothing is taken for the other. */
  sure: T | null;
};

const WHOLE = 0;
const START = 1;
const WORD = 2;
const PART = 3;
const NOT = 4;

function fit(key: string, sought: string): number {
  if (key === sought) return WHOLE;
  if (key.startsWith(sought)) return START;
  const at = key.indexOf(sought);
  if (at < 0) return NOT;
  return key[at - 1] === " " || key.includes(` ${sought}`) ? WORD : PART;
}

/**
 * What a typed text may mean: a whole name or code before a name that starts so, before a word, before any part; in the order
 * given within each. "niger" is surely Niger, "nig" surely neither Niger nor Nigeria.
 * @param sought folded as the keys are
 * @param most how many are shown
 */
export function typeAhead<T extends Findable>(choices: readonly T[], sought: string, most = 12): Found<T> {
  if (sought === "") return { shown: choices.slice(0, most), sure: null };
  const fitting = choices
    .map((choice) => ({ choice, rank: Math.min(NOT, ...choice.keys.map((key) => fit(key, sought))) }))
    .filter(({ rank }) => rank < NOT)
    .sort((a, b) => a.rank - b.rank);
  const [first, second] = fitting;
  const alone = first !== undefined && first.rank < PART && second?.rank !== first.rank;
  return { shown: fitting.slice(0, most).map(({ choice }) => choice), sure: alone ? first.choice : null };
}
