import "server-only";
import type { Understood } from "@/features/imports/mutations/kind";
import { kindOfImport, portionsOf, type Mapped } from "@/features/imports/mutations/rows";
import { reader } from "@/features/imports/rules/mapping";
import type { RowIssue } from "@/features/imports/schema";
import type { Tx } from "@/lib/db";

/** Rows whose messages are kept: nobody reads more before sending the file again. All are counted. */
const MOST_KEPT = 1000;

export type Found = { errors: number; warnings: number };

async function claim(tx: Tx, understood: Understood<unknown>[]): Promise<void> {
  const claims = understood.flatMap(({ row, claims }) => claims.map((one) => ({ ...one, row })));
  if (claims.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO import_claim
    SELECT "row", field, key, words, coalesce("from", '-infinity'), coalesce(until, 'infinity'), coalesce(dated, false)
    FROM jsonb_to_recordset(${JSON.stringify(claims)}::jsonb)
      AS claim ("row" int, field text, key text, words text, "from" date, until date, dated boolean)`;
}

type Clash = { row: number; field: string; words: string; other: number };

/** Rows that claim what a row before them claims, in the order of the file. */
async function clashes(tx: Tx): Promise<Clash[]> {
  return tx.$queryRaw<Clash[]>`
    SELECT "row", field, words, other FROM (
      SELECT "row", field, words, dated, starts, min("row") OVER (PARTITION BY key) AS first,
        lag("row") OVER days AS other_day,
        max(ends) OVER (PARTITION BY key ORDER BY starts, "row" ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS held,
        CASE WHEN dated THEN lag("row") OVER days ELSE min("row") OVER (PARTITION BY key) END AS other
      FROM import_claim WINDOW days AS (PARTITION BY key ORDER BY starts, "row")) claim
    WHERE CASE WHEN dated THEN held >= starts ELSE "row" > first END
    ORDER BY "row" LIMIT ${MOST_KEPT}`;
}

async function keep(tx: Tx, id: string, rows: { row: number; issues: RowIssue[] }[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.$executeRaw`
    UPDATE import_row SET issues = coalesce(import_row.issues, '[]') || found.issues
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS found ("row" int, issues jsonb)
    WHERE import_row.import_id = ${id}::uuid AND import_row."row" = found."row"`;
}

/**
 * Looks at every row of an import as it would be taken, and keeps what is wrong or odd with each. Nothing of the record
 * changes. `report` is told how many rows were looked at.
 */
export async function checkRows(tx: Tx, mapped: Mapped, report: (rows: number) => void): Promise<Found> {
  // A load checks one file after the other in one transaction.
  await tx.$executeRaw`DROP TABLE IF EXISTS pg_temp.import_claim`;
  await tx.$executeRaw`
    CREATE TEMP TABLE import_claim ("row" int, field text, key text, words text, starts date, ends date, dated boolean) ON COMMIT DROP`;
  await tx.$executeRaw`UPDATE import_row SET issues = NULL WHERE import_id = ${mapped.id}::uuid AND issues IS NOT NULL`;
  const kind = kindOfImport(tx, mapped, false);
  const found: Found = { errors: 0, warnings: 0 };
  let kept = 0;
  let looked = 0;
  for await (const portion of portionsOf(tx, mapped)) {
    const understood = await kind.understand(portion);
    await claim(tx, understood);
    const odd = understood.filter(({ issues }) => issues.length > 0);
    for (const { issues } of odd) for (const { level } of issues) found[level === "error" ? "errors" : "warnings"] += 1;
    const room = odd.slice(0, MOST_KEPT - kept);
    await keep(
      tx,
      mapped.id,
      room.map(({ row, issues }) => ({ row, issues })),
    );
    kept += room.length;
    looked += portion.length;
    report(looked);
  }
  const { column } = reader(mapped.headers, mapped.mapping)([]);
  const doubled = await clashes(tx);
  found.errors += doubled.length;
  await keep(
    tx,
    mapped.id,
    doubled.map(({ row, field, words, other }) => {
      const message = `Row ${other} already ${words}.`;
      return { row, issues: [{ column: column(field), level: "error", message }] };
    }),
  );
  return found;
}
