import { z } from "zod";
import { actorPositionShape } from "@/app/api/v1/position-shapes";
import { listPositions } from "@/features/positions/queries/list";
import { positionsQuery } from "@/features/positions/schema";
import { listOf, listQuery, pageOf } from "@/lib/paging";
import { defineRoute, operation } from "@/lib/route";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/positions", {
  GET: operation({
    summary: "Positions as actors have them",
    description:
      "One row for each actor: in its own voice, or delegated where a statement for others covers it on its day. " +
      "Which of several decides is in `/matrix`. Issues are named, and merged ones read, as in the version that `codebook` names. " +
      "Positions of withdrawn statements are left out.",
    permission: "record:read",
    query: positionsQuery.extend(listQuery),
    response: listOf(actorPositionShape),
    run: (caller, { query: { limit, cursor, ...query }, request }) =>
      pageOf({
        request,
        query: { limit, cursor },
        place: z.object({ id: z.string(), actor: z.string() }),
        placeOf: ({ id, actor }) => ({ id, actor }),
        read: async (range) => {
          const { positions: rows, total } = await listPositions(caller, query, range);
          return { rows, total };
        },
      }),
  }),
});
