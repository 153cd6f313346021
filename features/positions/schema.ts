import { z } from "zod";
import { line, prose } from "@/lib/input";

/** The scale, from agreement to rejection. */
export const POSITION_VALUES = ["support", "conditional", "mixed", "sceptical", "oppose"] as const;
export type PositionValue = (typeof POSITION_VALUES)[number];

/** How a value is said and drawn: a word and a glyph, so that no colour is needed. */
export const VALUE_NAMES: Record<PositionValue, string> = {
  support: "Supports",
  conditional: "Supports with conditions",
  mixed: "Mixed",
  sceptical: "Sceptical",
  oppose: "Opposes",
};
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

/** A code of the codebook, for example formal_agenda. */
export const issueCode = z
  .string()
  .trim()
  .regex(/^[a-z0-9][a-z0-9_]{0,79}$/, "An issue is named by its code, for example formal_agenda.");

/** What a statement says on one issue. A position has a value, and a quotation or the reason why there is none. */
export const positionInput = z
  .strictObject({
    issue: issueCode,
    kind: z.enum(["position", "mention", "signature"], "This is no kind of coding.").default("position"),
    value: z.enum(POSITION_VALUES, "There is no such value on the scale.").nullish(),
    quote: prose(5000).nullish().describe("Words of the stored text, verbatim"),
    noQuoteReason: line(500).nullish().describe("Why there is no quotation"),
    note: prose(5000).nullish(),
    confidence: z.enum(CONFIDENCES, "Confidence is high, medium or low.").nullish(),
  })
  .meta({ id: "PositionInput" });
export type PositionInput = z.output<typeof positionInput>;

/** All that a statement says: the list replaces the one on record. */
export const positionsInput = z.array(positionInput).max(200);
