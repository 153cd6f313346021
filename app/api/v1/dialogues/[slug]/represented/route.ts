import { z } from "zod";
import { representedShape } from "@/app/api/v1/shapes";
import { representedIn } from "@/features/figures/queries/counted";
import { loadDialogueRecord } from "@/features/figures/queries/record";
import { representedQuery } from "@/features/figures/schema";
import { snapshot } from "@/lib/db";
import { line } from "@/lib/input";
import { listOf, listQuery, pageOf, sliceAfter } from "@/lib/paging";
import { defineRoute, operation } from "@/lib/route";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/dialogues/{slug}/represented", {
  GET: operation({
    summary: "The states and observers inside the number, by name, each with its routes",
    permission: "record:read",
    params: z.object({ slug: line(120).describe("Slug or id of the dialogue") }),
    query: z.strictObject({ ...representedQuery.shape, ...listQuery }),
    response: listOf(representedShape),
    run: (caller, { params: { slug }, query, request }) =>
      pageOf({
        request,
        query,
        place: z.string(),
        placeOf: ({ actor }) => actor,
        read: async (range) => {
          const inside = await snapshot(caller, async (tx) => representedIn(await loadDialogueRecord(tx, slug), query));
          const rows = inside.map(({ routes, ...actor }) => ({
            ...actor,
            routes: routes.map(({ route }) => route),
            explained: routes,
          }));
          return sliceAfter(rows, range, ({ actor }) => actor);
        },
      }),
  }),
});
