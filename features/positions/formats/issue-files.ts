import { POSITION_VALUES, VALUE_NAMES } from "@/features/codebook/schema";
import type { CompendiumEntry } from "@/features/positions/queries/compendium";
import type { CompositionAt } from "@/features/positions/queries/composition";
import type { IssueFile } from "@/features/positions/queries/issue-export";
import { POSITION_KIND_NAMES } from "@/features/positions/schema";
import { formatDay, formatInstant, plural } from "@/lib/format";
import {
  describedCsv,
  describedMetadata,
  type CsvAbout,
  type CsvPlace,
  type DescribedColumn,
} from "@/lib/formats/described-csv";
import type { ExportedFile } from "@/lib/formats/file";

const COMPOSITION: readonly DescribedColumn<CompositionAt>[] = [
  { name: "dialogue", title: "Dialogue", datatype: "string", about: "Slug of the dialogue", value: ({ slug }) => slug },
  { name: "title", title: "Title", datatype: "string", about: "Title of the dialogue", value: ({ title }) => title },
  {
    name: "startsOn",
    title: "First day",
    datatype: "date",
    about: "First day of the dialogue",
    value: ({ startsOn }) => startsOn,
  },
  {
    name: "kind",
    title: "Kind",
    datatype: "string",
    about:
      "some: there are positions; none: statements were coded for the issue and none addresses it; gap: nothing is coded, so that nobody knows",
    value: ({ kind }) => kind,
  },
  {
    name: "n",
    title: "n",
    datatype: "integer",
    about: "Member states with a position in their own voice; empty for a gap",
    value: ({ kind, n }) => (kind === "gap" ? null : n),
  },
  ...POSITION_VALUES.map((value): DescribedColumn<CompositionAt> => ({
    name: value,
    title: VALUE_NAMES[value],
    datatype: "integer",
    about: "Of them, those with this value; empty for a gap",
    value: ({ kind, counts }) => (kind === "gap" ? null : counts[value]),
  })),
  {
    name: "coded",
    title: "Statements coded",
    datatype: "integer",
    about: "Statements of member states in own capacity that were coded under a version of the codebook with the issue",
    value: ({ coded }) => coded,
  },
];

const COMPOSITION_RULE =
  "Member states by the position that each took in its own voice at the dialogue, each counted once: the later statement stands " +
  "over the earlier one. What came through a group is in no number. A dialogue of which nothing is coded is a gap, never zero.";

const trendPlace = ({ search }: IssueFile<CompositionAt>): CsvPlace => ({ path: "trend", search });

/** The composition of an issue over the dialogues. */
export function compositionCsv(file: IssueFile<CompositionAt>): ExportedFile {
  return describedCsv(trendPlace(file), `${file.issue.code}-over-the-years`, COMPOSITION, file.rows);
}

export function compositionCsvMetadata(file: IssueFile<CompositionAt>) {
  const title = `Positions on “${file.issue.title}” in own voice, dialogue by dialogue`;
  return describedMetadata(trendPlace(file), COMPOSITION, about(file, title, COMPOSITION_RULE));
}

function about<Row>({ issue, rows, query, page, generatedAt }: IssueFile<Row>, title: string, rule: string): CsvAbout {
  const { codebook: _, ...filters } = query;
  return {
    title,
    description: rule,
    page,
    generatedAt,
    notes: { issue: issue.code, codebookVersion: issue.codebook, filters, total: rows.length },
  };
}

const QUOTATIONS: readonly DescribedColumn<CompendiumEntry>[] = [
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
    about: "The name valid on the first day of the dialogue",
    value: ({ actor }) => actor.name,
  },
  {
    name: "onBehalfOf",
    title: "On behalf of",
    datatype: "string",
    about: "For whom the statement was delivered, in words",
    value: ({ onBehalfOf }) => onBehalfOf,
  },
  {
    name: "dialogue",
    title: "Dialogue",
    datatype: "string",
    about: "Slug of the dialogue",
    value: ({ dialogue }) => dialogue.slug,
  },
  {
    name: "day",
    title: "Day",
    datatype: "date",
    about: "First day of the dialogue",
    value: ({ dialogue }) => dialogue.startsOn,
  },
  {
    name: "kind",
    title: "Kind",
    datatype: "string",
    about: "position, mention or signature: different things; only a position has a value by itself",
    value: ({ kind }) => kind,
  },
  {
    name: "value",
    title: "Value",
    datatype: "string",
    about: POSITION_VALUES.map((value) => `${value} (${VALUE_NAMES[value]})`).join(", "),
    value: ({ value }) => value,
  },
  {
    name: "quotation",
    title: "Quotation",
    datatype: "string",
    about: "The words as they stand in the stored text",
    value: ({ exact }) => exact,
  },
  { name: "language", title: "Language", datatype: "string", about: "BCP 47 tag", value: ({ language }) => language },
  {
    name: "paragraph",
    title: "Paragraph",
    datatype: "integer",
    about: "Of the text, from 1",
    value: ({ paragraph }) => paragraph,
  },
  {
    name: "page",
    title: "Page",
    datatype: "integer",
    about: "Of the text, where it has any",
    value: ({ page }) => page,
  },
  {
    name: "source",
    title: "Source",
    datatype: "string",
    about: "Where the text was found",
    value: ({ sourceUrl }) => sourceUrl,
  },
  {
    name: "statement",
    title: "Statement",
    datatype: "string",
    about: "Id of the statement",
    value: ({ statement }) => statement,
  },
  {
    name: "position",
    title: "Position",
    datatype: "string",
    about: "Id of the position that quotes the words",
    value: ({ id }) => id,
  },
  {
    name: "codebook",
    title: "Codebook",
    datatype: "integer",
    about: "Number of the version under which it was coded",
    value: ({ codebook }) => codebook,
  },
];

const QUOTATIONS_RULE =
  "Every quotation that was coded on the issue, the newest dialogue first and there in the order of speaking. Those of withdrawn statements are left out.";

const quotationsPlace = ({ search }: IssueFile<CompendiumEntry>): CsvPlace => ({ path: "quotations", search });

/** The quotations on an issue, one row each. */
export function quotationsCsv(file: IssueFile<CompendiumEntry>): ExportedFile {
  return describedCsv(quotationsPlace(file), `${file.issue.code}-quotations`, QUOTATIONS, file.rows);
}

export function quotationsCsvMetadata(file: IssueFile<CompendiumEntry>) {
  const title = `Quotations on “${file.issue.title}”`;
  return describedMetadata(quotationsPlace(file), QUOTATIONS, about(file, title, QUOTATIONS_RULE));
}

export const MARKDOWN = "text/markdown";

/** Characters that Markdown would take for marks stand as themselves. */
function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+\-.!|~]/g, (mark) => `\\${mark}`);
}

/** "Supports", "Mention", "Signature, supports". */
function saidInWords({ kind, value }: Pick<CompendiumEntry, "kind" | "value">): string {
  const parts = [kind === "position" ? null : POSITION_KIND_NAMES[kind], value && VALUE_NAMES[value]].filter(Boolean);
  return parts.map((part, place) => (place === 0 ? part : part?.toLowerCase())).join(", ");
}

function* markdownParts({ issue, rows, query, page, origin, generatedAt }: IssueFile<CompendiumEntry>) {
  const filters = [query.value && VALUE_NAMES[query.value], query.dialogue].filter(Boolean).join("; ");
  yield `# Quotations on “${plain(issue.title)}”\n\n`;
  yield (
    `${plural(rows.length, "quotation", "quotations")}${filters === "" ? "" : ` (${plain(filters)})`}. ` +
    `Codebook version ${issue.codebook}. Read on ${formatInstant(generatedAt)}: <${page}>\n`
  );
  let dialogue = "";
  for (const row of rows) {
    if (row.dialogue.slug !== dialogue)
      yield `\n## ${plain(row.dialogue.title)}, ${formatDay(row.dialogue.startsOn)}\n`;
    dialogue = row.dialogue.slug;
    const quoted = row.exact.split("\n").map((line) => `> ${plain(line)}`.trimEnd());
    const place = [row.paragraph && `paragraph ${row.paragraph}`, row.page && `page ${row.page}`].filter(Boolean);
    yield (
      `\n${quoted.join("\n")}\n\n${plain(row.actor.name)}, ${plain(row.onBehalfOf)}: ${saidInWords(row)}. ` +
      `[${["Source", ...place].join(", ")}](${origin}${row.path})\n`
    );
  }
}

/** The same as a text to go on with: dialogue by dialogue, each quotation with who said it and a link to its place. */
export function quotationsMarkdown(file: IssueFile<CompendiumEntry>): ExportedFile {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    const encoder = new TextEncoder();
    for (const part of markdownParts(file)) yield encoder.encode(part);
  }
  return { name: `${file.issue.code}-quotations.md`, media: `${MARKDOWN}; charset=utf-8`, bytes: bytes() };
}
