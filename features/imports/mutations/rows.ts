import "server-only";
import { actors } from "@/features/imports/mutations/actors";
import type { KindOfImport, Making, SourceRow } from "@/features/imports/mutations/kind";
import { memberships } from "@/features/imports/mutations/memberships";
import { positions } from "@/features/imports/mutations/positions";
import { statements } from "@/features/imports/mutations/statements";
import type { NamesFile } from "@/features/imports/queries/names";
import { reader } from "@/features/imports/rules/mapping";
import type { ImportKind, Mapping } from "@/features/imports/schema";
import type { Tx } from "@/lib/db";

/** How each kind is understood and taken. A kind that can be imported is added here and to IMPORT_KINDS. */
const KINDS = { participants: statements, statements, memberships, actors, positions } as unknown as Record<
  ImportKind,
  (making: Making) => KindOfImport<unknown>
>;

/** An import whose columns are mapped. */
export type Mapped = {
  id: string;
  kind: ImportKind;
  headers: string[];
  mapping: Mapping;
  defaults: Record<string, string>;
  /** The names of its actors, where a file of its own has them. */
  names?: NamesFile;
};

const AT_ONCE = 2000;

/** The kind of an import, ready to look at its rows or, with `taking`, to write them. */
export function kindOfImport(
  tx: Tx,
  { id, kind, headers, mapping, defaults, names }: Mapped,
  taking: boolean,
): KindOfImport<unknown> {
  const { column } = reader(headers, mapping)([]);
  return KINDS[kind]({ tx, taking, defaults, importId: id, column, names });
}

/** The rows of an import in portions: no more than one is in memory, however long the file is. */
export async function* portionsOf(tx: Tx, { id, headers, mapping }: Mapped): AsyncGenerator<SourceRow[]> {
  const read = reader(headers, mapping);
  for (let last = 0; ;) {
    const rows = await tx.$queryRaw<{ row: number; cells: string[] }[]>`
      SELECT "row", cells FROM import_row WHERE import_id = ${id}::uuid AND "row" > ${last} ORDER BY "row" LIMIT ${AT_ONCE}`;
    if (rows.length > 0) yield rows.map(({ row, cells }) => ({ row, cells: read(cells) }));
    last = rows.at(-1)?.row ?? 0;
    if (rows.length < AT_ONCE) return;
  }
}
