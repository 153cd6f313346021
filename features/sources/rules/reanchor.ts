import { mayEndAt, mayStartAt, readText, sliceOf, unitAt, type ReadText } from "@/features/sources/rules/folding";
import { foldedAt, foldWords, occurrences, placeOf, type Place } from "@/features/sources/rules/quotes";
import { layoutOf, selectorsOf, type Selectors } from "@/features/sources/rules/selectors";

/** A quotation as it was before its text changed. `start` and `end` are null when it was orphaned already. */
export type Anchored = {
  exact: string;
  prefix: string;
  suffix: string;
  start: number | null;
  end: number | null;
};

/** What a change of the text did to a quotation. Untouched: same words at the same place; its context may have changed. */
export type Anchoring = { outcome: "untouched" | "reanchored"; selectors: Selectors } | { outcome: "orphaned" };

/** A context that agrees this far tells one place from another. */
const ENOUGH_CONTEXT = 16;
/** Words that are this long and stand once before and once after are the same words, wherever they went. */
const LONG_ENOUGH = 24;
/** More places than this of the same words are not told apart. */
const MOST_PLACES = 200;
const CONTEXT = 64;

type Change = { before: ReadText; after: ReadText; sameStart: number; sameEnd: number };
type Context = { prefix: string; suffix: string };

/** What two bodies have in common from the start and from the end, in UTF-16 units. */
function changeBetween(before: string, after: string): Change {
  const most = Math.min(before.length, after.length);
  let sameStart = 0;
  while (sameStart < most && before.charCodeAt(sameStart) === after.charCodeAt(sameStart)) sameStart += 1;
  let sameEnd = 0;
  while (
    sameEnd < most &&
    before.charCodeAt(before.length - 1 - sameEnd) === after.charCodeAt(after.length - 1 - sameEnd)
  )
    sameEnd += 1;
  return { before: readText(before), after: readText(after), sameStart, sameEnd };
}

/** The place of a quotation that stands wholly before or wholly after all that changed. What may have stayed has stayed. */
function outsideTheChange({ before, after, sameStart, sameEnd }: Change, { start, end }: Place): Place | null {
  const same = unitAt(before, end) <= sameStart;
  const moved = unitAt(before, start) >= before.body.length - sameEnd;
  if (!same && !moved) return null;
  const by = same ? 0 : after.length - before.length;
  const place = { start: start + by, end: end + by };
  // What was written beside it may have made its first or last word another one.
  const from = foldedAt(after, place.start);
  const to = foldedAt(after, place.end);
  const whole = after.from[from] === place.start && mayStartAt(after, from) && mayEndAt(after, to);
  return whole ? place : null;
}

function contextAt({ folded }: ReadText, at: number, length: number): Context {
  return {
    prefix: folded.slice(Math.max(at - CONTEXT, 0), at).trimEnd(),
    suffix: folded.slice(at + length, at + length + CONTEXT).trimStart(),
  };
}

function sharedEnd(a: string, b: string): number {
  let length = 0;
  while (length < Math.min(a.length, b.length) && a.at(-1 - length) === b.at(-1 - length)) length += 1;
  return length;
}

function sharedStart(a: string, b: string): number {
  let length = 0;
  while (length < Math.min(a.length, b.length) && a.charAt(length) === b.charAt(length)) length += 1;
  return length;
}

/** How far two contexts agree on each side; both at the edge of their text agree as well as words do. */
function agreement(a: Context, b: Context): { total: number; enough: boolean } {
  const side = (x: string, y: string, shared: (x: string, y: string) => number): { far: number; enough: boolean } => {
    if (x === "" || y === "") return x === y ? { far: ENOUGH_CONTEXT, enough: true } : { far: 0, enough: false };
    const far = shared(x, y);
    return { far, enough: far >= Math.min(ENOUGH_CONTEXT, x.length) };
  };
  const left = side(a.prefix, b.prefix, sharedEnd);
  const right = side(a.suffix, b.suffix, sharedStart);
  return { total: left.far + right.far, enough: left.enough || right.enough };
}

/** The index of the one context that agrees best with `own`; null when two agree as well. */
function bestOf(own: Context, others: Context[]): number | null {
  const totals = others.map((other) => agreement(own, other).total);
  const best = Math.max(...totals);
  const at = totals.indexOf(best);
  return totals.lastIndexOf(best) === at ? at : null;
}

/** The place of words within what changed: by their context, or because they stand once and are long. */
function withinTheChange({ before, after }: Change, quotation: Anchored): Place | null {
  const words = foldWords(quotation.exact);
  const now = occurrences(after, words).starts;
  if (words === "" || now.length === 0 || now.length > MOST_PLACES) return null;
  const then = occurrences(before, words).starts.slice(0, MOST_PLACES);
  const own = { prefix: foldWords(quotation.prefix), suffix: foldWords(quotation.suffix) };
  const wasAt = quotation.start === null ? -1 : foldedAt(before, quotation.start);
  // The other places where the words stood: what is theirs is not ours.
  const rivals = then.filter((at) => at !== wasAt).map((at) => contextAt(before, at, words.length));
  const contexts = now.map((at) => contextAt(after, at, words.length));
  const best = bestOf(own, contexts);
  const at = best === null ? undefined : now[best];
  const context = best === null ? undefined : contexts[best];
  if (at === undefined || context === undefined) return null;

  const once = now.length === 1 && rivals.length === 0 && words.length >= LONG_ENOUGH;
  if (!once && !agreement(own, context).enough) return null;
  if (rivals.length > 0 && bestOf(context, [own, ...rivals]) !== 0) return null;
  return placeOf(after, at, words.length);
}

function placeAfter(change: Change, quotation: Anchored): Place | null {
  const { start, end } = quotation;
  if (start !== null && end !== null) {
    const place = outsideTheChange(change, { start, end });
    if (place && sliceOf(change.after, place.start, place.end) === quotation.exact) return place;
  }
  return withinTheChange(change, quotation);
}

/**
 * What a change of a text does to its quotations, in their order. A quotation keeps its words or becomes an orphan: it never
 * moves to other words, nor to the same words in another place when nothing tells the places apart. Where the change may stand
 * before or after it alike ("a b" that becomes "a. a b"), it is taken to have stayed.
 */
export function reanchor(quotations: readonly Anchored[], before: string, after: string): Anchoring[] {
  const change = changeBetween(before, after);
  const layout = layoutOf(after);
  return quotations.map((quotation) => {
    const place = placeAfter(change, quotation);
    if (!place) return { outcome: "orphaned" };
    const selectors = selectorsOf(change.after, place.start, place.end, layout);
    const stays = quotation.start === place.start && quotation.exact === selectors.exact;
    return { outcome: stays ? "untouched" : "reanchored", selectors };
  });
}
