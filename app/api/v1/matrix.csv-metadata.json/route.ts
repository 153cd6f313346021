import { matrixCsvMetadata } from "@/features/positions/formats/matrix-files";
import { readMatrix } from "@/features/positions/queries/export";
import { matrixQuery } from "@/features/positions/schema";
import { CSV_METADATA } from "@/lib/formats/csv";
import { metadataResponse } from "@/lib/formats/described-csv";
import { defineRoute, download } from "@/lib/route";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/matrix.csv-metadata.json", {
  GET: download({
    summary: "What the CSV of positions with the same parameters holds",
    description: "CSV on the Web: columns and their types, day, filters, rule, codebook version, coverage and time.",
    permission: "record:read",
    query: matrixQuery,
    media: CSV_METADATA,
    run: async (caller, { query, request }) =>
      metadataResponse(matrixCsvMetadata(await readMatrix(caller, query, new URL(request.url).search))),
  }),
});
