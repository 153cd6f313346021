"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, type ReactNode } from "react";
import { moveInTable, rove } from "@/components/ui/table-keys";
import { addressOfCell, type CellColumn } from "@/features/positions/components/cell-address";
import { CellPeek } from "@/features/positions/components/cell-peek";

type MatrixKeysProps = {
  /** What stands in each column but the first. */
  columns: readonly CellColumn[];
  /** Where evidence is: its parameters, "?asOf=…" or empty. */
  search: string;
  /** One table, whose rows say of which actor they are. */
  children: ReactNode;
};

/** Around a table of positions: arrow keys move between its cells, and what has the focus or the pointer shows its evidence. */
export function MatrixKeys({ columns, search, children }: MatrixKeysProps) {
  const frame = useRef<HTMLDivElement>(null);
  const router = useRouter();

  // After every drawing: new rows bring new links.
  useEffect(() => {
    const table = frame.current?.querySelector("table");
    if (table) rove(table);
  });

  useEffect(() => {
    const table = frame.current?.querySelector("table");
    if (!table) return undefined;
    const press = (event: KeyboardEvent) => {
      const cell = moveInTable(table, event);
      // A cell without a link: its evidence says why there is no position.
      if (event.key === "Enter" && cell && !cell.querySelector("a")) open(cell);
    };
    const click = (event: MouseEvent) => {
      if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const cell = event.target instanceof Element ? event.target.closest("td") : null;
      if (!cell?.querySelector("a") || !cell.closest("tr[data-actor]")) return;
      event.preventDefault();
      open(cell);
    };
    const open = (cell: HTMLTableCellElement) => {
      const address = addressOfCell(cell, columns, search);
      if (address) router.push(address);
    };
    table.addEventListener("keydown", press);
    table.addEventListener("click", click);
    return () => {
      table.removeEventListener("keydown", press);
      table.removeEventListener("click", click);
    };
  }, [columns, search, router]);

  return (
    <div ref={frame}>
      {children}
      <CellPeek frame={frame} columns={columns} search={search} />
    </div>
  );
}
