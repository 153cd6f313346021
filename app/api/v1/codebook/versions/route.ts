import { z } from "zod";
import { codebookVersionShape } from "@/app/api/v1/shapes";
import { listVersions } from "@/features/codebook/queries/versions";
import { listOf, listQuery, pageOf, sliceAfter } from "@/lib/paging";
import { defineRoute, operation } from "@/lib/route";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/codebook/versions", {
  GET: operation({
    summary: "Published versions of the codebook, newest first, each with its crosswalk from the one before",
    permission: "record:read",
    query: z.strictObject({ ...listQuery }),
    response: listOf(codebookVersionShape),
    run: async (caller, { query, request }) => {
      const versions = await listVersions(caller);
      const rows = versions.map(({ number, note, publishedAt, publishedBy, issueCount, steps }) => ({
        number,
        note,
        publishedAt: publishedAt?.toISOString() ?? null,
        publishedBy,
        issues: issueCount,
        crosswalk: steps.map(({ kind, from, to }) => ({ kind, from: from?.code ?? null, to: to?.code ?? null })),
      }));
      return pageOf({
        request,
        query,
        place: z.object({ number: z.int() }),
        placeOf: ({ number }) => ({ number }),
        read: async ({ limit, place }) =>
          sliceAfter(rows, { limit, ...(place ? { place: String(place.number) } : {}) }, ({ number }) =>
            String(number),
          ),
      });
    },
  }),
});
