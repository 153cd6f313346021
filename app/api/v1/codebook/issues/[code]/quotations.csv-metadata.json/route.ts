import { z } from "zod";
import { quotationsCsvMetadata } from "@/features/positions/formats/issue-files";
import { readQuotationsFile } from "@/features/positions/queries/issue-export";
import { compendiumQuery } from "@/features/positions/schema";
import { CSV_METADATA } from "@/lib/formats/csv";
import { metadataResponse } from "@/lib/formats/described-csv";
import { line } from "@/lib/input";
import { defineRoute, download } from "@/lib/route";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute(
  "/codebook/issues/{code}/quotations.csv-metadata.json",
  {
    GET: download({
      summary: "What that CSV with the same parameters holds: quotations on an issue",
      description: "CSV on the Web: columns and their types, issue, filters, codebook version and time.",
      permission: "record:read",
      params: z.object({ code: line(80) }),
      query: compendiumQuery,
      media: CSV_METADATA,
      run: async (caller, { params: { code }, query, request }) =>
        metadataResponse(
          quotationsCsvMetadata(await readQuotationsFile(caller, { code, query, search: new URL(request.url).search })),
        ),
    }),
  },
);
