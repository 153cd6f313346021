import { z } from "zod";
import { textVersionShape } from "@/app/api/v1/text-shapes";
import { getText, listTextVersions } from "@/features/sources/queries/texts";
import { listOf, listQuery, pageOf, sliceAfter } from "@/lib/paging";
import { defineRoute, operation } from "@/lib/route";

const params = z.object({ id: z.uuid() });

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/texts/{id}/versions", {
  GET: operation({
    summary: "The bodies that a text has had, the newest first",
    permission: "record:read",
    params,
    query: z.strictObject(listQuery),
    response: listOf(textVersionShape),
    run: async (caller, { params: { id }, query, request }) => {
      const all = await listTextVersions(caller, (await getText(caller, id)).id);
      return pageOf({
        request,
        query,
        place: z.string(),
        placeOf: (row) => String(row.version),
        read: async (range) => sliceAfter(all, range, (row) => String(row.version)),
      });
    },
  }),
});
