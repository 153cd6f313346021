import { z } from "zod";

/** What a file may hold that somebody imports. */
export const IMPORT_KINDS = ["participants", "statements", "memberships", "actors", "positions"] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

export const IMPORT_KIND_NAMES: Record<ImportKind, { name: string; about: string; one: string; many: string }> = {
  participants: {
    name: "Participants of one dialogue",
    about: "The columns of the participants list as it is exported.",
    one: "statement",
    many: "statements",
  },
  statements: {
    name: "Statements of any dialogues",
    about: "A column names the dialogue of each row.",
    one: "statement",
    many: "statements",
  },
  memberships: {
    name: "Memberships",
    about: "Who belongs to which group, from and until which day.",
    one: "membership",
    many: "memberships",
  },
  actors: {
    name: "Actors",
    about: "States, groups, organizations with their names and codes.",
    one: "actor",
    many: "actors",
  },
  positions: {
    name: "Positions",
    about: "What statements say on the issues of the codebook, with the words or the reason why there are none.",
    one: "position",
    many: "positions",
  },
};

/** One thing that a row can say. `known` are headers, besides the label and the field's own name, that mean it. */
type Field = { label: string; required?: true; known?: readonly string[]; hint?: string };
type Fields = Readonly<Record<string, Field>>;

const STATEMENT_FIELDS = {
  speaker: { label: "Speaker", required: true, known: ["country", "state", "participant", "name", "delegation"] },
  iso3: { label: "ISO3", hint: "Decides where it is given." },
  order: {
    label: "Order",
    known: ["#", "place", "no"],
    hint: "Place in the order of speaking; without it the rows go to the end.",
  },
  meeting: { label: "Meeting" },
  printed: { label: "As printed" },
  role: { label: "Role" },
  represents: { label: "Represents", hint: "own; group:nordic-FIN; named:MEX; aligned:ALB" },
  onBehalfOf: { label: "On behalf of", hint: "In words, as in the participants list." },
  basis: { label: "Basis", hint: "Says whether an organization in the words is a group or named alone." },
  language: { label: "Language" },
  person: { label: "Person", known: ["person name"] },
  title: { label: "Title of the person", known: ["title", "person title"] },
  sourceUrl: { label: "Source", known: ["source url", "link"] },
  note: { label: "Note", known: ["comment", "remarks"] },
} as const satisfies Fields;

const PERIOD_FIELDS = {
  from: { label: "First day", known: ["valid from", "since", "start"] },
  until: { label: "Last day", known: ["valid until", "until", "end"] },
  knownOn: { label: "Known on" },
  source: { label: "Source", required: true },
  note: { label: "Note", known: ["comment", "remarks"] },
} as const satisfies Fields;

/** The fields of each kind, in the order in which they are shown. */
export const IMPORT_FIELDS: Readonly<Record<ImportKind, Fields>> = {
  participants: STATEMENT_FIELDS,
  statements: { dialogue: { label: "Dialogue", required: true }, ...STATEMENT_FIELDS },
  memberships: {
    group: { label: "Group", required: true },
    member: { label: "Member", required: true, known: ["country", "state", "name"] },
    ...PERIOD_FIELDS,
  },
  actors: {
    kind: { label: "Kind", required: true },
    name: { label: "Name", required: true, known: ["short name"] },
    official: { label: "Official name" },
    others: { label: "Other names", known: ["aliases"], hint: "Several are set apart by semicolons." },
    slug: { label: "Address" },
    iso2: { label: "ISO2" },
    iso3: { label: "ISO3" },
    m49: { label: "M49" },
    admittedOn: { label: "Admitted", known: ["admitted on"] },
    m49Region: { label: "M49 region" },
    m49Subregion: { label: "M49 subregion" },
    source: { label: "Source" },
    note: { label: "Note", known: ["comment", "remarks"] },
  },
  positions: {
    dialogue: { label: "Dialogue" },
    statement: { label: "Statement", known: ["order", "#"], hint: "Place in the order of speaking." },
    actor: { label: "Actor", known: ["speaker", "country", "state", "iso3"], hint: "Needed without a statement." },
    issue: { label: "Issue", required: true, hint: "Its code in the codebook." },
    kind: { label: "Kind", hint: "position, mention, signature or vote; position when blank." },
    value: { label: "Value", known: ["position"] },
    quote: { label: "Quotation", hint: "Words of the stored text, verbatim." },
    noQuoteReason: { label: "Reason for no quotation" },
    confidence: { label: "Confidence" },
    note: { label: "Note", known: ["comment", "remarks"] },
    year: { label: "Year", hint: "Needed without a dialogue." },
    occasion: { label: "Occasion" },
    through: { label: "Through", hint: "The group by which a source attributes it." },
    sourceUrl: { label: "Source", known: ["source url", "link"] },
  },
};

/** Columns of our own exports that are computed: never taken, and never offered again as something to choose. */
export const COMPUTED_HEADERS: Readonly<Partial<Record<ImportKind, readonly string[]>>> = {
  participants: ["m49", "kind", "states", "observers", "organizations"],
};

export const IMPORT_STATUSES = ["reading", "ready", "checking", "running", "done", "failed"] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

export const IMPORT_STATUS_NAMES: Record<ImportStatus, string> = {
  reading: "Being read",
  ready: "Waits for you",
  checking: "Being checked",
  running: "Being imported",
  done: "Imported",
  failed: "Not imported",
};

/** Field of the import for each header whose column is taken. */
export type Mapping = Readonly<Record<string, string>>;

/** What a check found in a cell; `column` is its place in the file, from 0, null when no single cell is to blame. */
export const rowIssue = z.object({
  column: z.int().nullable(),
  level: z.enum(["error", "warning"]),
  message: z.string(),
});
export type RowIssue = z.output<typeof rowIssue>;

/** What stands beside the file in the form that sends it. */
export const uploadFields = z.object({
  kind: z.enum(IMPORT_KINDS, "Choose what the file holds."),
  dialogue: z
    .string()
    .max(120)
    .transform((slug) => slug || undefined)
    .optional(),
});

/** Why a file was not received, by the code in the address. */
export const REFUSALS: Readonly<Record<string, string>> = {
  "no-file": "Choose a file.",
  invalid: "The file did not arrive whole, or is empty. Send it again.",
  too_large: "The file is larger than 25 MB. Import it in parts.",
  too_many: "Two files are being read already. Try again in a few seconds.",
  unsupported: "Send the file by this form.",
  unavailable: "The database does not answer just now. Nothing was saved; try again in a moment.",
};

/** The mapping form: for each column, by its place, the field that it holds; blank columns are left out. */
export const mappingForm = z.strictObject({
  import: z.uuid(),
  dialogue: z.string().max(120).optional(),
  columns: z.array(z.string().max(40)).max(100),
});
export type MappingForm = z.output<typeof mappingForm>;

export const takeForm = z.strictObject({ import: z.uuid(), accept: z.literal("yes").optional() });
/** The parameters of the page of one import. */
export const previewQuery = z.object({
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  rows: z.enum(["all", "issues"]).default("all"),
});
