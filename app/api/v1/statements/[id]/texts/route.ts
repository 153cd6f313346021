import { z } from "zod";
import { textBriefShape } from "@/app/api/v1/text-shapes";
import { getStatementOfTexts, listTexts } from "@/features/sources/queries/texts";
import { listOf, listQuery, pageOf, sliceAfter } from "@/lib/paging";
import { defineRoute, operation } from "@/lib/route";

const params = z.object({ id: z.uuid() });

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/statements/{id}/texts", {
  GET: operation({
    summary: "The texts of a statement, without their bodies",
    permission: "record:read",
    params,
    query: z.strictObject(listQuery),
    response: listOf(textBriefShape),
    run: async (caller, { params: { id }, query, request }) => {
      const statement = await getStatementOfTexts(caller, id);
      const all = await listTexts(caller, statement.id);
      return pageOf({
        request,
        query,
        place: z.string(),
        placeOf: (text) => text.id,
        read: async (range) => sliceAfter(all, range, (text) => text.id),
      });
    },
  }),
});
