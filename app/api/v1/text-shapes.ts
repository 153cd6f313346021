import { z } from "zod";
import { TEXT_KINDS } from "@/features/sources/schema";

/** What the API answers about texts and quotations. */

const instant = z.string().meta({ format: "date-time" });
const sha256 = z.string().describe("SHA-256 in hex");
const place = z.int().nullable().describe("In Unicode code points from 0; null for an orphan");

const documentShape = z
  .object({
    id: z.uuid(),
    sha256: sha256.describe("SHA-256 of the bytes, in hex"),
    size: z.int().describe("Bytes"),
    mediaType: z.string(),
    fileName: z.string(),
  })
  .meta({ id: "Document" });

export const uploadedDocumentShape = documentShape
  .extend({
    text: z.string().describe("What was found in it: blank lines between paragraphs, form feeds between pages"),
    pages: z.int().nullable().describe("Null where the format has none"),
    language: z.string().nullable().describe("BCP 47 tag; null when it is not told with confidence"),
    notes: z.array(z.string()).describe("What to look at before the text is stored"),
  })
  .meta({ id: "UploadedDocument" });

export const textBriefShape = z
  .object({
    id: z.uuid(),
    statement: z.uuid(),
    kind: z.enum(TEXT_KINDS),
    language: z.string().describe("BCP 47 tag"),
    sha256: sha256.describe("SHA-256 of the text in UTF-8, in hex"),
    source: z.string().nullable(),
    sourceUrl: z.string().nullable(),
    accessedOn: z.string().meta({ format: "date" }).nullable(),
    document: documentShape.nullable().describe("The file that the text was taken from"),
    version: z.int(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: "TextBrief" });

export const quotationShape = z
  .object({
    id: z.uuid(),
    statement: z.uuid(),
    text: z.uuid(),
    kind: z.enum(TEXT_KINDS).describe("Kind of the text"),
    language: z.string().describe("Language of the text"),
    exact: z.string().describe("The words as they stand in the text"),
    prefix: z.string().describe("Up to 64 characters before them"),
    suffix: z.string().describe("Up to 64 characters after them"),
    start: place,
    end: place,
    paragraph: z.int().nullable(),
    page: z.int().nullable().describe("Null also where the text has no pages"),
    selector: z
      .array(
        z.union([
          z.object({
            type: z.literal("TextQuoteSelector"),
            exact: z.string(),
            prefix: z.string(),
            suffix: z.string(),
          }),
          z.object({ type: z.literal("TextPositionSelector"), start: z.int(), end: z.int() }),
        ]),
      )
      .describe("The same as W3C Web Annotation selectors"),
    orphanedAt: instant.nullable().describe("Since when a change of the text has left the words without a place"),
    version: z.int(),
  })
  .meta({ id: "Quotation" });

export const textShape = textBriefShape
  .extend({ text: z.string(), quotations: z.array(quotationShape).describe("In reading order, orphans last") })
  .meta({ id: "Text" });

const ids = z.array(z.uuid());

export const changedTextShape = textShape
  .extend({
    anchored: z
      .object({ untouched: ids, reanchored: ids, orphaned: ids })
      .describe("What the change did to each quotation, by id"),
  })
  .meta({ id: "ChangedText" });

export const textVersionShape = z
  .object({
    version: z.int(),
    sha256,
    until: instant.nullable().describe("When it was replaced; null for the one that stands"),
    by: z.string().nullable().describe("Who replaced it"),
  })
  .meta({ id: "TextVersion" });

export const earlierTextShape = textVersionShape.extend({ text: z.string() }).meta({ id: "EarlierText" });
