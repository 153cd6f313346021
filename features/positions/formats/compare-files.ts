import { WHAT_IT_SAYS, WHEN_IT_WAS_SAID, type CellInFile } from "@/features/positions/formats/cell-columns";
import { compareParams } from "@/features/positions/formats/compare-address";
import type { Comparison } from "@/features/positions/queries/compare";
import type { CompareExport } from "@/features/positions/queries/export";
import { describedCsv, describedMetadata, type CsvPlace, type DescribedColumn } from "@/lib/formats/described-csv";
import type { ExportedFile } from "@/lib/formats/file";

type Placed = CellInFile & {
  actor: Comparison["actors"][number];
  /** How many positions are behind the cell. */
  positions: number;
};

/** One row for each actor and issue. */
const COLUMNS: readonly DescribedColumn<Placed>[] = [
  {
    name: "actor",
    title: "Actor",
    datatype: "string",
    about: "ISO 3166 alpha-3 code of a state or observer, else the slug",
    value: ({ actor }) => actor.ref,
  },
  {
    name: "name",
    title: "Name",
    datatype: "string",
    about: "The name in use today",
    value: ({ actor }) => actor.actor.name,
  },
  ...WHAT_IT_SAYS,
  {
    name: "positions",
    title: "Positions",
    datatype: "integer",
    about: "How many positions on the issue are behind the cell, in the voice and time that are compared",
    value: ({ positions }) => positions,
  },
  ...WHEN_IT_WAS_SAID,
  {
    name: "position",
    title: "Position",
    datatype: "string",
    about: "Id of the position that decides",
    value: ({ cell }) => ("value" in cell ? cell.positionId : null),
  },
];

function* placedCells({ comparison: { rows, actors, dialogues } }: CompareExport): Generator<Placed> {
  for (const row of rows) {
    for (const [place, actor] of actors.entries()) {
      const shown = row.cells[place];
      if (shown) yield { actor, issue: row.issue, cell: shown.cell, positions: shown.positions, dialogues };
    }
  }
}

const place = ({ search }: CompareExport): CsvPlace => ({ path: "compare", search });

/** By what rule those who are compared were settled, in words. */
export function compareRule({ comparison: { dialogue, voice } }: Pick<CompareExport, "comparison">): string {
  const scope = dialogue ? "What was said at the dialogue alone." : "The latest position up to the day.";
  const voices =
    voice === "own"
      ? "Own statements alone; of a group, statements delivered for it."
      : "An own statement overrides a delegated one at the same dialogue. Aligned states do not inherit positions.";
  return `${scope} ${voices} An absence is no value and agrees with nothing.`;
}

/** The rows alone; what they are is in the metadata that the Link header names. */
export function compareCsv(file: CompareExport): ExportedFile {
  return describedCsv(place(file), `comparison-${file.comparison.asOf}`, COLUMNS, placedCells(file));
}

/** What the CSV of the same address holds, as W3C's "Metadata Vocabulary for Tabular Data" says it. */
export function compareCsvMetadata(file: CompareExport) {
  const { comparison, query, generatedAt, page } = file;
  return describedMetadata(place(file), COLUMNS, {
    title: `Positions of ${comparison.actors.map(({ actor }) => actor.name).join(", ")}`,
    description: compareRule(file),
    page,
    generatedAt,
    notes: {
      asOf: comparison.asOf,
      dialogue: comparison.dialogue?.slug ?? null,
      filters: compareParams(query),
      rule: compareRule(file),
      codebookVersion: comparison.codebook,
      evidence: comparison.actors.map(({ ref, strength }) => ({ actor: ref, ...strength })),
      total: comparison.rows.length * comparison.actors.length,
    },
  });
}
