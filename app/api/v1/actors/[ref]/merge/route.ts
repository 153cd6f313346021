import { z } from "zod";
import { mergeActors } from "@/features/actors/mutations/merge";
import { actorDto, mergeInput } from "@/features/actors/schema";
import { line } from "@/lib/input";
import { defineRoute, operation } from "@/lib/route";

const params = z.object({ ref: line(120).describe("Slug or id of the actor that is merged away") });

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/actors/{ref}/merge", {
  POST: operation({
    summary: "Merge an actor into another that is the same",
    description:
      "Its statements, the statements that name it, its memberships and its names become the other's; its address leads there. " +
      "States are never merged away. One act, which can be undone. If-Match is the version of the actor that is merged away.",
    permission: "actor:edit",
    params,
    body: mergeInput,
    change: true,
    response: z.object({ into: actorDto, batch: z.uuid().describe("Id of the act") }),
    run: async (caller, { params: { ref }, version, body: { into } }) => {
      const merged = await mergeActors(caller, ref, version, into);
      return { into: merged.into, batch: merged.batchId };
    },
  }),
});
