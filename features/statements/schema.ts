import { z } from "zod";
import { NEW_KINDS } from "@/features/actors/schema";
import { countingQuery } from "@/features/figures/schema";
import { actorRef, languageTag, line, prose, version, webAddress, whole } from "@/lib/input";

export const STATEMENT_ROLES = [
  "statement",
  "joint_statement",
  "opening",
  "panellist",
  "moderator",
  "presiding",
  "civil_society",
] as const;
export type StatementRole = (typeof STATEMENT_ROLES)[number];

/** What each role is called on the page. Only the first two and civil society are counted. */
export const ROLE_NAMES: Record<StatementRole, string> = {
  statement: "Statement",
  joint_statement: "Joint statement",
  opening: "Opening remarks",
  panellist: "Panellist",
  moderator: "Moderator",
  presiding: "Presiding officer",
  civil_society: "Civil society statement",
};

export const BASES = ["own", "group", "named", "aligned"] as const;
export type Basis = (typeof BASES)[number];

export const BASIS_NAMES: Record<Basis, string> = {
  own: "Own capacity",
  group: "On behalf of a group",
  named: "On behalf of a named actor",
  aligned: "An actor aligned itself",
};

const MOST_REPRESENTED = 300;

/** One party for whom a statement was delivered, as input: actors by reference. */
export const representsInput = z
  .discriminatedUnion(
    "basis",
    [
      z.strictObject({ basis: z.literal("own") }),
      z.strictObject({
        basis: z.literal("group"),
        group: actorRef,
        exclude: z.array(actorRef).max(MOST_REPRESENTED).default([]).describe("Members struck out"),
      }),
      z.strictObject({ basis: z.literal("named"), actor: actorRef }),
      z.strictObject({ basis: z.literal("aligned"), actor: actorRef }),
    ],
    "Say on what basis: own, group, named or aligned.",
  )
  .meta({ id: "Represents" });
export type RepresentsInput = z.output<typeof representsInput>;

const GROUP_NOTATION = /^group:([a-z0-9]+(?:-[a-z0-9]+)*)((?:-[A-Z]{3})*)$/;
const NAMED_NOTATION = /^(named|aligned):([A-Z]{3}|[a-z0-9]+(?:-[a-z0-9]+)*)$/;

function parseOne(text: string): RepresentsInput | null {
  if (text === "own") return { basis: "own" };
  const [, group, struck = ""] = GROUP_NOTATION.exec(text) ?? [];
  if (group) return { basis: "group", group, exclude: struck.split("-").slice(1) };
  const [, basis, actor] = NAMED_NOTATION.exec(text) ?? [];
  if (actor && (basis === "named" || basis === "aligned")) return { basis, actor };
  return null;
}

/**
 * The notation of `represents` in files of statements (prisma/reference/statements.csv), as the product's input: `own`, `group:nordic`,
 * `group:group-of-friends-r2p-SGP` (without a member), `named:MEX`, `aligned:ALB`, joined by "; ". Null when the text is
 * not in it. Whether the actors exist is not looked at.
 */
export function parseRepresents(text: string): RepresentsInput[] | null {
  const rows = text.split("; ").map(parseOne);
  return rows.every((row) => row !== null) ? rows : null;
}

const person = z.strictObject({ name: line(200), title: line(300).nullish() });
const place = whole(1, 100_000);
const meetingNumber = whole(1, 999);

const fields = {
  speaker: actorRef,
  printed: line(300).nullish().describe("The speaker's name as the source prints it"),
  role: z.enum(STATEMENT_ROLES, "Choose a role."),
  order: place.optional().describe("Place in the order of speaking; the end when absent"),
  meeting: meetingNumber.nullish().describe("Number of the meeting; null when the day is not known"),
  language: languageTag.nullish(),
  person: person.nullish(),
  sourceUrl: webAddress.nullish(),
  note: prose(5000).nullish(),
  represents: z.array(representsInput).max(MOST_REPRESENTED),
};

/** A new statement. Without `represents` it is in the speaker's own capacity. */
export const statementInput = z
  .strictObject({
    ...fields,
    role: z.enum(STATEMENT_ROLES, "Choose a role.").default("statement"),
    represents: z.array(representsInput).max(MOST_REPRESENTED).default([]),
  })
  .meta({ id: "StatementInput" });
export type StatementInput = z.output<typeof statementInput>;

/** Changes to a statement: fields that are absent stay, null clears, `represents` replaces the whole list. */
export const statementPatch = z.strictObject(fields).partial().meta({ id: "StatementPatch" });
export type StatementPatch = z.output<typeof statementPatch>;

/** Most lines of a paste, and most rows of one import by the API. Files have no such limit. */
export const MOST_ROWS = 2000;

/** A pasted list, to be read. */
export const pastedText = z.strictObject({
  text: prose(400_000).describe("Lines as they were copied: a list, a table with tabs, sentences of a record"),
});

/** One participant of a list: a statement at the end of the order of speaking. */
export const participantRow = statementInput
  .pick({ speaker: true, printed: true, role: true, meeting: true, person: true, represents: true })
  .meta({ id: "ParticipantRow" });
export type ParticipantRow = z.output<typeof participantRow>;

/** Participants to record, all or none. */
export const participantRows = z.strictObject({
  rows: z.array(participantRow).min(1, "There is no row.").max(MOST_ROWS, `At most ${MOST_ROWS} rows at once.`),
});

/** What stands for an actor that was chosen, in the field of a choice. */
export const CHOSEN = "actor:";

const pasteRow = z.strictObject({
  key: line(40).describe("Of the line as it was shown"),
  choice: line(140).optional().describe("`actor:` and a reference, `other`, `new` or `leave`"),
  other: line(200).optional().describe("Somebody else, as typed"),
  name: line(300).optional().describe("Of a new actor"),
  kind: z.enum(NEW_KINDS, "Choose the kind of actor.").optional(),
  role: z.enum(STATEMENT_ROLES, "Choose a role.").optional(),
  parties: z.record(z.string().regex(/^p\d{1,3}$/), line(140)).default({}),
});
export type PasteRow = z.output<typeof pasteRow>;

/** Most lines with a speaker that one form can show: a form sends no more rows of a list. */
export const MOST_SHOWN = 500;

/** A pasted list on its page: first read, then with a choice for each line recorded. */
export const pasteForm = z.strictObject({
  dialogue: line(120),
  text: pastedText.shape.text,
  step: z.enum(["read", "record"]).default("read"),
  meeting: meetingNumber.optional(),
  rows: z.array(pasteRow).max(MOST_SHOWN, `At most ${MOST_SHOWN} lines at once: paste the list in parts.`).default([]),
});
export type PasteForm = z.output<typeof pasteForm>;

export const reason = line(500);

/** For whom the form says that a statement was delivered. */
const CAPACITIES = ["own", "others", "both"] as const;
export type Capacity = (typeof CAPACITIES)[number];

export const CAPACITY_NAMES: Record<Capacity, string> = {
  own: "In own capacity",
  others: "On behalf of others",
  both: "Both",
};

const partyRow = z.strictObject({
  basis: z.enum(["group", "named", "aligned"]).default("group"),
  actor: line(200).optional(),
  exclude: z.array(line(120)).max(MOST_REPRESENTED).default([]),
});

/** The statement form as it is sent: actors as typed, by any of their names. Rows without an actor are blank. */
export const statementForm = z.strictObject({
  dialogue: line(120),
  speaker: line(200),
  printed: line(300).optional(),
  role: z.enum(STATEMENT_ROLES, "Choose a role.").default("statement"),
  order: place.optional(),
  meeting: meetingNumber.optional(),
  language: languageTag.optional(),
  personName: line(200).optional(),
  personTitle: line(300).optional(),
  sourceUrl: webAddress.optional(),
  note: prose(5000).optional(),
  capacity: z.enum(CAPACITIES, "Say in what capacity the speaker spoke.").default("own"),
  parties: z.array(partyRow).max(MOST_REPRESENTED).default([]),
});
export type StatementForm = z.output<typeof statementForm>;

/** The same form for a statement on record; `place` is the order that the form was opened with. */
export const reviseForm = statementForm.extend({ statement: z.uuid(), version, place: place.optional() });
export const withdrawForm = z.strictObject({ statement: z.uuid(), version, reason });
export const restoreForm = z.strictObject({ statement: z.uuid(), version });

/** What one bulk edit can change of many statements. */
export const BULK_CHANGES = {
  role: "Role",
  meeting: "Meeting",
  language: "Language",
  sourceUrl: "Address of the source",
  note: "Note",
  addGroup: "On behalf of a group: add it",
  removeGroup: "On behalf of a group: take it away",
} as const;
export type BulkChange = keyof typeof BULK_CHANGES;
const CHANGES = Object.keys(BULK_CHANGES) as [BulkChange, ...BulkChange[]];

/** More are a matter for an import. */
const MOST_CHANGED = 400;

/** One ticked row: its id and the version that was seen. */
const tickedRow = z
  .string()
  .regex(/^[0-9a-f-]{36} \d{1,10}$/, "This is not a row of the list.")
  .transform((text) => ({ id: text.slice(0, 36), version: Number(text.slice(37)) }));

/** One change to the ticked statements. What is blank is cleared; `confirmed` says that the preview was seen. */
export const bulkEditForm = z
  .strictObject({
    dialogue: line(120),
    rows: z
      .array(tickedRow, "Tick at least one statement.")
      .min(1, "Tick at least one statement.")
      .max(MOST_CHANGED, `At most ${MOST_CHANGED} statements at once.`),
    change: z.enum(CHANGES, "Choose what to change."),
    role: z.enum(STATEMENT_ROLES, "Choose a role.").optional(),
    meeting: meetingNumber.optional(),
    language: languageTag.optional(),
    sourceUrl: webAddress.optional(),
    note: prose(5000).optional(),
    group: actorRef.optional(),
    confirmed: z.literal("yes").optional(),
  })
  .superRefine(({ change, role, group }, context) => {
    const miss = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if (change === "role" && role === undefined) miss("role", "Choose a role.");
    if ((change === "addGroup" || change === "removeGroup") && group === undefined) miss("group", "Choose a group.");
  });
export type BulkEdit = z.output<typeof bulkEditForm>;

/** The columns of the participants list, in their order; the same on screen and in every export. */
export const PARTICIPANT_COLUMNS = {
  order: "#",
  speaker: "Speaker",
  iso3: "ISO3",
  m49: "M49",
  printed: "As printed",
  kind: "Kind",
  role: "Role",
  onBehalfOf: "On behalf of",
  states: "States",
  observers: "Observers",
  organizations: "Organizations",
  basis: "Basis",
  meeting: "Meeting",
  language: "Language",
  person: "Person",
  title: "Title",
  source: "Source",
  note: "Note",
  coding: "Coding",
} as const;
export type ParticipantColumn = keyof typeof PARTICIPANT_COLUMNS;

const COLUMN_NAMES = Object.keys(PARTICIPANT_COLUMNS) as [ParticipantColumn, ...ParticipantColumn[]];
const SORTABLE = ["order", "speaker", "kind", "role", "states", "meeting", "language"] as const;
export const PARTICIPANT_SORTS = [...SORTABLE, ...SORTABLE.map((column) => `-${column}` as const)] as const;
export type ParticipantSort = (typeof PARTICIPANT_SORTS)[number];

export const SPEAKER_KINDS = [
  "member_state",
  "observer",
  "regional_organization",
  "group",
  "un_office",
  "civil_society",
] as const;

/** What the participants list shows: the same filters, order and columns on screen, in the API and in every export. */
export const participantQuery = z.object({
  kind: z.enum(SPEAKER_KINDS, "There is no such kind of speaker.").optional(),
  role: z.enum(STATEMENT_ROLES, "There is no such role.").optional(),
  basis: z.enum(BASES, "There is no such basis.").optional(),
  meeting: meetingNumber.optional(),
  q: z.string().trim().max(200).optional().describe("Part of the speaker's, person's or represented actor's name"),
  show: z.enum(["recorded", "withdrawn"], "Show recorded or withdrawn statements.").default("recorded"),
  sort: z
    .enum(PARTICIPANT_SORTS, "There is no such order.")
    .default("order")
    .describe("A leading - reverses the order"),
  columns: z
    .string()
    .max(400)
    .transform((text) => [...new Set(text.split(",").filter((name) => name !== ""))])
    .pipe(z.array(z.enum(COLUMN_NAMES, "There is no such column.")).min(1).max(COLUMN_NAMES.length))
    .optional()
    .describe("Comma-separated names of columns"),
});
export type ParticipantQuery = z.output<typeof participantQuery>;

/** What an exported list holds: the list's own filters, order and columns, and the rule of the figures that go with it. */
export const exportQuery = z.strictObject({
  ...participantQuery.shape,
  columns: participantQuery.shape.columns.describe("Comma-separated names of columns, in this order; all when absent"),
  rule: countingQuery.shape.rule,
  aligned: countingQuery.shape.aligned,
});
export type ExportQuery = z.output<typeof exportQuery>;

/** Which dialogues of an actor are listed: where it spoke, where others spoke for it, or where neither. */
export const PARTS = ["spoke", "represented", "absent"] as const;
export type Part = (typeof PARTS)[number];
export const PART_NAMES: Record<Part, string> = {
  spoke: "it spoke",
  represented: "others spoke for it",
  absent: "neither",
};
