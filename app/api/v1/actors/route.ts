import { z } from "zod";
import { recordActor } from "@/features/actors/mutations";
import { listActors } from "@/features/actors/queries/actor";
import { actorDto, actorInput, actorQuery } from "@/features/actors/schema";
import { listOf, listQuery, pageOf } from "@/lib/paging";
import { defineRoute, operation } from "@/lib/route";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/actors", {
  GET: operation({
    summary: "Actors: states, observers, organizations, groups, offices",
    description: "By slug. With `group`, its members on the day `on`.",
    permission: "record:read",
    query: actorQuery.extend(listQuery),
    response: listOf(actorDto),
    run: (caller, { query, request }) =>
      pageOf({
        request,
        query,
        place: z.string(),
        placeOf: ({ slug }) => slug,
        read: async (range) => {
          const { actors: rows, total } = await listActors(caller, query, range);
          return { rows, total };
        },
      }),
  }),
  POST: operation({
    summary: "Record an actor",
    permission: "actor:edit",
    body: actorInput,
    response: actorDto,
    status: 201,
    location: ({ slug }) => `/api/v1/actors/${slug}`,
    run: (caller, { body }) => recordActor(caller, body),
  }),
});
