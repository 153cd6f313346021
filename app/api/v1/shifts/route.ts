import { z } from "zod";
import { shiftShape } from "@/app/api/v1/shift-shapes";
import { listShifts, placeOfShift } from "@/features/positions/queries/shifts";
import { shiftsQuery } from "@/features/positions/schema";
import { snapshot } from "@/lib/db";
import { day } from "@/lib/input";
import { listOf, listQuery, pageOf } from "@/lib/paging";
import { defineRoute, operation } from "@/lib/route";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/shifts", {
  GET: operation({
    summary: "Shifts of positions, the newest first",
    description:
      "Two consecutive positions of an actor on an issue in its own voice that differ by a step of the scale or more, coded under " +
      "versions of the codebook that ask the same. `proposed` until somebody decides, and again when one of the two is coded anew.",
    permission: "record:read",
    query: shiftsQuery.extend(listQuery),
    response: listOf(shiftShape),
    run: (caller, { query: { limit, cursor, ...query }, request }) =>
      pageOf({
        request,
        query: { limit, cursor },
        place: z.object({ day, later: z.uuid(), actor: z.uuid() }),
        placeOf: placeOfShift,
        read: async (range) => {
          const { shifts: rows, total } = await snapshot(caller, (tx) => listShifts(tx, query, range));
          return { rows, total };
        },
      }),
  }),
});
