import { z } from "zod";
import { participantsFileShape } from "@/app/api/v1/shapes";
import { jsonOf } from "@/features/statements/formats/participant-files";
import { readParticipants } from "@/features/statements/queries/export";
import { exportQuery } from "@/features/statements/schema";
import { exported } from "@/lib/export";
import { JSON_TYPE } from "@/lib/formats/json";
import { line } from "@/lib/input";
import { defineRoute, download } from "@/lib/route";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/dialogues/{slug}/participants.json", {
  GET: download({
    summary: "The whole list of participants as one document",
    description: "The rows of the list, not in pages, with the filters, rule, figures and time that go with them.",
    permission: "record:read",
    params: z.object({ slug: line(120).describe("Slug or id of the dialogue") }),
    query: exportQuery,
    media: JSON_TYPE,
    content: participantsFileShape,
    run: (caller, { params: { slug }, query, request }) =>
      exported(request, async () => jsonOf(await readParticipants(caller, slug, query, new URL(request.url).search))),
  }),
});
