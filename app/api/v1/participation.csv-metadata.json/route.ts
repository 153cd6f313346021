import { participationCsvMetadata } from "@/features/figures/formats/participation";
import { readParticipationFile } from "@/features/figures/queries/participation";
import { participationQuery } from "@/features/figures/schema";
import { CSV_METADATA } from "@/lib/formats/csv";
import { metadataResponse } from "@/lib/formats/described-csv";
import { defineRoute, download } from "@/lib/route";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/participation.csv-metadata.json", {
  GET: download({
    summary: "What the CSV of participation with the same parameters holds",
    description: "CSV on the Web: columns and their types, filters, rule and time.",
    permission: "record:read",
    query: participationQuery,
    media: CSV_METADATA,
    run: async (caller, { query, request }) =>
      metadataResponse(
        participationCsvMetadata(await readParticipationFile(caller, query, new URL(request.url).search)),
      ),
  }),
});
