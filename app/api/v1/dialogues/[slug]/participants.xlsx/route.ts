import { z } from "zod";
import { xlsxOf } from "@/features/statements/formats/participant-files";
import { readParticipants } from "@/features/statements/queries/export";
import { exportQuery } from "@/features/statements/schema";
import { exported } from "@/lib/export";
import { XLSX } from "@/lib/formats/xlsx";
import { line } from "@/lib/input";
import { defineRoute, download } from "@/lib/route";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/dialogues/{slug}/participants.xlsx", {
  GET: download({
    summary: "The participants as an Excel workbook",
    description:
      "All columns, in the order of the list, unless `columns` says which. The first sheet tells what the file holds, the second has the rows.",
    permission: "record:read",
    params: z.object({ slug: line(120).describe("Slug or id of the dialogue") }),
    query: exportQuery,
    media: XLSX,
    run: (caller, { params: { slug }, query, request }) =>
      exported(request, async () => xlsxOf(await readParticipants(caller, slug, query, new URL(request.url).search))),
  }),
});
