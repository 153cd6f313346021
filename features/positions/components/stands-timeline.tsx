import { Table } from "@/components/ui/table";
import { MatrixKeys } from "@/features/positions/components/matrix-keys";
import type { ActorStands, IssueStand, StandColumn } from "@/features/positions/queries/of-actor";
import { codeOfCell, wordsOfCode } from "@/features/positions/rules/table";
import { address } from "@/lib/address";
import { formatDay, plural } from "@/lib/format";

type StandsTimelineProps = {
  stands: ActorStands;
  /** The version in the address of the page, which its links keep. */
  version: number | undefined;
};

/**
 * The positions of one actor over time: a row for each issue, a column for each dialogue, each cell what the matrix of that dialogue
 * alone shows. Arrow keys move between cells; what has the focus or the pointer shows its words, Enter opens the evidence.
 */
export function StandsTimeline({ stands: { columns, issues, ref, left }, version }: StandsTimelineProps) {
  const evidence = (code: string, dialogue?: string) =>
    address(`/positions/${ref}/${code}`, { dialogue, codebook: version });
  return (
    <>
      <MatrixKeys
        columns={columns.map((column) => ({ code: column.dialogue?.slug ?? "", title: titleOf(column) }))}
        search={address("", { codebook: version })}
      >
        <Table label="Positions over time" scroll="both" stickyFirst className="matrix-region timeline-region">
          <thead>
            <tr>
              <th scope="col">
                <span className="sr-only">Issue</span>
              </th>
              {columns.map((column) => (
                <th key={column.dialogue?.slug ?? column.day} scope="col" title={titleOf(column)}>
                  <ColumnHead column={column} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {issues.map((issue) => (
              <tr key={issue.code} data-actor={ref} data-issue={issue.code}>
                <th scope="row">
                  <a href={evidence(issue.code)}>{issue.title}</a>
                </th>
                {issue.cells.map((cell, place) => (
                  <TimelineCell
                    key={columns[place]?.dialogue?.slug ?? columns[place]?.day}
                    cell={cell}
                    href={hrefOf(cell, columns[place]?.dialogue?.slug, (slug) => evidence(issue.code, slug))}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </Table>
      </MatrixKeys>
      {left > 0 && (
        <p className="mt-1 text-sm text-ink-2">
          {plural(left, "earlier dialogue is", "earlier dialogues are")} not shown here; the evidence of each issue has
          them.
        </p>
      )}
    </>
  );
}

function titleOf({ dialogue, day }: StandColumn): string {
  return dialogue ? `${dialogue.title}, ${formatDay(day)}` : `Other occasions, ${day.slice(0, 4)}`;
}

/** The year for the eye, what happened in it for everybody else. */
function ColumnHead({ column: { dialogue, day } }: { column: StandColumn }) {
  const year = day.slice(0, 4);
  if (!dialogue) {
    return (
      <>
        {year}
        <span className="block font-normal">other</span>
      </>
    );
  }
  return (
    <a href={`/dialogues/${dialogue.slug}`}>
      {year}
      <span className="sr-only">, {dialogue.title}</span>
    </a>
  );
}

type Shown = IssueStand["cells"][number];

/** What was said on another occasion has no address of its own: it is a row of the evidence. */
function hrefOf(cell: Shown, dialogue: string | undefined, evidence: (dialogue?: string) => string): string | null {
  if (!cell?.positionId) return null;
  return dialogue === undefined ? `${evidence()}#position-${cell.positionId}` : evidence(dialogue);
}

function TimelineCell({ cell, href }: { cell: Shown; href: string | null }) {
  if (!cell) return <td className="none">Nothing on record</td>;
  const code = codeOfCell(cell);
  const words = cell.through ? `${wordsOfCode(code)} through ${cell.through}` : wordsOfCode(code);
  return <td className={code}>{href === null ? words : <a href={href}>{words}</a>}</td>;
}
