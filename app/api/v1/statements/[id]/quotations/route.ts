import { z } from "zod";
import { quotationShape } from "@/app/api/v1/text-shapes";
import { quoteText } from "@/features/sources/mutations/quotations";
import { listQuotations } from "@/features/sources/queries/quotations";
import { getStatementOfTexts } from "@/features/sources/queries/texts";
import { quotationInput } from "@/features/sources/schema";
import { listOf, listQuery, pageOf, sliceAfter } from "@/lib/paging";
import { defineRoute, operation } from "@/lib/route";

const params = z.object({ id: z.uuid() });

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/statements/{id}/quotations", {
  GET: operation({
    summary: "The quotations from all texts of a statement, by text in reading order; orphans last",
    permission: "record:read",
    params,
    query: z.strictObject(listQuery),
    response: listOf(quotationShape),
    run: async (caller, { params: { id }, query, request }) => {
      const statement = await getStatementOfTexts(caller, id);
      const all = await listQuotations(caller, statement.id);
      return pageOf({
        request,
        query,
        place: z.string(),
        placeOf: (quotation) => quotation.id,
        read: async (range) => sliceAfter(all, range, (quotation) => quotation.id),
      });
    },
  }),
  POST: operation({
    summary: "Quote words from a statement's text",
    description:
      "The words must stand in the text as whole words; only white space, typographic quotation marks, dashes, ellipses, " +
      "soft hyphens, ligatures and the composition of letters may differ. What is stored is how the text has them. " +
      "Words that are quoted already answer their quotation. `note` says when the words stand in several places.",
    permission: "text:edit",
    params,
    body: quotationInput,
    response: quotationShape.extend({ note: z.string().nullable() }),
    status: 201,
    location: ({ id }) => `/api/v1/quotations/${id}`,
    run: async (caller, { params: { id }, body }) => {
      const { quotation, note } = await quoteText(caller, id, body);
      return { ...quotation, note };
    },
  }),
});
