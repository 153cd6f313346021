import "server-only";
import { actorNames } from "@/features/actors/queries/names";
import { getMatrix, type Matrix, type MatrixRow } from "@/features/positions/queries/matrix";
import { positionsIn, type TablePosition } from "@/features/positions/rules/table";
import type { TablePositionsQuery } from "@/features/positions/schema";
import type { Source } from "@/lib/db";

/** One page of the positions that a table shows. */
export type TablePositions = {
  matrix: Matrix;
  /** Row by row, and in the order of the columns. */
  positions: TablePosition<MatrixRow, Matrix["issues"][number]>[];
  total: number;
  /** What those are called through whom positions came, by ref. */
  names: Record<string, string>;
};

/** The positions that the table of a query shows, own or delegated or both, one by one. Throws as `getMatrix`. */
export async function listTablePositions(
  source: Source,
  { mode, ...query }: TablePositionsQuery,
  { page, size }: { page: number; size: number },
): Promise<TablePositions> {
  const matrix = await getMatrix(source, query);
  const all = positionsIn(matrix).filter(({ cell }) => mode === undefined || cell.kind === mode);
  const positions = all.slice((page - 1) * size, page * size);
  const throughs = positions.flatMap(({ cell }) => cell.through ?? []);
  return { matrix, positions, total: all.length, names: await actorNames(source, [...new Set(throughs)]) };
}
