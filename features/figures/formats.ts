import { RULE_NAMES, SILENT_LEAST, SILENT_WINDOW } from "@/features/figures/schema";
import type { TrendFile, TrendPoint } from "@/features/figures/queries/over-time";
import { describedCsv, describedMetadata, type CsvPlace, type DescribedColumn } from "@/lib/formats/described-csv";
import type { ExportedFile } from "@/lib/formats/file";

/** One number of one dialogue, counted or published. */
type Mark = {
  point: TrendPoint;
  measure: string;
  basis: "counted" | "published";
  value: number;
  publisher: string | null;
  printed: string | null;
  sourceUrl: string | null;
};

const FROM_NOBODY = { publisher: null, printed: null, sourceUrl: null };

function* marksOf({ points }: TrendFile): Generator<Mark> {
  for (const point of points) {
    const counted: [string, number | undefined][] = [
      ["member_states_spoke", point.spoke],
      ["states_represented", point.reached.length],
      ["own_voice", point.ownVoice.length],
      ["first_time", point.firstTime?.length],
      ["fell_silent", point.fellSilent?.length],
    ];
    for (const [measure, value] of point.completeness === "unrecorded" ? [] : counted) {
      if (value !== undefined) yield { point, measure, basis: "counted", value, ...FROM_NOBODY };
    }
    for (const claim of Object.values(point.published).flat()) {
      const { unit, value, publisher, printed, sourceUrl } = claim;
      yield { point, measure: unit, basis: "published", value, publisher, printed, sourceUrl };
    }
  }
}

const COLUMNS: readonly DescribedColumn<Mark>[] = [
  {
    name: "dialogue",
    title: "Dialogue",
    datatype: "string",
    about: "Slug of the dialogue",
    value: ({ point }) => point.slug,
  },
  {
    name: "title",
    title: "Title",
    datatype: "string",
    about: "Title of the dialogue",
    value: ({ point }) => point.title,
  },
  {
    name: "startsOn",
    title: "First day",
    datatype: "date",
    about: "First day of the dialogue",
    value: ({ point }) => point.startsOn,
  },
  {
    name: "record",
    title: "Record",
    datatype: "string",
    about:
      "complete: at least as many member states are recorded as the highest published number; incomplete: fewer, so that counted numbers are lower bounds; unchecked: no number was published; unrecorded: no statement is on record, and nothing is counted",
    value: ({ point }) => point.completeness,
  },
  {
    name: "measure",
    title: "Measure",
    datatype: "string",
    about:
      "member_states_spoke: delivered a statement that counts; states_represented: under the counting rule; own_voice: spoke in their own capacity; " +
      "first_time: in their own capacity and at no earlier dialogue on record; " +
      `fell_silent: in their own capacity at the dialogue just before and at ${SILENT_LEAST} or more of the ${SILENT_WINDOW} before, and not at this one`,
    value: ({ measure }) => measure,
  },
  {
    name: "basis",
    title: "Basis",
    datatype: "string",
    about: "counted from the record, or published by somebody",
    value: ({ basis }) => basis,
  },
  {
    name: "value",
    title: "Value",
    datatype: "integer",
    about: "The number",
    value: ({ value }) => value,
  },
  {
    name: "publisher",
    title: "Publisher",
    datatype: "string",
    about: "Who published it; empty for counted ones",
    value: ({ publisher }) => publisher,
  },
  {
    name: "printed",
    title: "As printed",
    datatype: "string",
    about: "The words of the source where they are no plain number",
    value: ({ printed }) => printed,
  },
  {
    name: "sourceUrl",
    title: "Source",
    datatype: "string",
    about: "Where it was published",
    value: ({ sourceUrl }) => sourceUrl,
  },
];

const place = ({ search }: TrendFile): CsvPlace => ({ path: "trends", search });

/** How the numbers of a trend are counted, in sentences. */
function trendRule({ rule, aligned }: TrendFile["how"]): string {
  return (
    `${RULE_NAMES[rule].counts} Aligned states ${aligned === "include" ? "count" : "do not count"}. ` +
    "Observers, organizations and others are in no number. A number counted from an incomplete record is a lower bound."
  );
}

/** Every number of the trend as a row: counted ones, then what was published, dialogue by dialogue. */
export function trendCsv(file: TrendFile): ExportedFile {
  return describedCsv(place(file), "participation-over-the-years", COLUMNS, marksOf(file));
}

/** What that CSV holds. */
export function trendCsvMetadata(file: TrendFile) {
  const { how, generatedAt, page } = file;
  return describedMetadata(place(file), COLUMNS, {
    title: "Speakers and states represented over the years",
    description: trendRule(how),
    page,
    generatedAt,
    notes: { rule: how.rule, aligned: how.aligned, total: [...marksOf(file)].length },
  });
}
