import type { ReactNode } from "react";
import { SavePicture } from "@/components/chart/save-picture";
import { ButtonLink } from "@/components/ui/button";
import { CopyAs } from "@/components/ui/copy-as";
import { Disclosure } from "@/components/ui/disclosure";

type ChartFigureProps = {
  /** Unique on its page: the id of the figure, and the name of its files. */
  name: string;
  /** What the drawing shows, in words. */
  title: ReactNode;
  /** The heading's level; 2 without. */
  level?: 2 | 3;
  /** How to read it, and how much is behind it. */
  note?: ReactNode;
  /** The address of the file with the rows that are drawn. */
  csv?: string;
  /** What it says, as a sentence with its number; for "copy as". */
  sentence: string;
  /** What it is, by `citationOf`. */
  citation: string;
  /** The same as a `Table`: for the keyboard, screen readers, and whoever wants the numbers. */
  table: ReactNode;
  /** Whether the table is open from the start. */
  open?: boolean;
  /** The drawing: one `svg` with a viewBox. */
  children: ReactNode;
};

/** A drawing with its title, its table, and the ways to take it along. It never stands without its table. */
export function ChartFigure(props: ChartFigureProps) {
  const { name, title, level = 2, note, csv, sentence, citation, table, open = false, children } = props;
  const Heading = level === 2 ? "h2" : "h3";
  const picture = `${name}-picture`;
  const rows = `${name}-table`;
  return (
    <figure id={name} aria-labelledby={`${name}-title`} className="mt-9">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <Heading id={`${name}-title`}>{title}</Heading>
        <div className="no-print flex flex-wrap items-center gap-2">
          {csv !== undefined && (
            <ButtonLink href={csv} download>
              CSV
            </ButtonLink>
          )}
          <SavePicture name={name} picture={picture} />
          <CopyAs name={`“${sentence}”`} sentence={sentence} citation={citation} table={rows} picture={picture} />
        </div>
      </div>
      <div id={picture} className="chart my-3">
        {children}
      </div>
      {note && <figcaption className="max-w-read text-sm text-ink-2">{note}</figcaption>}
      <Disclosure summary="Show as a table" id={rows} open={open} className="mt-2">
        {table}
      </Disclosure>
    </figure>
  );
}
