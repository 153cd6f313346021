import { z } from "zod";
import { POSITION_VALUES, READINGS } from "@/features/codebook/schema";
import { CONFIDENCES, MODES, OCCASIONS, POSITION_KINDS } from "@/features/positions/schema";

/** One coding of a statement. */
const positionShape = z
  .object({
    id: z.uuid(),
    issue: z.string().describe("Code of the issue under which the version of the codebook that was asked for reads it"),
    issueTitle: z.string(),
    reading: z
      .enum(READINGS)
      .describe(
        "`itself`: that issue was coded; `merged`: one that was merged into it; `absent`: it is no issue of that version",
      ),
    codedAs: z.string().describe("Code of the issue in the version under which it was coded"),
    kind: z.enum(POSITION_KINDS),
    value: z.enum(POSITION_VALUES).nullable(),
    quote: z.string().nullable().describe("The words as they stand in the stored text"),
    quotation: z
      .object({
        id: z.uuid(),
        text: z.uuid(),
        start: z.int().nullable().describe("Where the words start in the text, in Unicode code points from 0"),
        paragraph: z.int().nullable(),
        page: z.int().nullable(),
        orphaned: z.boolean().describe("A change of the text left the words without a place"),
      })
      .nullable(),
    noQuoteReason: z.string().nullable(),
    note: z.string().nullable(),
    confidence: z.enum(CONFIDENCES).nullable(),
    sourceUrl: z.string().nullable(),
    codebook: z.int().describe("Number of the version of the codebook under which it was coded"),
    coder: z.string(),
  })
  .meta({ id: "Position" });

/** All that was coded of a statement. */
export const statementPositionsShape = z
  .object({
    statement: z.uuid(),
    version: z.int().describe("Of the coding, for If-Match; 0 while the statement is not coded"),
    codebook: z.int().nullable(),
    submittedAt: z.string().nullable(),
    coder: z.string().nullable(),
    memo: z.string().nullable(),
    data: z.array(positionShape),
    next: z.null(),
    total: z.int(),
  })
  .meta({ id: "StatementPositions" });

/** A position as one actor has it. */
export const actorPositionShape = positionShape
  .extend({
    dialogue: z.string().nullable().describe("Null on another occasion than a dialogue"),
    year: z.int(),
    occasion: z.enum(OCCASIONS),
    statement: z.uuid().nullable(),
    actor: z.string().describe("ISO3 of a state or observer, else the slug"),
    actorName: z.string(),
    mode: z.enum(MODES),
    through: z.string().nullable().describe("The group, or the actor that spoke for it, of a delegated position"),
  })
  .meta({ id: "ActorPosition" });
