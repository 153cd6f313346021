/** The middle of a place, in pixels from the top left corner. */
export type Spot = { x: number; y: number };

/** The axis on which an arrow key moves, and in which sense. */
const ARROWS: Record<string, { along: keyof Spot; across: keyof Spot; sign: 1 | -1 }> = {
  ArrowRight: { along: "x", across: "y", sign: 1 },
  ArrowLeft: { along: "x", across: "y", sign: -1 },
  ArrowDown: { along: "y", across: "x", sign: 1 },
  ArrowUp: { along: "y", across: "x", sign: -1 },
};

/** A step aside counts more than a step ahead, so that an arrow stays in its row or column while there is somebody. */
const ASIDE = 3;
/** Less than this, in pixels, is no step: places of one row or column. */
const SAME = 2;

/**
 * Where a key leads from the place `from`: arrows to the nearest place in their direction, Home and End to the first and the last.
 * Null where there is nobody in that direction, and for every other key.
 */
export function nextPlace(key: string, from: number, spots: readonly Spot[]): number | null {
  if (key === "Home") return spots.length > 0 ? 0 : null;
  if (key === "End") return spots.length > 0 ? spots.length - 1 : null;
  const arrow = ARROWS[key];
  const start = spots[from];
  if (!arrow || !start) return null;
  let nearest: number | null = null;
  let least = Infinity;
  for (const [index, spot] of spots.entries()) {
    const ahead = (spot[arrow.along] - start[arrow.along]) * arrow.sign;
    const aside = Math.abs(spot[arrow.across] - start[arrow.across]);
    if (ahead <= SAME || ahead + ASIDE * aside >= least) continue;
    least = ahead + ASIDE * aside;
    nearest = index;
  }
  return nearest;
}
