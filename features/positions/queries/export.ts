import "server-only";
import { compare, type Comparison } from "@/features/positions/queries/compare";
import { getMatrix, type Matrix } from "@/features/positions/queries/matrix";
import type { CompareQuery, MatrixQuery } from "@/features/positions/schema";
import type { Caller } from "@/lib/auth/caller";
import { snapshot } from "@/lib/db";
import { env } from "@/lib/env";

/** Everything that goes into a file of the matrix, of one moment. */
export type MatrixExport = {
  matrix: Matrix;
  query: MatrixQuery;
  generatedAt: Date;
  /** The same rows on screen. */
  page: string;
  /** The parameters as they were sent, "?region=un-weog" or empty. */
  search: string;
};

/** Reads the matrix for a file from one snapshot. `search` is the query of the request's address. Throws as `getMatrix`. */
export async function readMatrix(
  caller: Caller<"record:read">,
  query: MatrixQuery,
  search: string,
): Promise<MatrixExport> {
  const matrix = await snapshot(caller, (tx) => getMatrix(tx, query));
  return { matrix, query, generatedAt: new Date(), page: `${env().APP_URL}/positions${search}`, search };
}

/** A comparison of one moment, for a file. */
export type CompareExport = {
  comparison: Comparison;
  query: CompareQuery;
  generatedAt: Date;
  /** The same rows on screen. */
  page: string;
  /** The parameters as they were sent. */
  search: string;
};

/** Reads a comparison for a file from one snapshot. Throws as `compare`. */
export async function readComparison(
  caller: Caller<"record:read">,
  query: CompareQuery,
  search: string,
): Promise<CompareExport> {
  const comparison = await snapshot(caller, (tx) => compare(tx, query));
  return { comparison, query, generatedAt: new Date(), page: `${env().APP_URL}/compare${search}`, search };
}
