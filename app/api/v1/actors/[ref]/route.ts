import { z } from "zod";
import { reviseActor } from "@/features/actors/mutations";
import { getActor } from "@/features/actors/queries/actor";
import { actorDto, actorPatch } from "@/features/actors/schema";
import { actorRef, day } from "@/lib/input";
import { defineRoute, operation } from "@/lib/route";

const params = z.object({ ref: actorRef });

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/actors/{ref}", {
  GET: operation({
    summary: "One actor, by ISO3 code, slug or id",
    permission: "record:read",
    params,
    query: z.strictObject({ on: day.optional().describe("The day whose name is printed; today when absent") }),
    response: actorDto,
    run: (caller, { params: { ref }, query: { on } }) => getActor(caller, ref, on),
  }),
  PATCH: operation({
    summary: "Change an actor",
    description:
      "Fields that are absent stay; null clears. `name` replaces the short name, `names` the whole list of names.",
    permission: "actor:edit",
    params,
    body: actorPatch,
    change: true,
    response: actorDto,
    run: (caller, { params: { ref }, version, body }) => reviseActor(caller, ref, version, body),
  }),
});
