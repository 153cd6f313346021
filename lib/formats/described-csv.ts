import { CSV, CSV_METADATA, CSV_WRITTEN, csvFile } from "@/lib/formats/csv";
import type { Cell, ExportedFile } from "@/lib/formats/file";

/** A column of a CSV that says what it holds. */
export type DescribedColumn<Row> = {
  name: string;
  title: string;
  datatype: "string" | "date" | "integer" | "decimal" | "boolean";
  about: string;
  value: (row: Row) => Cell;
};

/** Where a CSV lies: `path` is the last part of its address without ".csv", `search` the query as it was sent. */
export type CsvPlace = { path: string; search: string };

/** The rows alone; what they are is in the metadata that the Link header names. `name` is that of the file, without its ending. */
export function describedCsv<Row>(
  { path, search }: CsvPlace,
  name: string,
  columns: readonly DescribedColumn<Row>[],
  rows: Iterable<Row>,
): ExportedFile {
  function* cells(): Generator<Cell[]> {
    for (const row of rows) yield columns.map(({ value }) => value(row));
  }
  return {
    name: `${name}.csv`,
    media: `${CSV}; charset=utf-8; header=present`,
    headers: { Link: `<${path}.csv-metadata.json${search}>; rel="describedby"; type="${CSV_METADATA}"` },
    bytes: csvFile(
      columns.map(({ title }) => title),
      cells(),
    ),
  };
}

/** What the metadata of a CSV says besides its columns. */
export type CsvAbout = {
  title: string;
  /** The rule by which the rows came about, in sentences. */
  description: string;
  /** The same rows on a page. */
  page: string;
  generatedAt: Date;
  /** Filters, rule, version of the codebook, number of rows. */
  notes: Record<string, unknown>;
};

/** What a CSV of the same address holds (W3C, "Metadata Vocabulary for Tabular Data"). */
export function describedMetadata<Row>(
  { path, search }: CsvPlace,
  columns: readonly DescribedColumn<Row>[],
  { title, description, page, generatedAt, notes }: CsvAbout,
) {
  return {
    "@context": ["http://www.w3.org/ns/csvw", { "@language": "en" }],
    url: `${path}.csv${search}`,
    "dc:title": title,
    "dc:description": description,
    "dc:created": { "@value": generatedAt.toISOString(), "@type": "xsd:dateTime" },
    "dc:source": { "@id": page },
    ...CSV_WRITTEN,
    tableSchema: {
      columns: columns.map(({ name, title: heading, datatype, about }) => ({
        name,
        titles: heading,
        datatype,
        "dc:description": about,
      })),
    },
    notes: [{ ...notes, generatedAt: generatedAt.toISOString(), link: page }],
  };
}

/** The metadata of a CSV as an answer. */
export function metadataResponse(metadata: object): Response {
  return new Response(JSON.stringify(metadata, null, 2), { headers: { "Content-Type": CSV_METADATA } });
}
