import { z } from "zod";
import { cumulativeShape } from "@/app/api/v1/shapes";
import { getCumulative } from "@/features/figures/queries/over-time";
import { countingQuery } from "@/features/figures/schema";
import { snapshot } from "@/lib/db";
import { listOf, listQuery, pageOf, sliceAfter } from "@/lib/paging";
import { defineRoute, operation } from "@/lib/route";

const { rule, aligned } = countingQuery.shape;

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/figures/cumulative", {
  GET: operation({
    summary: "Distinct states over all dialogues so far, dialogue by dialogue",
    permission: "record:read",
    query: z.strictObject({ rule, aligned, ...listQuery }),
    response: listOf(cumulativeShape),
    run: (caller, { query, request }) =>
      pageOf({
        request,
        query,
        place: z.string(),
        placeOf: ({ dialogue }) => dialogue,
        read: async (range) => {
          const counted = await snapshot(caller, (tx) => getCumulative(tx, query));
          const rows = counted.map(({ firstTime, ...row }) => ({
            ...row,
            firstTime: firstTime.map((actor) => actor.ref),
          }));
          return sliceAfter(rows, range, ({ dialogue }) => dialogue);
        },
      }),
  }),
});
