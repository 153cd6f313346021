import { z } from "zod";
import { reportShape } from "@/app/api/v1/shapes";
import { recordReport } from "@/features/dialogues/mutations";
import { listReports } from "@/features/dialogues/queries";
import { reportInput } from "@/features/dialogues/schema";
import { listOf, listQuery, pageOf, sliceAfter } from "@/lib/paging";
import { defineRoute, operation } from "@/lib/route";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/reports", {
  GET: operation({
    summary: "Reports that dialogues consider, newest first",
    permission: "record:read",
    query: z.strictObject(listQuery),
    response: listOf(reportShape),
    run: (caller, { query, request }) =>
      pageOf({
        request,
        query,
        place: z.uuid(),
        placeOf: ({ id }) => id,
        read: async (range) => sliceAfter(await listReports(caller), range, ({ id }) => id),
      }),
  }),
  POST: operation({
    summary: "Record a report",
    permission: "dialogue:edit",
    body: reportInput,
    response: reportShape,
    status: 201,
    location: ({ slug }) => `/api/v1/reports/${slug}`,
    run: (caller, { body }) => recordReport(caller, body),
  }),
});
