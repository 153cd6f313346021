/** A point of a drawing. */
export type Point = { x: number; y: number };

const round = (value: number): number => Math.round(value * 10) / 10;

/** How finely a place for a sign is looked for: so many tries both ways, then as many again around the best of them. */
const TRIES = 9;

/**
 * A place well inside an area, far from its edge: about the middle of the largest circle that fits. The centre of gravity of a
 * crescent or of a long coast may lie outside of it. `room` is how far the edge is from there.
 */
export function middleOf(edge: readonly Point[]): Point & { room: number } {
  const xs = edge.map(({ x }) => x);
  const ys = edge.map(({ y }) => y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const box = { x: left, y: top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
  const first = deepest(edge, box);
  const [width, height] = [(box.width * 2) / TRIES, (box.height * 2) / TRIES];
  const best = deepest(edge, { x: first.x - width / 2, y: first.y - height / 2, width, height });
  return { x: round(best.x), y: round(best.y), room: round(Math.sqrt(Math.max(0, depthOf(best, edge)))) };
}

type Box = Point & { width: number; height: number };

function deepest(edge: readonly Point[], { x, y, width, height }: Box): Point {
  let best = { x: x + width / 2, y: y + height / 2 };
  let most = depthOf(best, edge);
  for (let column = 1; column < TRIES; column += 1) {
    for (let row = 1; row < TRIES; row += 1) {
      const point = { x: x + (width * column) / TRIES, y: y + (height * row) / TRIES };
      const depth = depthOf(point, edge);
      if (depth <= most) continue;
      most = depth;
      best = point;
    }
  }
  return best;
}

/** How far inside a closed line a point is, squared; below zero outside. */
function depthOf({ x, y }: Point, edge: readonly Point[]): number {
  let inside = false;
  let least = Infinity;
  for (const [index, b] of edge.entries()) {
    const a = edge[index === 0 ? edge.length - 1 : index - 1] ?? b;
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const length = dx * dx + dy * dy;
    const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / length));
    const [ex, ey] = [x - a.x - along * dx, y - a.y - along * dy];
    least = Math.min(least, ex * ex + ey * ey);
  }
  return inside ? least : -least;
}

const ROUNDS = 400;

/** The same points, moved as little as it takes until no two are nearer to each other than `distance`. */
export function apart(points: readonly Point[], distance: number): Point[] {
  const moved = points.map((point) => ({ ...point }));
  for (let turn = 0; turn < ROUNDS; turn += 1) {
    let near = false;
    for (const [index, a] of moved.entries()) {
      for (const b of moved.slice(index + 1)) {
        const [dx, dy] = [b.x - a.x, b.y - a.y];
        const now = Math.hypot(dx, dy);
        if (now >= distance) continue;
        near = true;
        // Two at one place part sideways.
        const [ux, uy] = now === 0 ? [1, 0] : [dx / now, dy / now];
        // A little more than is missing, so that rounding cannot bring them together again.
        const step = (distance - now) / 2 + 0.05;
        a.x -= ux * step;
        a.y -= uy * step;
        b.x += ux * step;
        b.y += uy * step;
      }
    }
    if (!near) break;
  }
  return moved.map(({ x, y }) => ({ x: round(x), y: round(y) }));
}
