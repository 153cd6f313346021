import { POSITION_VALUES } from "@/features/codebook/schema";
import { isEnough } from "@/features/positions/rules/strength";
import { sumOf, type ValueCounts } from "@/features/positions/rules/composition";

type Layer = { pattern: boolean[]; height: number };

/** A distribution as layers: in each, the categories that are not used up yet have the same share. */
function layersOf(counts: readonly number[]): Layer[] {
  const left = [...counts];
  const layers: Layer[] = [];
  for (;;) {
    const height = Math.min(...left.filter((count) => count > 0));
    if (!Number.isFinite(height)) return layers;
    const pattern = left.map((count) => count > 0);
    layers.push({ pattern, height });
    for (const [place, filled] of pattern.entries()) if (filled) left[place] = (left[place] ?? 0) - height;
  }
}

/** Triples of categories that fit a single peak (110, 011) and those that do not (101). */
function triplesOf(pattern: readonly boolean[]): { fit: number; against: number } {
  let fit = 0;
  let against = 0;
  for (let low = 0; low < pattern.length; low += 1) {
    for (let middle = low + 1; middle < pattern.length; middle += 1) {
      for (let high = middle + 1; high < pattern.length; high += 1) {
        const ends = Number(pattern[low]) + Number(pattern[high]);
        if (pattern[middle] && ends === 1) fit += 1;
        if (!pattern[middle] && ends === 2) against += 1;
      }
    }
  }
  return { fit, against };
}

/** Agreement in one layer: unimodality, less the more categories are used. */
function agreementOfLayer(pattern: readonly boolean[]): number {
  const categories = pattern.length;
  const used = pattern.filter(Boolean).length;
  if (used === 1) return 1;
  const { fit, against } = triplesOf(pattern);
  // All categories are used: no triple says anything, and the second factor is 0.
  if (fit + against === 0) return 0;
  const unimodality = ((categories - 2) * fit - (categories - 1) * against) / ((categories - 2) * (fit + against));
  return unimodality * (1 - (used - 1) / (categories - 1));
}

/**
 * The agreement A of Cees van der Eijk: "Measuring agreement in ordered rating scales", Quality and Quantity 35 (2001), 325-341,
 * equation (2). Made for positions on an ordered scale: 1 when all are the same, 0 when every category has as many, -1 when one half
 * is at either end. It looks at the shape alone, not at how many there are.
 * @param counts how many are in each category of the scale, in its order; three categories or more
 * @returns null when there is nobody
 */
export function agreement(counts: readonly number[]): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  return layersOf(counts).reduce((sum, { pattern, height }) => {
    const share = (height * pattern.filter(Boolean).length) / total;
    return sum + share * agreementOfLayer(pattern);
  }, 0);
}

/** How far the members of a group say the same on an issue. */
export type Cohesion = {
  /** Members with a position in their own voice, and all that are states. */
  n: number;
  members: number;
  counts: ValueCounts;
  /** `agreement` over the scale; null where the evidence is not enough (`isEnough`). */
  index: number | null;
};

/** The cohesion of some members, by the positions that they took in their own voice; null when fewer than two did. */
export function cohesionOf(counts: ValueCounts, members: number): Cohesion | null {
  const n = sumOf(counts);
  if (n < 2) return null;
  const index = isEnough(n) ? agreement(POSITION_VALUES.map((value) => counts[value])) : null;
  return { n, members, counts, index };
}

/** What an index means, in words. The steps are ours; the source has none. */
export function agreementInWords(index: number): string {
  if (index === 1) return "all say the same";
  if (index >= 0.6) return "most stand close together";
  if (index >= 0.2) return "spread around one position";
  if (index > -0.2) return "spread over the scale";
  return index === -1 ? "split between the ends" : "more than one camp";
}
