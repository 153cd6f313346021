import "server-only";
import { actorNames } from "@/features/actors/queries/names";
import { getMatrix, type Matrix } from "@/features/positions/queries/matrix";
import { distributionOf, placeInDistribution, type Share } from "@/features/positions/rules/distribution";
import { matrixQuery } from "@/features/positions/schema";
import type { Source } from "@/lib/db";

/** Where every member state stands on one issue, as of a day. */
export type IssueStands = {
  /** One column. Rows stand in the order of the distribution, and by name. */
  matrix: Matrix;
  distribution: Share[];
  /** What groups and speakers are called, by ref. */
  names: Record<string, string>;
};

/** The one column of the matrix for an issue of a version of the codebook. Throws as `getMatrix`. */
export async function getIssueStands(
  source: Source,
  { code, asOf, codebook }: { code: string; asOf: string | undefined; codebook: number | undefined },
): Promise<IssueStands> {
  const matrix = await getMatrix(source, matrixQuery.parse({ issues: code, asOf, codebook }));
  const cells = matrix.rows.flatMap((row) => row.cells);
  const throughs = cells.flatMap((cell) => ("value" in cell && cell.through !== null ? [cell.through] : []));
  const placed = matrix.rows.map((row) => ({ row, place: row.cells[0] ? placeInDistribution(row.cells[0]) : -1 }));
  // The rows are by name, and sorting keeps that order within each share.
  const rows = placed.sort((a, b) => a.place - b.place).map(({ row }) => row);
  return {
    matrix: { ...matrix, rows },
    distribution: distributionOf(cells),
    names: await actorNames(source, [...new Set(throughs)]),
  };
}
