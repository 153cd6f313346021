import { VALUE_NAMES, type PositionValue } from "@/features/codebook/schema";
import { ABSENCE_NAMES, VALUE_GLYPHS, type CellKind } from "@/features/positions/schema";

type PositionMarkProps = {
  kind: CellKind;
  /** Of an own or a delegated position; anything else has none. */
  value?: PositionValue | null | undefined;
  /** The name of the group, or of the actor that spoke for it. */
  through?: string | null | undefined;
  /** "sign" and "cell" keep the words for screen readers and copies; "cell" fills a cell of a table. */
  size?: "word" | "sign" | "cell";
};

/** A position, or why there is none: by colour, glyph and words, each of which says it alone. */
export function PositionMark({ kind, value, through, size = "word" }: PositionMarkProps) {
  const shown = kind === "own" || kind === "delegated" ? (value ?? null) : null;
  return (
    <span className="position" data-kind={kind} data-value={shown ?? undefined} data-size={size}>
      <span className="position-swatch" aria-hidden="true">
        {glyphOf(kind, shown)}
      </span>
      <span className={size === "word" ? undefined : "sr-only"}>{positionInWords(kind, shown, through)}</span>
    </span>
  );
}

function glyphOf(kind: CellKind, value: PositionValue | null): string {
  if (value) return VALUE_GLYPHS[value];
  if (kind === "not_coded") return "?";
  return kind === "not_addressed" ? "–" : "\u00a0";
}

/** "Supports", "Opposes, delegated through Nordic countries", "Spoke, did not address". */
function positionInWords(kind: CellKind, value: PositionValue | null, through: string | null | undefined): string {
  if (kind !== "own" && kind !== "delegated") return ABSENCE_NAMES[kind];
  const words = value ? VALUE_NAMES[value] : "No value";
  if (kind === "own") return words;
  return through ? `${words}, delegated through ${through}` : `${words}, delegated`;
}
