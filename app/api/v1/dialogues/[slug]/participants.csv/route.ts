import { z } from "zod";
import { csvOf } from "@/features/statements/formats/participant-files";
import { readParticipants } from "@/features/statements/queries/export";
import { exportQuery } from "@/features/statements/schema";
import { exported } from "@/lib/export";
import { CSV } from "@/lib/formats/csv";
import { line } from "@/lib/input";
import { defineRoute, download } from "@/lib/route";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/dialogues/{slug}/participants.csv", {
  GET: download({
    summary: "The participants as CSV",
    description:
      "All columns, in the order of the list, unless `columns` says which. RFC 4180, UTF-8 with BOM, CRLF. The Link header leads to what the file holds.",
    permission: "record:read",
    params: z.object({ slug: line(120).describe("Slug or id of the dialogue") }),
    query: exportQuery,
    media: CSV,
    run: (caller, { params: { slug }, query, request }) =>
      exported(request, async () => csvOf(await readParticipants(caller, slug, query, new URL(request.url).search))),
  }),
});
