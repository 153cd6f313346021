/** What a cell of an exported table holds. Numbers are numbers; codes such as "008" are texts; null is an empty cell. */
export type Cell = string | number | null;

/** A column of an exported table: its heading, how wide it should be, in characters, and whether it holds numbers. */
export type Column = { title: string; width: number; numeric?: boolean };

/** A line about a file, such as the filters that made it. */
export type AboutLine = { label: string; value: Cell };

/** A file on its way out: `bytes` are made while they are read. */
export type ExportedFile = {
  /** ASCII, with its extension. */
  name: string;
  media: string;
  headers?: Record<string, string>;
  bytes: AsyncIterable<Uint8Array>;
};

const ROWS_AT_ONCE = 250;

/** Rows in portions: small enough that other requests get their turn between two. */
export function* batches<T>(rows: Iterable<T>): Generator<T[]> {
  let batch: T[] = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length < ROWS_AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
