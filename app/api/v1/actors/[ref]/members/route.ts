import { z } from "zod";
import { recordMembership } from "@/features/actors/mutations";
import { today } from "@/features/actors/queries/actor";
import { membersOn } from "@/features/actors/queries/members";
import { membershipDto, membershipInput } from "@/features/actors/schema";
import { actorRef, day } from "@/lib/input";
import { listOf, listQuery, pageOf } from "@/lib/paging";
import { defineRoute, operation } from "@/lib/route";

const params = z.object({ ref: actorRef });

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/actors/{ref}/members", {
  GET: operation({
    summary: "Members of a group on a day",
    description: "By the member's slug, with names of that day. Members that are organizations are among them.",
    permission: "record:read",
    params,
    query: z.strictObject({ on: day.optional().describe("Today when absent"), ...listQuery }),
    response: listOf(membershipDto),
    run: (caller, { params: { ref }, query, request }) =>
      pageOf({
        request,
        query,
        place: z.object({ slug: z.string(), id: z.uuid() }),
        placeOf: ({ id, member: { slug } }) => ({ slug, id }),
        read: async (range) => {
          const { memberships: rows, total } = await membersOn(caller, ref, query.on ?? (await today(caller)), range);
          return { rows, total };
        },
      }),
  }),
  POST: operation({
    summary: "Record a membership",
    description: "Both days are days of membership. A period that overlaps another one of this member is refused.",
    permission: "actor:edit",
    params,
    body: membershipInput,
    response: membershipDto,
    status: 201,
    location: ({ id, group: { slug } }) => `/api/v1/actors/${slug}/members/${id}`,
    run: (caller, { params: { ref }, body }) => recordMembership(caller, ref, body),
  }),
});
