import { POSITION_VALUES, type PositionValue } from "@/features/codebook/schema";
import type { CellKind } from "@/features/positions/schema";

type Shown = { kind: CellKind; value?: PositionValue | null | undefined };

/** What a shape of a drawing needs to look like a position or a kind of absence: spread it on `rect`, `path`, `circle`. */
export type ValueFill = { className: string; fill?: string };

/**
 * The stripes of delegated positions and the signs of absences, for drawings: put it into the `svg` before shapes that `valueFill`
 * fills. `id` is unique on the page.
 */
export function ValuePatterns({ id }: { id: string }) {
  return (
    <defs>
      {POSITION_VALUES.map((value) => (
        <pattern
          key={value}
          id={`${id}-${value}`}
          width={6}
          height={6}
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width={6} height={6} className="fill-surface" />
          <rect width={3.4} height={6} className={`value-${value}`} />
        </pattern>
      ))}
      <pattern id={`${id}-not_coded`} width={5} height={5} patternUnits="userSpaceOnUse">
        <rect width={5} height={5} className="fill-warn-soft" />
        <circle cx={2.5} cy={2.5} r={0.9} className="fill-warn" />
      </pattern>
      <pattern
        id={`${id}-not_a_member`}
        width={5}
        height={5}
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(-45)"
      >
        <rect width={5} height={5} className="fill-paper" />
        <rect width={0.8} height={5} className="fill-line-strong" />
      </pattern>
    </defs>
  );
}

/** How a position, or why there is none, fills a shape. The same as `PositionMark` draws it; `id` is that of `ValuePatterns`. */
export function valueFill(id: string, { kind, value }: Shown): ValueFill {
  if (kind === "own" || kind === "delegated") {
    if (!value) return { className: "value-shape" };
    return kind === "own"
      ? { className: `value-shape value-${value}` }
      : { className: "value-shape", fill: `url(#${id}-${value})` };
  }
  if (kind === "not_addressed") return { className: "value-shape fill-surface" };
  if (kind === "did_not_speak") return { className: "value-shape fill-sunken" };
  return { className: "value-shape", fill: `url(#${id}-${kind})` };
}

/** For a glyph that stands on a shape filled by `valueFill`. */
export function valueInk({ kind, value }: Shown): string {
  if (kind === "own" && value) return `value-ink-${value}`;
  return kind === "not_coded" ? "fill-warn" : "fill-ink-2";
}
