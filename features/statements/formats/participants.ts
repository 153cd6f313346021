import { KIND_NAMES } from "@/features/actors/schema";
import { RULE_NAMES } from "@/features/figures/schema";
import type { ParticipantsExport } from "@/features/statements/queries/export";
import type { ParticipantDto } from "@/features/statements/queries/participants";
import { BASIS_NAMES, PARTICIPANT_COLUMNS, ROLE_NAMES, type ParticipantColumn } from "@/features/statements/schema";
import { formatDay, formatDayRange, formatList, plural } from "@/lib/format";
import type { AboutLine, Cell, Column } from "@/lib/formats/file";

const BETWEEN_BASES = "; ";

type Described = {
  /** In characters, for formats that have widths. */
  width: number;
  datatype: "integer" | "string" | "anyURI" | "language";
  /** Several values in one cell are set apart by this. */
  separator?: string;
  /** The fields of a participant that JSON answers for this column. */
  fields: (keyof ParticipantDto)[];
  cell: (row: ParticipantDto) => Cell;
  /** The same for people to read, where it differs. */
  words?: (row: ParticipantDto) => Cell;
  about: string;
};

/** A statement that is not counted covers nobody, as on the page: an opening by a state is not its voice. */
const ifCounted = (row: ParticipantDto, value: number): number | null => (row.counted ? value : null);

/** Each column of the list, in every format. */
export const COLUMNS: Record<ParticipantColumn, Described> = {
  order: {
    width: 6,
    datatype: "integer",
    fields: ["order"],
    cell: ({ order }) => order,
    about: "Place in the order of speaking",
  },
  speaker: {
    width: 28,
    datatype: "string",
    fields: ["speaker", "slug", "name"],
    cell: ({ name }) => name,
    about: "The speaker's name, as valid on the day of the statement",
  },
  iso3: {
    width: 8,
    datatype: "string",
    fields: ["iso3"],
    cell: ({ iso3 }) => iso3,
    about: "ISO 3166 alpha-3 code of a state or observer",
  },
  m49: {
    width: 8,
    datatype: "string",
    fields: ["m49"],
    cell: ({ m49 }) => m49,
    about: "UN M49 code: text, with its leading zeros",
  },
  printed: {
    width: 28,
    datatype: "string",
    fields: ["printed"],
    cell: ({ printed }) => printed,
    about: "The speaker's name as the source prints it",
  },
  kind: {
    width: 20,
    datatype: "string",
    fields: ["kind"],
    cell: ({ kind }) => kind,
    words: ({ kind }) => KIND_NAMES[kind].one,
    about: `Kind of the speaker: ${Object.keys(KIND_NAMES).join(", ")}`,
  },
  role: {
    width: 18,
    datatype: "string",
    fields: ["role"],
    cell: ({ role }) => role,
    words: ({ role }) => ROLE_NAMES[role],
    about: `Role of the statement: ${Object.keys(ROLE_NAMES).join(", ")}. Figures count statement, joint_statement and civil_society`,
  },
  onBehalfOf: {
    width: 48,
    datatype: "string",
    fields: ["onBehalfOf"],
    cell: ({ onBehalfOf }) => onBehalfOf || null,
    about: "For whom the statement was delivered, in words",
  },
  states: {
    width: 9,
    datatype: "integer",
    fields: ["states"],
    cell: (row) => ifCounted(row, row.states),
    about:
      "Member states that the statement covers, each once, aligned ones included; empty when the statement is not counted",
  },
  observers: {
    width: 11,
    datatype: "integer",
    fields: ["observers"],
    cell: (row) => ifCounted(row, row.observers),
    about: "Observers that the statement covers; empty when the statement is not counted",
  },
  organizations: {
    width: 14,
    datatype: "integer",
    fields: ["organizations"],
    cell: (row) => ifCounted(row, row.organizations),
    about: "Organizations that the statement covers; empty when the statement is not counted",
  },
  basis: {
    width: 18,
    datatype: "string",
    separator: BETWEEN_BASES,
    fields: ["bases"],
    cell: ({ bases }) => bases.join(BETWEEN_BASES),
    words: ({ bases }) => bases.map((basis) => BASIS_NAMES[basis]).join(BETWEEN_BASES),
    about: `On what basis the statement covers others: ${Object.keys(BASIS_NAMES).join(", ")}`,
  },
  meeting: {
    width: 9,
    datatype: "integer",
    fields: ["meeting"],
    cell: ({ meeting }) => meeting,
    about: "Number of the meeting; empty when the day is not known",
  },
  language: {
    width: 10,
    datatype: "language",
    fields: ["language"],
    cell: ({ language }) => language,
    about: "Language of delivery, as a BCP 47 tag",
  },
  person: {
    width: 26,
    datatype: "string",
    fields: ["person"],
    cell: ({ person }) => person,
    about: "Who delivered the statement",
  },
  title: { width: 26, datatype: "string", fields: ["title"], cell: ({ title }) => title, about: "That person's title" },
  source: {
    width: 40,
    datatype: "anyURI",
    fields: ["source"],
    cell: ({ source }) => source,
    about: "Address of the source",
  },
  note: { width: 48, datatype: "string", fields: ["note"], cell: ({ note }) => note, about: "Note of the analysts" },
  coding: {
    width: 10,
    datatype: "integer",
    fields: ["coding"],
    cell: ({ coding }) => coding,
    about: "Number of the version of the codebook under which the statement was coded; empty while it is not coded",
  },
};

/** The columns of a file: those that were asked for in that order, or all in the order of the list. */
export function columnsOf({ query }: Pick<ParticipantsExport, "query">): ParticipantColumn[] {
  return query.columns ?? (Object.keys(PARTICIPANT_COLUMNS) as ParticipantColumn[]);
}

/** The columns as tables show them. */
export function tableColumns(file: ParticipantsExport): Column[] {
  return columnsOf(file).map((name) => {
    const { width, datatype } = COLUMNS[name];
    return { title: PARTICIPANT_COLUMNS[name], width, numeric: datatype === "integer" };
  });
}

/** The rows as tables hold them: codes as codes, or with `words` as people read them. */
export function* tableRows(file: ParticipantsExport, { words = false } = {}): Generator<Cell[]> {
  const columns = columnsOf(file).map((name) => COLUMNS[name]);
  const values = columns.map(({ cell, words: inWords }) => (words && inWords ? inWords : cell));
  for (const row of file.participants) yield values.map((value) => value(row));
}

/** A participant as JSON: everything, or the id and the fields of the chosen columns. */
export function participantJson(row: ParticipantDto, chosen: ParticipantColumn[] | undefined) {
  const { states, observers, organizations } = row;
  const whole = {
    ...row,
    states: ifCounted(row, states),
    observers: ifCounted(row, observers),
    organizations: ifCounted(row, organizations),
  };
  if (!chosen) return whole;
  const fields = new Set<string>(["id", ...chosen.flatMap((name) => COLUMNS[name].fields)]);
  return Object.fromEntries(Object.entries(whole).filter(([field]) => fields.has(field))) as Partial<typeof whole> & {
    id: string;
  };
}

/** The filters that are set, by name. */
export function filtersOf({ query }: Pick<ParticipantsExport, "query">) {
  const { kind, role, basis, meeting, q, show } = query;
  const given = Object.entries({ kind, role, basis, meeting, q }).filter(
    ([, value]) => value !== undefined && value !== "",
  );
  return { ...Object.fromEntries(given), show };
}

function filtersInWords({ query, dialogue }: ParticipantsExport): string {
  const { kind, role, basis, meeting, q, show } = query;
  const label = dialogue.meetings.find(({ number }) => number === meeting)?.label;
  const parts = [
    kind && `kind: ${KIND_NAMES[kind].many}`,
    role && `role: ${ROLE_NAMES[role]}`,
    basis && `basis: ${BASIS_NAMES[basis]}`,
    meeting && `meeting: ${meeting}${label ? ` (${label})` : ""}`,
    q && `text: "${q}"`,
    show === "withdrawn" ? "withdrawn statements only" : "withdrawn statements left out",
  ];
  return parts.filter(Boolean).join("; ");
}

function orderInWords(sort: string): string {
  const column = sort.replace(/^-/, "") as ParticipantColumn;
  const name = column === "order" ? "order of speaking" : PARTICIPANT_COLUMNS[column];
  return sort.startsWith("-") ? `${name}, last first` : name;
}

/** Whether all published speakers are on record: "no: 66 member states of the published number are missing, so …". */
function completeInWords({ figures: { complete, missing } }: ParticipantsExport): string {
  const words: Record<keyof typeof missing, [string, string]> = {
    memberStates: ["member state", "member states"],
    observers: ["observer", "observers"],
    regionalOrganizations: ["regional organization", "regional organizations"],
    civilSociety: ["civil society organization", "civil society organizations"],
    unOffices: ["UN office", "UN offices"],
  };
  const parts = Object.entries(missing).flatMap(([key, count]) =>
    count > 0 ? [plural(count, ...words[key as keyof typeof missing])] : [],
  );
  if (complete) return "Yes: no published number of speakers is higher than the recorded one.";
  return `No: ${formatList(parts)} of the published number of speakers are not recorded, so that every number here is a lower bound.`;
}

/** What a file says about itself, line by line: the dialogue, what was chosen, the rule and its figures, when and from where. */
export function aboutLines(file: ParticipantsExport): AboutLine[] {
  const { dialogue, figures, query, participants, generatedAt, page } = file;
  const { spoke, represented } = figures;
  const rule = RULE_NAMES[figures.rule];
  const report = dialogue.considers;
  const scope = query.meeting === undefined ? "the whole dialogue" : `meeting ${query.meeting}`;
  return [
    { label: "Dialogue", value: dialogue.title },
    { label: "Days", value: formatDayRange(dialogue.startsOn, dialogue.endsOn) },
    { label: "Body", value: dialogue.body },
    {
      label: "Meetings",
      value:
        dialogue.meetings.map(({ number, date, label }) => `${number}. ${label}, ${formatDay(date)}`).join("; ") ||
        null,
    },
    { label: "Report considered", value: report && [report.title, report.symbol].filter(Boolean).join(", ") },
    { label: "Rows", value: participants.length },
    { label: "Filters", value: filtersInWords(file) },
    { label: "Order", value: orderInWords(query.sort) },
    {
      label: "Columns",
      value: columnsOf(file)
        .map((name) => PARTICIPANT_COLUMNS[name])
        .join(", "),
    },
    {
      label: "Counting rule",
      value: `${rule.name}: ${rule.counts} Aligned states are ${figures.aligned === "include" ? "counted" : "not counted"}.`,
    },
    {
      label: "Figures",
      value: `${file.headline} (Of ${scope}, whatever the filters leave; memberships on ${formatDay(figures.asOf)}.)`,
    },
    { label: "Member states that spoke", value: spoke.memberStates },
    { label: "Observers that spoke", value: spoke.observers },
    { label: "Regional organizations that spoke", value: spoke.regionalOrganizations },
    { label: "Civil society organizations that spoke", value: spoke.civilSociety },
    { label: "UN offices that spoke", value: spoke.unOffices },
    { label: "States represented", value: represented.states },
    { label: "Observers represented", value: represented.observers },
    { label: "Complete", value: completeInWords(file) },
    { label: "Codebook version", value: "None: this list has no coded positions." },
    { label: "Generated", value: `${generatedAt.toISOString().slice(0, 19)}Z` },
    { label: "Address", value: page },
  ].filter(({ value }) => value !== null);
}
