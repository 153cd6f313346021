import { z } from "zod";
import { POSITION_VALUES, type PositionValue } from "@/features/codebook/schema";
import { LARGEST_TEXT } from "@/features/sources/schema";
import { day, line, prose, whole } from "@/lib/input";

/** How a value is drawn, so that no colour is needed. */
export const VALUE_GLYPHS: Record<PositionValue, string> = {
  support: "●",
  conditional: "◐",
  mixed: "○",
  sceptical: "◑",
  oppose: "✕",
};

/** Why an actor has no position on an issue. Never merged, never scored as neutral. */
export const ABSENCES = ["not_addressed", "did_not_speak", "not_coded", "not_a_member"] as const;
export type Absence = (typeof ABSENCES)[number];

export const ABSENCE_NAMES: Record<Absence, string> = {
  not_addressed: "Spoke, did not address",
  did_not_speak: "Did not speak",
  not_coded: "Not coded yet",
  not_a_member: "Not a member then",
};

export const CELL_KINDS = ["own", "delegated", ...ABSENCES] as const;
export type CellKind = (typeof CELL_KINDS)[number];

/** Whether an actor speaks for itself or a statement for others covers it. */
export const MODES = ["own", "delegated"] as const;
export type Mode = (typeof MODES)[number];
export const MODE_NAMES: Record<Mode, string> = { own: "Own voice", delegated: "Delegated" };

/** Four different things; only a position has a value by itself. */
export const POSITION_KINDS = ["position", "mention", "signature", "vote"] as const;
export type PositionKind = (typeof POSITION_KINDS)[number];
export const POSITION_KIND_NAMES: Record<PositionKind, string> = {
  position: "Position",
  mention: "Mention",
  signature: "Signature",
  vote: "Vote",
};

export const OCCASIONS = [
  "dialogue",
  "general_debate",
  "agenda_vote",
  "letter",
  "resolution_vote",
  "sponsorship",
] as const;
export type Occasion = (typeof OCCASIONS)[number];
export const OCCASION_NAMES: Record<Occasion, string> = {
  dialogue: "Dialogue",
  general_debate: "General debate",
  agenda_vote: "Vote on the agenda",
  letter: "Letter",
  resolution_vote: "Vote on a resolution",
  sponsorship: "Sponsorship of a draft",
};

export const CONFIDENCES = ["high", "medium", "low"] as const;
export type Confidence = (typeof CONFIDENCES)[number];
export const CONFIDENCE_NAMES: Record<Confidence, string> = { high: "High", medium: "Medium", low: "Low" };

/** What a statement says on one issue. A position has a value, and a quotation or the reason why there is none. */
export const positionInput = z
  .strictObject({
    issue: line(80).describe("Code of an issue of the codebook"),
    kind: z.enum(["position", "mention", "signature"], "This is no kind of coding.").default("position"),
    value: z.enum(POSITION_VALUES, "There is no such value on the scale.").nullish(),
    quote: prose(5000).nullish().describe("Words of the stored text, verbatim"),
    text: z.uuid().nullish().describe("Id of the text that the quote is from; absent: the first that holds it"),
    start: whole(0, LARGEST_TEXT).nullish().describe("About where the quote starts, in Unicode code points from 0"),
    noQuoteReason: line(500).nullish().describe("Why there is no quotation"),
    note: prose(5000).nullish(),
    confidence: z.enum(CONFIDENCES, "Confidence is high, medium or low.").nullish(),
  })
  .meta({ id: "PositionInput" });
export type PositionInput = z.output<typeof positionInput>;

/** All that a statement says: the list replaces the one on record. */
export const positionsInput = z.array(positionInput).max(200);

/** How far the coding of a statement is, against the current version of the codebook. */
export const CODING_STATUSES = ["not_coded", "coded_before", "coded"] as const;
export type CodingStatus = (typeof CODING_STATUSES)[number];
export const CODING_STATUS_NAMES: Record<CodingStatus, string> = {
  not_coded: "Not coded",
  coded_before: "Coded under an earlier version",
  coded: "Coded",
};

/**
 * How far a statement is: `codedUnder` is the version of the codebook under which its coding was submitted, null when none was.
 * A coding under an earlier version still stands; the current one may ask for more.
 */
export function codingStatus(codedUnder: number | null, current: number | null): CodingStatus {
  if (codedUnder === null) return "not_coded";
  return current !== null && codedUnder < current ? "coded_before" : "coded";
}

/** What the coding form says of an issue that the statement does not address. */
export const NOT_ADDRESSED = "none";

/** One coding of an issue, as the form sends it. `quoted` are the words to which `text` and `start` belong. */
const codingRow = z
  .strictObject({
    kind: positionInput.shape.kind,
    value: z.enum([...POSITION_VALUES, NOT_ADDRESSED], "There is no such value on the scale.").optional(),
    quote: prose(5000).optional(),
    quoted: prose(5000).optional(),
    text: z.uuid().optional(),
    start: whole(0, LARGEST_TEXT).optional(),
    noQuoteReason: line(500).optional(),
    note: prose(5000).optional(),
    confidence: z.enum(CONFIDENCES, "Confidence is high, medium or low.").optional(),
  })
  .superRefine(({ kind, value, quote, noQuoteReason, note }, context) => {
    const says = kind !== "position" || (value !== undefined && value !== NOT_ADDRESSED);
    if (says || (!quote && !noQuoteReason && !note)) return;
    const message = "Something is quoted or noted here: say what the position is, make it a mention, or remove it.";
    context.addIssue({ code: "custom", path: ["value"], message });
  });
export type CodingRow = z.output<typeof codingRow>;

/** The field of an issue in the coding form starts with this; then comes its code. */
export const ISSUE_FIELD = "on-";

/** The coding form: besides these one field for each issue of the codebook, `on-` and its code, with its codings. */
export const codingForm = z
  .object({
    statement: z.uuid(),
    /** Of the coding that was opened; 0 when there was none. */
    version: whole(0, 2_147_483_647, "Say which version you change."),
    /** Number of the version of the codebook by which the statement was read. */
    codebook: whole(1, 1_000_000),
    memo: prose(5000).optional(),
    /** Where to go then. */
    after: z.enum(["next", "stay"]).default("stay"),
  })
  .catchall(z.array(codingRow).max(4));
export type CodingForm = z.output<typeof codingForm>;

const ALIGNED = ["include", "exclude"] as const;

const MATRIX_SORTS = ["name", "region"] as const;

/** How the page groups its rows, each group with subtotals. */
export const GROUPINGS = ["region", "group"] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** What the cell of an actor on one issue must be: of this kind, with this value, or both. */
export type CellCondition = { issue: string; kind: CellKind | null; value: PositionValue | null };

const oneOf = <T extends string>(list: readonly T[], word: string | undefined): T | null =>
  list.find((one) => one === word) ?? null;

/** "formal_agenda:own:support,veto_restraint:not_coded" as conditions; a word that is no kind and no value is refused. */
function toConditions(text: string, context: z.RefinementCtx): CellCondition[] {
  const parts = text.split(",").filter((part) => part.trim() !== "");
  return parts.map((part) => {
    const [issue = "", ...words] = part.split(":").map((word) => word.trim());
    const kind = oneOf(CELL_KINDS, words[0]);
    const value = oneOf(POSITION_VALUES, words.at(-1));
    const known = (kind === null ? 0 : 1) + (value === null ? 0 : 1);
    if (issue === "" || known === 0 || known !== words.length) {
      const message = `"${part.slice(0, 80)}" is no condition. Write issue:value, issue:kind or issue:kind:value.`;
      context.addIssue({ code: "custom", message });
    }
    return { issue, kind, value };
  });
}

/** Conditions as an address has them. */
export function conditionsText(conditions: readonly CellCondition[]): string {
  return conditions.map(({ issue, kind, value }) => [issue, kind, value].filter(Boolean).join(":")).join(",");
}

/** Which cells the matrix shows. */
export const matrixQuery = z.strictObject({
  asOf: line(120).optional().describe("A day or a dialogue: the latest position up to it; today when absent"),
  dialogue: line(120).optional().describe("Only what was said at this dialogue"),
  group: line(120).optional().describe("Only members of this group on that day"),
  region: line(80).optional().describe("Only states of this UN regional group, or of this M49 region"),
  issues: z
    .string()
    .max(4000)
    .transform((text) => [...new Set(text.split(",").map((code) => code.trim()))].filter((code) => code !== ""))
    .pipe(z.array(line(80)).max(200))
    .optional()
    .describe("Comma-separated codes of issues, in this order; all when absent"),
  kind: z
    .enum(["member_state", "observer", "regional_organization", "group"], "There is no such kind.")
    .default("member_state"),
  aligned: z
    .enum(ALIGNED, "Aligned states are included or excluded.")
    .default("exclude")
    .describe("Whether actors that associate themselves with a statement inherit its positions"),
  codebook: whole(1, 1_000_000).optional().describe("Number of the version of the codebook; the newest when absent"),
  where: z
    .string()
    .max(2000)
    .transform(toConditions)
    .optional()
    .describe(
      "Only actors whose cells fit: comma-separated conditions such as `formal_agenda:support` (own or delegated), " +
        "`formal_agenda:own`, `formal_agenda:own:support`, `formal_agenda:not_coded`",
    ),
  sort: z
    .enum(MATRIX_SORTS, "Rows are sorted by name or by region.")
    .default("name")
    .describe("Rows by name, or by UN regional group and then by name"),
});
export type MatrixQuery = z.output<typeof matrixQuery>;

/** The same cells on the page, which can group its rows. `add` and `is` are a further condition, from a form. */
export const positionsPageQuery = z.object({
  ...matrixQuery.shape,
  by: z.enum(GROUPINGS).optional(),
  add: line(80).optional(),
  is: line(40).optional(),
});
export type PositionsPageQuery = z.output<typeof positionsPageQuery>;

/** The positions that the table shows, one by one. */
export const tablePositionsQuery = z.object({ ...matrixQuery.shape, mode: z.enum(MODES).optional() });
export type TablePositionsQuery = z.output<typeof tablePositionsQuery>;

/** The evidence behind a cell: as of a day or a dialogue, or at one dialogue alone, as the matrix is. */
export const evidenceQuery = z.object({
  ...matrixQuery.pick({ asOf: true, dialogue: true, aligned: true, codebook: true }).shape,
  value: z.enum(POSITION_VALUES).optional(),
  mode: z.enum(MODES).optional(),
  /** "scope": only what was said at that dialogue, or up to that day. */
  within: z.enum(["scope"]).optional(),
});
export type EvidenceQuery = z.output<typeof evidenceQuery>;

/** Which quotations on an issue. */
export const compendiumQuery = z.strictObject({
  codebook: matrixQuery.shape.codebook,
  value: z.enum(POSITION_VALUES, "There is no such value on the scale.").optional(),
  dialogue: line(120).optional(),
});
export type CompendiumQuery = z.output<typeof compendiumQuery>;

/** Filters of the list of positions. */
export const positionsQuery = z.strictObject({
  dialogue: line(120).optional(),
  actor: line(120).optional(),
  issue: line(80).optional(),
  value: z.enum(POSITION_VALUES, "There is no such value on the scale.").optional(),
  kind: z.enum(POSITION_KINDS, "There is no such kind.").optional(),
  mode: z.enum(MODES, "A position is an own one or delegated.").optional(),
  aligned: matrixQuery.shape.aligned,
  codebook: matrixQuery.shape.codebook.describe(
    "Number of the version of the codebook that names the issues and reads merged ones; the newest when absent",
  ),
});
export type PositionsQuery = z.output<typeof positionsQuery>;

/** Which of the statements that count are listed: of one actor, at a time or a dialogue, coded or not. */
export const statementsQuery = z.object({
  ...matrixQuery.pick({ asOf: true, dialogue: true, codebook: true }).shape,
  actor: line(120).optional(),
  /** In the actor's own voice, or by others on its behalf. */
  mode: z.enum(MODES).optional(),
  issue: line(80).optional(),
  coded: z.enum(["yes", "no"]).optional(),
});
export type StatementsQuery = z.output<typeof statementsQuery>;

/** What a person decides of a proposed shift. */
export const VERDICTS = ["confirmed", "dismissed"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** A shift is proposed until somebody decides, and again when one of its codings changed since. */
export const SHIFT_STATUSES = ["proposed", ...VERDICTS] as const;
export type ShiftStatus = (typeof SHIFT_STATUSES)[number];
export const SHIFT_STATUS_NAMES: Record<ShiftStatus, string> = {
  proposed: "Proposed",
  confirmed: "Confirmed",
  dismissed: "Dismissed",
};

/** Which shifts are listed. */
export const shiftsQuery = z.strictObject({
  actor: line(120).optional().describe("ISO3 code, slug or id of the actor whose own voice it is"),
  issue: line(80).optional().describe("Code of an issue"),
  status: z.enum(SHIFT_STATUSES, "A shift is proposed, confirmed or dismissed.").optional(),
  since: day.optional().describe("Only shifts whose later position is of this day or after"),
});
export type ShiftsQuery = z.output<typeof shiftsQuery>;

/** Which shift is meant: of whom, and between which two positions. */
export const shiftRef = z.object({ actor: line(120), earlier: z.uuid(), later: z.uuid() });
export type ShiftRef = z.output<typeof shiftRef>;

export const shiftDecisionInput = z.strictObject({
  verdict: z.enum(VERDICTS, "A shift is confirmed or dismissed."),
  reason: line(500).describe("Why it is a shift, or why it is none"),
});
export type ShiftDecisionInput = z.output<typeof shiftDecisionInput>;

/** The form of a decision; `version` is that of the decision that was shown, 0 when there was none, `seen` those of the two codings. */
export const shiftForm = z.object({
  ...shiftRef.shape,
  ...shiftDecisionInput.shape,
  version: whole(0, 2_147_483_647, "Say which version you change."),
  seen: z.string().regex(/^\d{1,9} \d{1,9}$/, "Say which codings you saw."),
  back: z
    .string()
    .max(2000)
    .regex(/^[?\w=&%.:,+~-]*$/)
    .default(""),
});

/** Taking a decision back. */
export const shiftUndoForm = shiftForm.pick({ actor: true, earlier: true, later: true, version: true, back: true });

/** Fewest and most that can be compared. */
export const LEAST_COMPARED = 2;
export const MOST_COMPARED = 6;

const VOICES = ["own", "any"] as const;

/** Which states or groups are compared, when, and in which voice. */
export const compareQuery = z.strictObject({
  actors: z
    .string()
    .max(800)
    .transform((text) => [...new Set(text.split(",").map((ref) => ref.trim()))].filter((ref) => ref !== ""))
    .pipe(z.array(line(120)).max(MOST_COMPARED, `At most ${MOST_COMPARED} can be compared.`))
    .default([])
    .describe("Two to six comma-separated states or groups: ISO3 codes, slugs or ids"),
  ...matrixQuery.pick({ asOf: true, dialogue: true, issues: true, codebook: true }).shape,
  voice: z
    .enum(VOICES, "Compare the own voice, or any.")
    .default("any")
    .describe("Own statements alone, or also what others said on their behalf"),
});
export type CompareQuery = z.output<typeof compareQuery>;

/** Which rows of a comparison are listed: those that all addressed, or of these the ones that lie so many steps apart. */
export const SHOWN = ["0", "1", "2", "3", "4"] as const;

/** The page: `add` is one more, from the form; `drop` one less. */
export const comparePageQuery = z.object({
  ...compareQuery.shape,
  steps: z.enum(SHOWN).optional(),
  add: line(120).optional(),
});
export type ComparePageQuery = z.output<typeof comparePageQuery>;
