import "server-only";
import type { NamesFile } from "@/features/imports/queries/names";
import type { Cells } from "@/features/imports/rules/mapping";
import type { RowIssue } from "@/features/imports/schema";
import type { Caller } from "@/lib/auth/caller";
import type { Tx } from "@/lib/db";

export type Importer = Caller<"import:run">;

/** One row of a file, by field. */
export type SourceRow = { row: number; cells: Cells };

/**
 * What no two rows of a file may both claim: a place, a code, a period of a membership. `field` is to blame; `words` says what
 * it is, as the end of "Row 5 already …". With a period, only claims that share a day are in each other's way.
 */
export type Claim = {
  field: string;
  key: string;
  words: string;
  from?: string | null;
  until?: string | null;
  dated?: boolean;
};

/** A row that was understood, or what keeps it from being so. */
export type Understood<T> = { row: number; cells: Cells; issues: RowIssue[]; claims: Claim[]; value: T | null };

/** How the rows of one kind of import are understood and taken. Made anew for each run; it may remember what rows share. */
export type KindOfImport<T> = {
  /** Compares a portion of rows with the record. Errors and warnings as the ordinary forms give them. */
  understand(rows: SourceRow[]): Promise<Understood<T>[]>;
  /** Writes a portion, each row with its audit event. `caller` belongs to the batch. */
  take(caller: Importer, values: T[]): Promise<void>;
  /** What is left to do when all rows are written. */
  finish?(caller: Importer): Promise<void>;
};

/** What a kind of import is made with: `defaults` hold for every row; `taking` is false while rows are only looked at. */
export type Making = {
  tx: Tx;
  taking: boolean;
  defaults: Readonly<Record<string, string>>;
  importId: string;
  column: (field: string) => number | null;
  /** The names of the actors of this file, where they are in a file of their own. */
  names?: NamesFile | undefined;
};

/** An error of a field's cell; of the row as a whole when no column holds the field. */
export function errorAt(cells: Cells, field: string, message: string): RowIssue {
  return { column: cells.column(field), level: "error", message };
}
