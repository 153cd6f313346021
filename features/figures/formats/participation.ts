import { UN_REGION_NAMES } from "@/features/actors/schema";
import type { ParticipationFile, ParticipationRow, SpokeRow } from "@/features/figures/queries/participation";
import { PARTICIPATION_NAMES, PARTICIPATIONS } from "@/features/figures/schema";
import { describedCsv, describedMetadata, type CsvPlace, type DescribedColumn } from "@/lib/formats/described-csv";
import type { ExportedFile } from "@/lib/formats/file";

type Listed = Pick<ParticipationRow, "ref" | "slug" | "name" | "region">;

const STATE: readonly DescribedColumn<Listed>[] = [
  { name: "iso3", title: "Code", datatype: "string", about: "ISO 3166 alpha-3 code", value: ({ ref }) => ref },
  {
    name: "slug",
    title: "Slug",
    datatype: "string",
    about: "Last part of the address of the state's page",
    value: ({ slug }) => slug,
  },
  {
    name: "name",
    title: "Name",
    datatype: "string",
    about: "The name valid on the day of the table",
    value: ({ name }) => name,
  },
  {
    name: "region",
    title: "UN regional group",
    datatype: "string",
    about: "On the day of the table",
    value: ({ region }) => region && UN_REGION_NAMES[region],
  },
];

const AT_ONE: readonly DescribedColumn<ParticipationRow>[] = [
  ...STATE,
  {
    name: "participation",
    title: "Participation",
    datatype: "string",
    about: PARTICIPATIONS.map((how) => `${how} (${PARTICIPATION_NAMES[how]})`).join(", "),
    value: ({ how }) => how,
  },
  {
    name: "routes",
    title: "Routes",
    datatype: "string",
    about: "By what it is counted, set apart by semicolons: own, group:, named: and aligned: with whose",
    value: ({ routes }) => routes.map(({ route }) => route).join("; "),
  },
  {
    name: "statements",
    title: "Statements",
    datatype: "string",
    about: "Ids of the statements that make the routes, each once, set apart by semicolons",
    value: ({ routes }) => [...new Set(routes.flatMap(({ statements }) => statements.map(({ id }) => id)))].join("; "),
  },
];

const OVER_ALL: readonly DescribedColumn<SpokeRow>[] = [
  ...STATE,
  {
    name: "spoke",
    title: "Spoke at",
    datatype: "integer",
    about: "Number of dialogues at which it spoke in its own capacity",
    value: ({ spoke }) => spoke.length,
  },
  {
    name: "dialogues",
    title: "Dialogues",
    datatype: "string",
    about: "Slugs of these dialogues, set apart by semicolons",
    value: ({ spoke }) => spoke.map(({ slug }) => slug).join("; "),
  },
  {
    name: "covered",
    title: "Only covered at",
    datatype: "integer",
    about: "Number of dialogues at which only statements by others cover it",
    value: ({ covered }) => covered,
  },
  {
    name: "since",
    title: "Dialogues as a member",
    datatype: "integer",
    about: "Number of dialogues with statements on record since its admission",
    value: ({ dialogues }) => dialogues,
  },
];

const place = ({ search }: ParticipationFile): CsvPlace => ({ path: "participation", search });

/** How participation is counted, in sentences. */
function participationRule({ aligned }: ParticipationFile["query"]): string {
  return (
    "Every route of every statement that counts, on the day of the dialogue. " +
    `Aligned states ${aligned === "include" ? "are" : "are not"} covered. ` +
    "A number counted from an incomplete record is a lower bound."
  );
}

/** One row a state, by name: at one dialogue, or over all. */
export function participationCsv(file: ParticipationFile): ExportedFile {
  return "atOne" in file
    ? describedCsv(place(file), `participation-${file.query.dialogue ?? ""}`, AT_ONE, file.atOne)
    : describedCsv(place(file), "participation", OVER_ALL, file.overAll);
}

/** What that CSV holds. */
export function participationCsvMetadata(file: ParticipationFile) {
  const { query, generatedAt, page } = file;
  const rows = "atOne" in file ? file.atOne : file.overAll;
  const about = {
    title: query.dialogue === undefined ? "Participation over all dialogues" : `Participation at ${query.dialogue}`,
    description: participationRule(query),
    page,
    generatedAt,
    notes: { ...query, total: rows.length },
  };
  return "atOne" in file
    ? describedMetadata(place(file), AT_ONE, about)
    : describedMetadata(place(file), OVER_ALL, about);
}
