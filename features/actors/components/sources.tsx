import { Tag } from "@/components/ui/tag";
import { isUnsourced, sourceParts } from "@/features/actors/formats";

/** The text of a source with its addresses as links. What rests on common knowledge alone is marked. */
export function SourceText({ source }: { source: string }) {
  const unsourced = isUnsourced(source);
  const text = unsourced ? source.replace(/^memory/, "common knowledge") : source;
  return (
    <span className="wrap-anywhere">
      {unsourced && (
        <>
          <Tag tone="dashed">unsourced</Tag>{" "}
        </>
      )}
      {sourceParts(text).map(({ text, href }) =>
        href === null ? (
          text
        ) : (
          <a key={text} className="link" href={href} rel="noreferrer">
            {text}
          </a>
        ),
      )}
    </span>
  );
}

function anchorOf(list: string, number: number): string {
  return `${list}-source-${number}`;
}

type SourceMarkProps = { list: string; numbers: ReadonlyMap<string, number>; source: string | null };

/** The number of a source, leading to the list of them. */
export function SourceMark({ list, numbers, source }: SourceMarkProps) {
  const number = source === null ? undefined : numbers.get(source);
  if (number === undefined) return <span className="text-ink-3">–</span>;
  return (
    <a className="inline-block min-h-6 min-w-6 text-center" href={`#${anchorOf(list, number)}`}>
      <span className="sr-only">Source </span>[{number}]
    </a>
  );
}

/** The sources that a table points to. */
export function SourceList({ list, numbers }: Omit<SourceMarkProps, "source">) {
  if (numbers.size === 0) return null;
  return (
    <ol aria-label="Sources" className="mt-2 grid grid-cols-1 gap-1.5 text-sm text-ink-2">
      {[...numbers].map(([source, number]) => (
        <li key={number} id={anchorOf(list, number)} className="flex gap-2 target:bg-accent-soft">
          <span className="min-w-6 flex-none text-end text-ink-3">[{number}]</span>
          <span className="min-w-0">
            <SourceText source={source} />
          </span>
        </li>
      ))}
    </ol>
  );
}
