import {
  aboutLines,
  COLUMNS,
  columnsOf,
  filtersOf,
  participantJson,
  tableColumns,
  tableRows,
} from "@/features/statements/formats/participants";
import type { ParticipantsExport } from "@/features/statements/queries/export";
import { PARTICIPANT_COLUMNS } from "@/features/statements/schema";
import { CSV, CSV_METADATA, CSV_WRITTEN, csvFile } from "@/lib/formats/csv";
import { DOCX, docxFile } from "@/lib/formats/docx";
import type { AboutLine, ExportedFile } from "@/lib/formats/file";
import { JSON_TYPE, jsonFile } from "@/lib/formats/json";
import { XLSX, xlsxFile } from "@/lib/formats/xlsx";

function nameOf({ dialogue }: ParticipantsExport, extension: string): string {
  return `${dialogue.slug}-participants.${extension}`;
}

function titleOf({ dialogue }: ParticipantsExport): string {
  return `${dialogue.title}: participants`;
}

/** The rows alone; what they are is in the metadata that the Link header names. */
export function csvOf(file: ParticipantsExport): ExportedFile {
  const titles = tableColumns(file).map(({ title }) => title);
  const metadata = `<participants.csv-metadata.json${file.search}>; rel="describedby"; type="${CSV_METADATA}"`;
  return {
    name: nameOf(file, "csv"),
    media: `${CSV}; charset=utf-8; header=present`,
    headers: { Link: metadata },
    bytes: csvFile(titles, tableRows(file)),
  };
}

/** A sheet about the file, then a sheet with the rows. */
export function xlsxOf(file: ParticipantsExport): ExportedFile {
  const bytes = xlsxFile({
    title: titleOf(file),
    about: aboutLines(file),
    sheet: "Participants",
    columns: tableColumns(file),
    count: file.participants.length,
    rows: tableRows(file),
  });
  return { name: nameOf(file, "xlsx"), media: XLSX, bytes };
}

/** The lines about a file for a page of text: those that are numbers, but for the first, in one. */
function linesOf(file: ParticipantsExport): AboutLine[] {
  const lines = aboutLines(file);
  const isFigure = ({ label, value }: AboutLine): boolean => typeof value === "number" && label !== "Rows";
  const figures = lines.filter(isFigure).map(({ label, value }) => `${label}: ${value}`);
  const place = lines.findIndex(isFigure);
  const rest = lines.filter((line) => !isFigure(line));
  return [...rest.slice(0, place), { label: "In numbers", value: figures.join("; ") }, ...rest.slice(place)];
}

/** The headline, the lines about the file and the table, with kinds, roles and bases in words. */
export function docxOf(file: ParticipantsExport): ExportedFile {
  const bytes = docxFile({
    title: titleOf(file),
    lead: file.headline,
    about: linesOf(file),
    columns: tableColumns(file),
    count: file.participants.length,
    none: "No statement fits these filters.",
    rows: tableRows(file, { words: true }),
  });
  return { name: nameOf(file, "docx"), media: DOCX, bytes };
}

/** What every description of the list says, for programs. */
function described(file: ParticipantsExport) {
  const { dialogue, query, figures, headline, generatedAt, page, participants } = file;
  return {
    dialogue,
    filters: filtersOf(file),
    sort: query.sort,
    rule: query.rule,
    aligned: query.aligned,
    figures,
    headline,
    // The list has no coded positions.
    codebookVersion: null,
    generatedAt: generatedAt.toISOString(),
    link: page,
    total: participants.length,
  };
}

/** The whole list as one JSON document: the lines of the API's list, with everything that made them. */
export function jsonOf(file: ParticipantsExport): ExportedFile {
  const columns = columnsOf(file).map((name) => {
    const { fields, datatype, about } = COLUMNS[name];
    return { name, title: PARTICIPANT_COLUMNS[name], datatype, fields, description: about };
  });
  function* rows() {
    for (const row of file.participants) yield participantJson(row, file.query.columns);
  }
  const head = { ...described(file), columns, next: null };
  return { name: nameOf(file, "json"), media: JSON_TYPE, bytes: jsonFile(head, rows()) };
}

/**
 * What the CSV of the same address holds (W3C, "Metadata Vocabulary for Tabular Data"): its columns with their types, and
 * in `notes` the dialogue, filters, rule, figures, codebook version and time.
 */
export function csvMetadataOf(file: ParticipantsExport) {
  const { generatedAt, page, search, headline } = file;
  return {
    "@context": ["http://www.w3.org/ns/csvw", { "@language": "en" }],
    url: `participants.csv${search}`,
    "dc:title": titleOf(file),
    "dc:description": headline,
    "dc:created": { "@value": generatedAt.toISOString(), "@type": "xsd:dateTime" },
    "dc:source": { "@id": page },
    ...CSV_WRITTEN,
    tableSchema: {
      columns: columnsOf(file).map((name) => {
        const { datatype, separator, about } = COLUMNS[name];
        return {
          name,
          titles: PARTICIPANT_COLUMNS[name],
          datatype,
          ...(separator ? { separator } : {}),
          "dc:description": about,
        };
      }),
    },
    notes: [described(file)],
  };
}
