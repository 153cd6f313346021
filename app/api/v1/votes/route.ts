import { z } from "zod";
import { recordedVoteShape, rollCallShape } from "@/app/api/v1/shapes";
import { recordVote } from "@/features/votes/mutations";
import { listVotes } from "@/features/votes/queries/votes";
import { voteInput } from "@/features/votes/schema";
import { day, line } from "@/lib/input";
import { listOf, listQuery, pageOf } from "@/lib/paging";
import { defineRoute, operation } from "@/lib/route";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/votes", {
  GET: operation({
    summary: "Recorded votes, newest first, without the votes of the states",
    permission: "record:read",
    query: z.strictObject({
      q: line(200).optional().describe("Part of the title, symbol or slug"),
      dialogue: line(120).optional().describe("Slug or id"),
      ...listQuery,
    }),
    response: listOf(recordedVoteShape),
    run: (caller, { query, request }) =>
      pageOf({
        request,
        query,
        place: z.object({ date: day, id: z.uuid() }),
        placeOf: ({ date, id }) => ({ date, id }),
        read: (range) => listVotes(caller, query, range),
      }),
  }),
  POST: operation({
    summary: "Record a roll call",
    description:
      "Refused with the difference when the votes do not add up to `result`. A member of that day who did not vote is listed with `not_voting`; `missing` of the answer names members who are not listed.",
    permission: "vote:edit",
    body: voteInput,
    response: rollCallShape,
    status: 201,
    location: ({ slug }) => `/api/v1/votes/${slug}`,
    run: (caller, { body }) => recordVote(caller, body),
  }),
});
