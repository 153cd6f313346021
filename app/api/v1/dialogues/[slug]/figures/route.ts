import { z } from "zod";
import { figuresShape } from "@/app/api/v1/shapes";
import { figuresOf } from "@/features/figures/queries/counted";
import { loadDialogueRecord } from "@/features/figures/queries/record";
import { countingQuery } from "@/features/figures/schema";
import { snapshot } from "@/lib/db";
import { line } from "@/lib/input";
import { defineRoute, operation } from "@/lib/route";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/dialogues/{slug}/figures", {
  GET: operation({
    summary: "Who spoke and who is represented, counted under a rule",
    permission: "record:read",
    params: z.object({ slug: line(120).describe("Slug or id of the dialogue") }),
    query: z.strictObject(countingQuery.shape),
    response: figuresShape,
    run: (caller, { params: { slug }, query }) =>
      snapshot(caller, async (tx) => figuresOf(await loadDialogueRecord(tx, slug), query)),
  }),
});
