import { z } from "zod";
import { actorPositionShape } from "@/app/api/v1/position-shapes";
import { SHIFT_STATUSES, VERDICTS } from "@/features/positions/schema";

/** Two consecutive own positions that differ, with what was decided. */
export const shiftShape = z
  .object({
    actor: z.string().describe("ISO3 of a state or observer, else the slug"),
    actorName: z.string(),
    issue: z.string(),
    issueTitle: z.string(),
    steps: z.int().describe("Steps of the scale between the two values"),
    earlier: actorPositionShape,
    later: actorPositionShape,
    status: z.enum(SHIFT_STATUSES),
    decision: z
      .object({
        verdict: z.enum(VERDICTS),
        reason: z.string(),
        by: z.string(),
        at: z.string().meta({ format: "date-time" }),
      })
      .nullable(),
    stale: z
      .boolean()
      .describe("True: one of the two was coded anew since the decision, and the shift is proposed again"),
    version: z.int().describe("Of the decision, for If-Match; 0 while there is none"),
  })
  .meta({ id: "Shift" });

export const shiftParams = z.object({
  actor: z.string().max(120).describe("ISO3, slug or id of the actor"),
  earlier: z.uuid().describe("Id of the earlier position"),
  later: z.uuid().describe("Id of the later position"),
});
