import { VALUE_NAMES } from "@/features/codebook/schema";
import { compareParams } from "@/features/positions/formats/compare-address";
import type { Comparison } from "@/features/positions/queries/compare";
import type { CompareExport } from "@/features/positions/queries/export";
import { ABSENCE_NAMES, CELL_KINDS, MODE_NAMES } from "@/features/positions/schema";
import { describedCsv, describedMetadata, type CsvPlace, type DescribedColumn } from "@/lib/formats/described-csv";
import type { ExportedFile } from "@/lib/formats/file";

type Placed = {
  actor: Comparison["actors"][number];
  row: Comparison["rows"][number];
  shown: Comparison["rows"][number]["cells"][number];
  dialogues: Comparison["dialogues"];
};

const KIND_WORDS = { ...MODE_NAMES, ...ABSENCE_NAMES };

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
  {
    name: "issue",
    title: "Issue",
    datatype: "string",
    about: "Code of the issue in the codebook",
    value: ({ row }) => row.issue.code,
  },
  {
    name: "issueTitle",
    title: "Issue title",
    datatype: "string",
    about: "As the version of the codebook words it",
    value: ({ row }) => row.issue.title,
  },
  {
    name: "kind",
    title: "Kind",
    datatype: "string",
    about: `What the cell is: ${CELL_KINDS.map((kind) => `${kind} (${KIND_WORDS[kind]})`).join(", ")}. An absence is never a value`,
    value: ({ shown: { cell } }) => cell.kind,
  },
  {
    name: "value",
    title: "Value",
    datatype: "string",
    about: `${Object.entries(VALUE_NAMES)
      .map(([value, words]) => `${value} (${words})`)
      .join(", ")}; empty for an absence`,
    value: ({ shown: { cell } }) => ("value" in cell ? cell.value : null),
  },
  {
    name: "through",
    title: "Through",
    datatype: "string",
    about: "Group, or actor that spoke for it, of a delegated position",
    value: ({ shown: { cell } }) => ("value" in cell ? cell.through : null),
  },
  {
    name: "positions",
    title: "Positions",
    datatype: "integer",
    about: "How many positions on the issue are behind the cell, in the voice and time that are compared",
    value: ({ shown }) => shown.positions,
  },
  {
    name: "dialogue",
    title: "Dialogue",
    datatype: "string",
    about: "Slug of the dialogue at which it was said; empty on another occasion",
    value: ({ shown: { cell }, dialogues }) =>
      "value" in cell && cell.at.dialogue !== null ? (dialogues.get(cell.at.dialogue) ?? null) : null,
  },
  {
    name: "day",
    title: "Day",
    datatype: "date",
    about: "First day of the dialogue; of another occasion the last day of its year",
    value: ({ shown: { cell } }) => ("value" in cell ? cell.at.day : null),
  },
  {
    name: "position",
    title: "Position",
    datatype: "string",
    about: "Id of the position that decides",
    value: ({ shown: { cell } }) => ("value" in cell ? cell.positionId : null),
  },
];

function* placedCells({ comparison: { rows, actors, dialogues } }: CompareExport): Generator<Placed> {
  for (const row of rows) {
    for (const [place, actor] of actors.entries()) {
      const shown = row.cells[place];
      if (shown) yield { actor, row, shown, dialogues };
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
