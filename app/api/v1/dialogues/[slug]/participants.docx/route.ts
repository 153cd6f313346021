import { z } from "zod";
import { docxOf } from "@/features/statements/formats/participant-files";
import { readParticipants } from "@/features/statements/queries/export";
import { exportQuery } from "@/features/statements/schema";
import { exported } from "@/lib/export";
import { DOCX } from "@/lib/formats/docx";
import { line } from "@/lib/input";
import { defineRoute, download } from "@/lib/route";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/dialogues/{slug}/participants.docx", {
  GET: download({
    summary: "The participants as a Word document",
    description:
      "All columns, in the order of the list, unless `columns` says which. Kinds, roles and bases are in words.",
    permission: "record:read",
    params: z.object({ slug: line(120).describe("Slug or id of the dialogue") }),
    query: exportQuery,
    media: DOCX,
    run: (caller, { params: { slug }, query, request }) =>
      exported(request, async () => docxOf(await readParticipants(caller, slug, query, new URL(request.url).search))),
  }),
});
