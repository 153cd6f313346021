import type { ClassGroup } from "@/components/chart/map-legend";

/** What a drawing of places says of itself when it leaves its page. */
export type PictureWords = { title: string; legend: readonly ClassGroup[] };

const LINE = 11.5;
/** About as many letters as a line of the title holds. */
const LETTERS = 44;

function linesOf(text: string): string[] {
  return text.split(" ").reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= LETTERS) return [...lines, word];
    return [...lines.slice(0, -1), `${last} ${word}`];
  }, []);
}

/**
 * Title and legend inside a drawing, in a corner where it has no places: hidden on the page, which has both beside it, and shown
 * in the file that a reader saves.
 */
export function PictureKey({ title, legend, x, y }: PictureWords & { x: number; y: number }) {
  const titleLines = linesOf(title);
  const classes = legend.flatMap((group) =>
    group.classes.filter(({ count }) => count > 0).map((one) => ({ ...one, group: group.title })),
  );
  return (
    <g className="in-file" data-in-file="" aria-hidden="true" transform={`translate(${x} ${y})`}>
      {titleLines.map((line, place) => (
        <text key={line} className="in-file-title" y={place * 15}>
          {line}
        </text>
      ))}
      {classes.map(({ key, look, label, count, group }, place) => {
        const top = titleLines.length * 15 + place * LINE;
        return (
          <g key={key}>
            <rect
              className={`place-area ${look.className}`}
              fill={look.fill}
              y={top - 8}
              width={14}
              height={9.5}
              rx={1.5}
            />
            {look.sign !== "" && (
              <text className={`in-file-sign ${look.ink}${look.plate ? " place-plate" : ""}`} x={7} y={top - 0.5}>
                {look.sign}
              </text>
            )}
            <text className="in-file-word" x={20} y={top}>
              {group === null ? label : `${group}: ${label.toLowerCase()}`} · {count}
            </text>
          </g>
        );
      })}
    </g>
  );
}
