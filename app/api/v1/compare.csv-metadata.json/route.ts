import { compareCsvMetadata } from "@/features/positions/formats/compare-files";
import { readComparison } from "@/features/positions/queries/export";
import { compareQuery } from "@/features/positions/schema";
import { CSV_METADATA } from "@/lib/formats/csv";
import { metadataResponse } from "@/lib/formats/described-csv";
import { defineRoute, download } from "@/lib/route";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/compare.csv-metadata.json", {
  GET: download({
    summary: "What the CSV of a comparison with the same parameters holds",
    description: "CSV on the Web: columns and their types, day, filters, rule, codebook version, coverage and time.",
    permission: "record:read",
    query: compareQuery,
    media: CSV_METADATA,
    run: async (caller, { query, request }) =>
      metadataResponse(compareCsvMetadata(await readComparison(caller, query, new URL(request.url).search))),
  }),
});
