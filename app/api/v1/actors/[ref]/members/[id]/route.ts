import { z } from "zod";
import { removeMembership, reviseMembership } from "@/features/actors/mutations";
import { getMembership } from "@/features/actors/queries/members";
import { membershipDto, membershipPatch } from "@/features/actors/schema";
import { actorRef, line } from "@/lib/input";
import { defineRoute, operation } from "@/lib/route";

const params = z.object({ ref: actorRef, id: z.uuid() });

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/actors/{ref}/members/{id}", {
  GET: operation({
    summary: "One membership of a group",
    permission: "record:read",
    params,
    response: membershipDto,
    run: (caller, { params: { ref, id } }) => getMembership(caller, ref, id),
  }),
  PATCH: operation({
    summary: "Correct or end a membership",
    description: "Fields that are absent stay; null clears. To end one, send `until`: its last day.",
    permission: "actor:edit",
    params,
    body: membershipPatch,
    change: true,
    response: membershipDto,
    run: (caller, { params: { ref, id }, version, body }) => reviseMembership(caller, ref, id, version, body),
  }),
  DELETE: operation({
    summary: "Remove a membership that should never have been recorded",
    description: "The audit trail keeps it, with the reason.",
    permission: "actor:edit",
    params,
    query: z.strictObject({ reason: line(500) }),
    change: true,
    response: z.null(),
    status: 204,
    run: (caller, { params: { ref, id }, version, query: { reason } }) =>
      removeMembership(caller, ref, id, version, reason),
  }),
});
