"use client";

import { useEffect, useMemo, useRef, useState, useSyncExternalStore, type KeyboardEvent } from "react";
import { KeyHints } from "@/components/ui/key-hints";
import { Kbd } from "@/components/ui/kbd";
import { LeaveGuard } from "@/components/ui/leave-guard";
import { HeaderCell, Table } from "@/components/ui/table";
import { EditRow } from "@/features/statements/components/grid-edit-row";
import { GridStore } from "@/features/statements/components/grid-store";
import { RowOnRecord } from "@/features/statements/components/grid-row";
import { actorOptions } from "@/features/statements/formats/form";
import { GRID_LABELS, type GridDialogue } from "@/features/statements/formats/grid";
import type { FormChoices } from "@/features/statements/queries/form";
import type { GridRows } from "@/features/statements/queries/grid";

type StatementsGridProps = { dialogue: GridDialogue; choices: FormChoices; start: GridRows };

const KEYS = [
  { keys: "n", does: "Go to the new row at the end", target: "[data-edit]:last-of-type input" },
  { keys: "Enter", does: "In a row being typed: next field. On a row on record: change it" },
  { keys: "Shift+Enter", does: "Save the row and start the next" },
  { keys: "=", does: "For whom: the group that was last named, once more" },
  { keys: "F4", does: "The same from any field of the row" },
  { keys: "-", does: "For whom: strike a member out of the group before, as in -Finland" },
  { keys: "~", does: "For whom: an actor that aligned itself, as in ~Albania" },
  { keys: "+", does: "For whom: named itself, not its members, as in +EU" },
  { keys: "Backspace", does: "For whom, when nothing is typed: take the last one away" },
  { keys: "↑ ↓", does: "On a row on record: the row before, the row after" },
  { keys: "Alt+↑ Alt+↓", does: "On a row on record: move it" },
  { keys: "i", does: "On a row on record: insert a row after it" },
  { keys: "Escape", does: "Leave a row in which nothing was changed" },
];

/** The participants of a dialogue as a grid for fast typing, shared with everybody who has it open. */
export function StatementsGrid({ dialogue, choices, start }: StatementsGridProps) {
  const [store] = useState(() => new GridStore({ slug: dialogue.slug, choices, start, meetings: dialogue.meetings }));
  const { lines, marks, said, deaf } = useSyncExternalStore(store.subscribe, store.current, store.current);
  const body = useRef<HTMLTableSectionElement>(null);
  const options = useMemo(() => actorOptions(choices.actors), [choices.actors]);
  const [dragged, setDragged] = useState<string | null>(null);
  // Where the focus goes when the rows are drawn next: a row that is typed, or one on record.
  const next = useRef<string | null>(null);

  useEffect(() => store.listen(), [store]);
  useEffect(() => {
    if (next.current === null) return;
    const target = body.current?.querySelector<HTMLElement>(next.current);
    if (!target) return;
    next.current = null;
    target.focus();
    target.scrollIntoView({ block: "nearest" });
  });

  const goTo = (selector: string) => {
    next.current = selector;
    body.current?.querySelector<HTMLElement>(selector)?.focus();
  };
  const type = (key: string) => goTo(`[data-edit="${key}"] input`);
  const rowsOnRecord = lines.flatMap(({ row }) => row ?? []);
  const onRow = (event: KeyboardEvent, id: string) => {
    const at = rowsOnRecord.findIndex((row) => row.id === id);
    const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    if (step !== 0) {
      event.preventDefault();
      if (event.altKey) {
        void store.move(id, step);
        goTo(`[data-row="${id}"]`);
      } else {
        const there = rowsOnRecord[at + step];
        if (there) goTo(`[data-row="${there.id}"]`);
        else if (step > 0) type(store.begin(null));
      }
    } else if (event.key === "i" && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      type(store.begin(id));
    }
  };
  const drop = (onto: string) => {
    const from = rowsOnRecord.findIndex((row) => row.id === dragged);
    const to = rowsOnRecord.findIndex((row) => row.id === onto);
    if (dragged !== null && from >= 0 && to >= 0) void store.move(dragged, to - from);
    setDragged(null);
  };
  const columns = dialogue.meetings.length > 1 ? 7 : 6;

  return (
    <div className="mt-4 grid gap-3">
      <p className="no-print text-sm text-ink-2 pointer-coarse:hidden">
        <Kbd>Enter</Kbd> next field · <Kbd>Shift</Kbd> <Kbd>Enter</Kbd> save, next row · <Kbd>=</Kbd> last group again ·{" "}
        <Kbd>-</Kbd> without · <Kbd>~</Kbd> aligned · <Kbd>Alt</Kbd> <Kbd>↑</Kbd> <Kbd>↓</Kbd> move · <Kbd>i</Kbd>{" "}
        insert
      </p>
      {deaf !== null && (
        <p role="alert" className="text-sm text-danger">
          What others do is not shown just now. {deaf}
        </p>
      )}
      <Table label="Statements">
        <thead>
          <tr>
            <HeaderCell numeric>#</HeaderCell>
            <HeaderCell className="w-[30%]">{GRID_LABELS.speaker}</HeaderCell>
            <HeaderCell className="w-[28%]">{GRID_LABELS.parties}</HeaderCell>
            <HeaderCell className="min-w-40">{GRID_LABELS.role}</HeaderCell>
            {dialogue.meetings.length > 1 && <HeaderCell>{GRID_LABELS.meeting}</HeaderCell>}
            <HeaderCell>Represents</HeaderCell>
            <HeaderCell>
              <span className="sr-only">What to do with the row</span>
            </HeaderCell>
          </tr>
        </thead>
        <tbody ref={body}>
          {lines.map(({ row, edit }) =>
            edit ? (
              <EditRow
                key={edit.key}
                edit={edit}
                order={row?.order ?? null}
                store={store}
                dialogue={dialogue}
                choices={choices}
                options={options}
                columns={columns}
                changedBy={row ? marks.get(row.id) : undefined}
                onNext={() => {
                  // After a change of a row on record one goes on at the row after it.
                  const at = rowsOnRecord.findIndex(({ id }) => id === edit.row);
                  const following = at < 0 ? undefined : rowsOnRecord[at + 1];
                  if (following) goTo(`[data-row="${following.id}"]`);
                  else type(store.begin(edit.row !== null || edit.after === null ? null : edit.key));
                }}
                onLeave={() => {
                  store.close(edit.key);
                  if (edit.row !== null) goTo(`[data-row="${edit.row}"]`);
                }}
              />
            ) : (
              row && (
                <RowOnRecord
                  key={row.id}
                  row={row}
                  slug={dialogue.slug}
                  names={store.names}
                  withMeeting={dialogue.meetings.length > 1}
                  changedBy={marks.get(row.id)}
                  onOpen={() => type(store.open(row.id))}
                  onKey={(event) => onRow(event, row.id)}
                  onMove={(step) => void store.move(row.id, step)}
                  onInsert={() => type(store.begin(row.id))}
                  onDrag={setDragged}
                  onDrop={drop}
                />
              )
            ),
          )}
        </tbody>
      </Table>
      <div className="no-print flex flex-wrap items-center gap-4 text-sm">
        <p aria-live="polite" className="min-h-5 text-ink-2">
          {said}
        </p>
        <KeyHints hints={KEYS} />
      </div>
      <LeaveGuard stake={() => (store.unsaved() ? { kept: false, discard: () => {} } : null)} />
    </div>
  );
}
