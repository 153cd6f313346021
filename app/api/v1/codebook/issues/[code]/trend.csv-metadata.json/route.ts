import { z } from "zod";
import { compositionCsvMetadata } from "@/features/positions/formats/issue-files";
import { readCompositionFile } from "@/features/positions/queries/issue-export";
import { compendiumQuery } from "@/features/positions/schema";
import { CSV_METADATA } from "@/lib/formats/csv";
import { metadataResponse } from "@/lib/formats/described-csv";
import { line } from "@/lib/input";
import { defineRoute, download } from "@/lib/route";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute(
  "/codebook/issues/{code}/trend.csv-metadata.json",
  {
    GET: download({
      summary: "What that CSV with the same parameters holds: positions on an issue in own voice, dialogue by dialogue",
      description: "CSV on the Web: columns and their types, issue, filters, codebook version and time.",
      permission: "record:read",
      params: z.object({ code: line(80) }),
      query: compendiumQuery.pick({ codebook: true }),
      media: CSV_METADATA,
      run: async (caller, { params: { code }, query, request }) =>
        metadataResponse(
          compositionCsvMetadata(
            await readCompositionFile(caller, { code, query, search: new URL(request.url).search }),
          ),
        ),
    }),
  },
);
