import { z } from "zod";
import { day, languageTag, line, slug, unstorable, version, webAddress, whole } from "@/lib/input";

export const TEXT_KINDS = ["as_delivered", "as_prepared", "verbatim_record", "translation"] as const;
export type TextKind = (typeof TEXT_KINDS)[number];

/** What each kind of text is called on the page. */
export const TEXT_KIND_NAMES: Record<TextKind, string> = {
  as_delivered: "As delivered",
  as_prepared: "As prepared",
  verbatim_record: "Verbatim record",
  translation: "Translation",
};

/** Most bytes of a text in UTF-8. */
export const LARGEST_TEXT = 5 * 1024 * 1024;
/** Most bytes of an uploaded file. */
export const LARGEST_FILE = 25 * 1024 * 1024;
export const uploadQuery = z.strictObject({
  fileName: line(200).describe("Its name, with the ending that its kind has"),
});
/** Of which statement a file is the text, as the form without a script says it in its address. */
export const uploadFields = z.strictObject({ dialogue: slug, statement: z.uuid() });
/** Most characters of a quotation. */
const LONGEST_QUOTE = 10_000;

/** The body of a text: kept as it is given, white space and line ends included. */
const textBody = z
  .string()
  .refine((text) => text.trim() !== "", "The text is empty.")
  .refine((text) => text.length <= LARGEST_TEXT && byteLength(text) <= LARGEST_TEXT, "A text has at most 5 MB.")
  .superRefine((text, context) => {
    const message = unstorable(text);
    if (message) context.addIssue({ code: "custom", message });
  });

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

const kind = z.enum(TEXT_KINDS, "Say as_delivered, as_prepared, verbatim_record or translation.");

/** Where a text was found, and the file that it was taken from. Absent stays as it is, null clears. */
const origin = {
  source: line(500).nullish().describe("Where the text was found: a citation"),
  sourceUrl: webAddress.nullish().describe("The address at which it was found"),
  accessedOn: day.nullish().describe("The day on which somebody looked at that address"),
  document: z.uuid().nullish().describe("Id of the uploaded file that the text was taken from"),
};

/** Which text of a statement is meant. */
export const textQuery = z.strictObject({
  kind: kind.optional().describe("as_delivered when absent"),
  language: languageTag
    .optional()
    .describe("Absent: the statement's own language, or else the oldest text of the kind"),
});

/** A text of a statement, as it is stored under its kind and language. */
export const textInput = z
  .strictObject({ kind: kind.optional(), language: languageTag.optional(), text: textBody, ...origin })
  .meta({ id: "TextInput" });
export type TextInput = z.output<typeof textInput>;

/** Changes to a text: fields that are absent stay, null clears. */
export const textPatch = z
  .strictObject({ kind, language: languageTag, text: textBody, ...origin })
  .partial()
  .meta({ id: "TextPatch" });
export type TextPatch = z.output<typeof textPatch>;

const quote = z
  .string()
  .refine((text) => text.trim() !== "", "Give the words of the quotation.")
  .refine((text) => text.length <= LONGEST_QUOTE, "A quotation has at most 10,000 characters.")
  .superRefine((text, context) => {
    const message = unstorable(text);
    if (message) context.addIssue({ code: "custom", message });
  });

const context = z.string().max(2000, "At most 2,000 characters.");
const position = whole(0, LARGEST_TEXT);

/** Words to be quoted from a statement's text. */
export const quotationInput = z
  .strictObject({
    quote: quote.describe("The words, verbatim; white space and typographic marks may differ"),
    text: z.uuid().optional().describe("Id of the text; absent: the first text of the statement that holds the words"),
    prefix: context.optional().describe("Words before it, when the same words stand more than once"),
    suffix: context.optional().describe("Words after it"),
    start: position.optional().describe("About where it starts, in Unicode code points from 0"),
  })
  .meta({ id: "QuotationInput" });
export type QuotationInput = z.output<typeof quotationInput>;

/** A new place for a quotation: the words as they stand in the text now. */
export const placingInput = quotationInput.omit({ text: true }).meta({ id: "PlacingInput" });
export type PlacingInput = z.output<typeof placingInput>;

/** The forms of the pages; `dialogue` and `statement` say which page they stand on. */
const onPage = { dialogue: line(120), statement: z.uuid() };

/** Without a language it is told from the text. */
export const textForm = z.strictObject({
  ...onPage,
  kind: kind.default("as_delivered"),
  language: languageTag.optional(),
  text: textBody,
  source: line(500).optional(),
  sourceUrl: webAddress.optional(),
  accessedOn: day.optional(),
  document: z.uuid().optional(),
});
export const reviseTextForm = textForm.extend({ id: z.uuid(), version });
/** Why a text is withdrawn. */
export const withdrawalReason = line(500);
export const withdrawTextForm = z.strictObject({ ...onPage, id: z.uuid(), version, reason: withdrawalReason });
export const restoreTextForm = z.strictObject({ ...onPage, id: z.uuid(), version, earlier: version });
export const quoteForm = z.strictObject({
  ...onPage,
  text: z.uuid(),
  quote,
  prefix: context.optional(),
  suffix: context.optional(),
  start: position.optional(),
});
export const placeForm = z.strictObject({ ...onPage, quotation: z.uuid(), version, quote });
export const removeQuotationForm = z.strictObject({ ...onPage, quotation: z.uuid(), version });
