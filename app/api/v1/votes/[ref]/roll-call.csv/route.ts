import { z } from "zod";
import { rollCallCsv } from "@/features/votes/formats/roll-call";
import { readRollCall } from "@/features/votes/queries/votes";
import { rollCallQuery } from "@/features/votes/schema";
import { exported } from "@/lib/export";
import { CSV } from "@/lib/formats/csv";
import { line } from "@/lib/input";
import { defineRoute, download } from "@/lib/route";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/votes/{ref}/roll-call.csv", {
  GET: download({
    summary: "A roll call as CSV",
    description: "One row a state, by name, with the filters of the page. RFC 4180, UTF-8 with BOM, CRLF.",
    permission: "record:read",
    params: z.object({ ref: line(120).describe("Slug or id") }),
    query: z.strictObject(rollCallQuery.shape),
    media: CSV,
    run: (caller, { params: { ref }, query, request }) =>
      exported(request, async () => {
        const { rollCall, shown } = await readRollCall(caller, ref, query);
        return rollCallCsv(rollCall, shown);
      }),
  }),
});
