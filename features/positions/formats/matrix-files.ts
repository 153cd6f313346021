import { UN_REGION_NAMES } from "@/features/actors/schema";
import { matrixParams } from "@/features/positions/formats/address";
import { WHAT_IT_SAYS, WHEN_IT_WAS_SAID, type CellInFile } from "@/features/positions/formats/cell-columns";
import type { MatrixExport } from "@/features/positions/queries/export";
import type { MatrixRow } from "@/features/positions/queries/matrix";
import { describedCsv, describedMetadata, type CsvPlace, type DescribedColumn } from "@/lib/formats/described-csv";
import type { ExportedFile } from "@/lib/formats/file";

type Placed = CellInFile & { row: MatrixRow };

/** One row for each cell: an actor on an issue. */
const COLUMNS: readonly DescribedColumn<Placed>[] = [
  {
    name: "iso3",
    title: "Code",
    datatype: "string",
    about: "ISO 3166 alpha-3 code of a state or observer; empty for others",
    value: ({ row }) => row.iso3,
  },
  {
    name: "slug",
    title: "Slug",
    datatype: "string",
    about: "Last part of the address of the actor's page",
    value: ({ row }) => row.slug,
  },
  {
    name: "name",
    title: "Name",
    datatype: "string",
    about: "The name valid on the day of the table",
    value: ({ row }) => row.name,
  },
  {
    name: "region",
    title: "UN regional group",
    datatype: "string",
    about: "On the day of the table",
    value: ({ row }) => row.region && UN_REGION_NAMES[row.region],
  },
  ...WHAT_IT_SAYS,
  ...WHEN_IT_WAS_SAID,
  {
    name: "statement",
    title: "Statement",
    datatype: "string",
    about: "Id of the statement; empty where a source attributes the position without one",
    value: ({ cell }) => ("value" in cell ? cell.statementId : null),
  },
  {
    name: "position",
    title: "Position",
    datatype: "string",
    about: "Id of the position, by which its quotation is found",
    value: ({ cell }) => ("value" in cell ? cell.positionId : null),
  },
];

function* placedCells({ matrix }: MatrixExport): Generator<Placed> {
  const { issues, rows, dialogues } = matrix;
  for (const row of rows) {
    for (const [place, issue] of issues.entries()) {
      const cell = row.cells[place];
      if (cell) yield { row, cell, issue, dialogues };
    }
  }
}

const place = ({ search }: MatrixExport): CsvPlace => ({ path: "matrix", search });

/** The rows alone; what they are is in the metadata that the Link header names. */
export function matrixCsv(file: MatrixExport): ExportedFile {
  return describedCsv(place(file), `positions-${file.matrix.asOf}`, COLUMNS, placedCells(file));
}

/** How the cells were settled, in a sentence or two. */
export function ruleOf({ matrix, query }: Pick<MatrixExport, "matrix" | "query">): string {
  const scope = matrix.dialogue ? "What was said at the dialogue alone." : "The latest position up to the day.";
  const aligned = query.aligned === "include" ? "inherit" : "do not inherit";
  return `${scope} An own statement overrides a delegated one at the same dialogue. Aligned states ${aligned} positions. An absence is no value.`;
}

/**
 * What the CSV of the same address holds (W3C, "Metadata Vocabulary for Tabular Data"): its columns with their types, and in
 * `notes` the day, dialogue, filters, rule, codebook version, coverage and time.
 */
export function matrixCsvMetadata(file: MatrixExport) {
  const { matrix, query, generatedAt, page } = file;
  return describedMetadata(place(file), COLUMNS, {
    title: "Positions of actors by issues",
    description: ruleOf(file),
    page,
    generatedAt,
    notes: {
      asOf: matrix.asOf,
      dialogue: matrix.dialogue?.slug ?? null,
      filters: matrixParams(query),
      rule: ruleOf(file),
      codebookVersion: matrix.codebook,
      statements: matrix.coverage.statements,
      codedStatements: matrix.coverage.coded,
      total: matrix.rows.length * matrix.issues.length,
    },
  });
}
