import { VALUE_NAMES } from "@/features/codebook/schema";
import type { Cell } from "@/features/positions/rules/settled";
import { ABSENCE_NAMES, CELL_KINDS, MODE_NAMES } from "@/features/positions/schema";
import type { DescribedColumn } from "@/lib/formats/described-csv";

/** A cell as a row of a file has it: on which issue, and the slugs of dialogues by id. */
export type CellInFile = {
  cell: Cell;
  issue: { code: string; title: string };
  dialogues: ReadonlyMap<string, string>;
};

const KIND_WORDS = { ...MODE_NAMES, ...ABSENCE_NAMES };

/** What a cell says, in every file that has cells: its issue, its kind, its value, and through whom. */
export const WHAT_IT_SAYS: readonly DescribedColumn<CellInFile>[] = [
  {
    name: "issue",
    title: "Issue",
    datatype: "string",
    about: "Code of the issue in the codebook",
    value: ({ issue }) => issue.code,
  },
  {
    name: "issueTitle",
    title: "Issue title",
    datatype: "string",
    about: "As the version of the codebook words it",
    value: ({ issue }) => issue.title,
  },
  {
    name: "kind",
    title: "Kind",
    datatype: "string",
    about: `What the cell is: ${CELL_KINDS.map((kind) => `${kind} (${KIND_WORDS[kind]})`).join(", ")}. An absence is never a value`,
    value: ({ cell }) => cell.kind,
  },
  {
    name: "value",
    title: "Value",
    datatype: "string",
    about: `${Object.entries(VALUE_NAMES)
      .map(([value, words]) => `${value} (${words})`)
      .join(", ")}; empty for an absence`,
    value: ({ cell }) => ("value" in cell ? cell.value : null),
  },
  {
    name: "through",
    title: "Through",
    datatype: "string",
    about: "Group, or actor that spoke for it, of a delegated position",
    value: ({ cell }) => ("value" in cell ? cell.through : null),
  },
];

/** When what a cell rests on was said. */
export const WHEN_IT_WAS_SAID: readonly DescribedColumn<CellInFile>[] = [
  {
    name: "dialogue",
    title: "Dialogue",
    datatype: "string",
    about: "Slug of the dialogue at which it was said; empty on another occasion",
    value: ({ cell, dialogues }) =>
      "value" in cell && cell.at.dialogue !== null ? (dialogues.get(cell.at.dialogue) ?? null) : null,
  },
  {
    name: "day",
    title: "Day",
    datatype: "date",
    about: "First day of the dialogue; the last day of the year on another occasion",
    value: ({ cell }) => ("value" in cell ? cell.at.day : null),
  },
];
