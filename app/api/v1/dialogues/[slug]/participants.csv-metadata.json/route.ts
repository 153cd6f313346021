import { z } from "zod";
import { csvMetadataOf } from "@/features/statements/formats/participant-files";
import { readParticipants } from "@/features/statements/queries/export";
import { exportQuery } from "@/features/statements/schema";
import { CSV_METADATA } from "@/lib/formats/csv";
import { line } from "@/lib/input";
import { defineRoute, download } from "@/lib/route";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute(
  "/dialogues/{slug}/participants.csv-metadata.json",
  {
    GET: download({
      summary: "What the CSV with the same parameters holds",
      description: "CSV on the Web: columns and their types, filters, rule, figures and time.",
      permission: "record:read",
      params: z.object({ slug: line(120).describe("Slug or id of the dialogue") }),
      query: exportQuery,
      media: CSV_METADATA,
      run: async (caller, { params: { slug }, query, request }) => {
        const file = await readParticipants(caller, slug, query, new URL(request.url).search);
        return new Response(JSON.stringify(csvMetadataOf(file), null, 2), {
          headers: { "Content-Type": CSV_METADATA },
        });
      },
    }),
  },
);
