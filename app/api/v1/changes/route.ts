import { z } from "zod";
import { changeShape } from "@/app/api/v1/shapes";
import { listChanges } from "@/features/audit/queries";
import { listOf, listQuery, pageOf } from "@/lib/paging";
import { defineRoute, operation } from "@/lib/route";

const instant = z.iso
  .datetime({ offset: true, error: "This is not an instant. Write it as 2017-09-06T14:00:00Z." })
  .transform((text) => new Date(text))
  .meta({ format: "date-time" });

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/changes", {
  GET: operation({
    summary: "Every change to the record, oldest first",
    permission: "audit:read",
    query: z.strictObject({ since: instant.optional().describe("Changes at this instant and later"), ...listQuery }),
    response: listOf(changeShape),
    run: (caller, { query: { since, ...query }, request }) =>
      pageOf({
        request,
        query,
        place: z.string().regex(/^\d+$/),
        placeOf: ({ id }) => id,
        read: async ({ limit, place }) => {
          const from = { ...(since ? { since } : {}), ...(place === undefined ? {} : { after: place }) };
          const { changes: rows, total } = await listChanges(caller, { ...from, limit });
          return { rows, total };
        },
      }),
  }),
});
