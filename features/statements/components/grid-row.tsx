import type { KeyboardEvent } from "react";
import { CountLink } from "@/components/ui/count-link";
import { Cell } from "@/components/ui/table";
import { coverageInWords, partiesInWords, type Names } from "@/features/statements/formats/grid";
import type { StatementDto } from "@/features/statements/queries/statement";
import { isCounted } from "@/features/statements/rules";
import { ROLE_NAMES } from "@/features/statements/schema";

type RowOnRecordProps = {
  row: StatementDto;
  slug: string;
  names: Names;
  withMeeting: boolean;
  /** Who else changed it a moment ago. */
  changedBy: string | undefined;
  onOpen: () => void;
  onKey: (event: KeyboardEvent) => void;
  onMove: (step: number) => void;
  onInsert: () => void;
  onDrag: (id: string) => void;
  onDrop: (id: string) => void;
};

/** A row that nobody types in: pressed, it is changed; dragged or moved by keys, it changes its place. */
export function RowOnRecord({ row, slug, names, withMeeting, changedBy, ...on }: RowOnRecordProps) {
  const { id, order, speakerName, role, meeting, represents } = row;
  const counted = isCounted({ role, withdrawn: false });
  return (
    <tr
      data-changed={changedBy !== undefined || undefined}
      draggable
      onDragStart={() => on.onDrag(id)}
      onDragOver={(event) => event.preventDefault()}
      onDrop={() => on.onDrop(id)}
    >
      <Cell numeric className="cursor-grab text-ink-3">
        {order}
      </Cell>
      <th scope="row">
        <button
          type="button"
          className="row-button"
          aria-label={`${speakerName}, change row ${order}`}
          data-row={id}
          onClick={on.onOpen}
          onKeyDown={on.onKey}
        >
          {speakerName}
        </button>
        {changedBy !== undefined && <span className="ps-2 text-xs text-accent-ink">by {changedBy}</span>}
      </th>
      <Cell className="whitespace-normal">{counted && partiesInWords(represents, names)}</Cell>
      <Cell>{ROLE_NAMES[role]}</Cell>
      {withMeeting && <Cell>{meeting ?? <span className="text-ink-3">not known</span>}</Cell>}
      <Cell className="whitespace-nowrap">
        {counted ? (
          <CountLink
            href={`/dialogues/${slug}/statements/${id}#covered`}
            count={row.covers.states + row.covers.observers + row.covers.organizations}
          >
            {coverageInWords(row)}
          </CountLink>
        ) : (
          <span className="text-ink-3">not counted</span>
        )}
      </Cell>
      <Cell className="no-print whitespace-nowrap text-end">
        {/* For the mouse and for touch: from the keyboard the row itself has the keys. */}
        <button
          type="button"
          className="row-tool"
          tabIndex={-1}
          aria-label={`Move ${speakerName} up`}
          onClick={() => on.onMove(-1)}
        >
          ↑
        </button>
        <button
          type="button"
          className="row-tool"
          tabIndex={-1}
          aria-label={`Move ${speakerName} down`}
          onClick={() => on.onMove(1)}
        >
          ↓
        </button>
        <button
          type="button"
          className="row-tool"
          tabIndex={-1}
          aria-label={`Insert a row after ${speakerName}`}
          onClick={on.onInsert}
        >
          +
        </button>
      </Cell>
    </tr>
  );
}
