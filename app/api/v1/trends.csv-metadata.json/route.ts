import { trendCsvMetadata } from "@/features/figures/formats";
import { readTrendFile } from "@/features/figures/queries/over-time";
import { trendQuery } from "@/features/figures/schema";
import { CSV_METADATA } from "@/lib/formats/csv";
import { metadataResponse } from "@/lib/formats/described-csv";
import { defineRoute, download } from "@/lib/route";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/trends.csv-metadata.json", {
  GET: download({
    summary: "What the CSV of speakers and states represented with the same parameters holds",
    description: "CSV on the Web: columns and their types, counting rule and time.",
    permission: "record:read",
    query: trendQuery,
    media: CSV_METADATA,
    run: async (caller, { query, request }) =>
      metadataResponse(trendCsvMetadata(await readTrendFile(caller, query, new URL(request.url).search))),
  }),
});
