import { z } from "zod";
import { quotationsCsv } from "@/features/positions/formats/issue-files";
import { readQuotationsFile } from "@/features/positions/queries/issue-export";
import { compendiumQuery } from "@/features/positions/schema";
import { exported } from "@/lib/export";
import { CSV } from "@/lib/formats/csv";
import { line } from "@/lib/input";
import { defineRoute, download } from "@/lib/route";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/codebook/issues/{code}/quotations.csv", {
  GET: download({
    summary: "Quotations on an issue as CSV",
    description:
      "One row for each quotation. RFC 4180, UTF-8 with BOM, CRLF. The Link header leads to what the file holds.",
    permission: "record:read",
    params: z.object({ code: line(80) }),
    query: compendiumQuery,
    media: CSV,
    run: (caller, { params: { code }, query, request }) =>
      exported(request, async () =>
        quotationsCsv(await readQuotationsFile(caller, { code, query, search: new URL(request.url).search })),
      ),
  }),
});
