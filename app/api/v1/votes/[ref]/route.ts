import { z } from "zod";
import { rollCallShape } from "@/app/api/v1/shapes";
import { reviseVote } from "@/features/votes/mutations";
import { getRollCall } from "@/features/votes/queries/votes";
import { withdrawVote } from "@/features/votes/mutations/withdraw";
import { votePatch, withdrawalReason } from "@/features/votes/schema";
import { line } from "@/lib/input";
import { defineRoute, operation } from "@/lib/route";

const params = z.object({ ref: line(120).describe("Slug, id, or document symbol with its slashes as %2F") });

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/votes/{ref}", {
  GET: operation({
    summary: "One roll call with every vote",
    permission: "record:read",
    params,
    response: rollCallShape,
    run: (caller, { params: { ref } }) => getRollCall(caller, ref),
  }),
  PATCH: operation({
    summary: "Change a roll call",
    description:
      "Fields that are absent stay; null clears. `votes` replaces the whole list. The whole is checked as a new one.",
    permission: "vote:edit",
    params,
    body: votePatch,
    change: true,
    response: rollCallShape,
    run: (caller, { params: { ref }, version, body }) => reviseVote(caller, ref, version, body),
  }),
  DELETE: operation({
    summary: "Withdraw a roll call",
    description:
      "It leaves every list with its votes. The act is among the recent acts, and undoing it puts the roll call back.",
    permission: "vote:edit",
    params,
    query: z.strictObject({ reason: withdrawalReason.optional() }),
    change: true,
    response: rollCallShape,
    run: async (caller, { params: { ref }, version, query: { reason } }) => {
      const { act: _, ...vote } = await withdrawVote(caller, ref, version, reason ?? "No reason was given.");
      return vote;
    },
  }),
});
