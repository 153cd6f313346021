import { z } from "zod";
import { importedParticipantsShape } from "@/app/api/v1/shapes";
import { importParticipants } from "@/features/statements/mutations/participants";
import { participantRows } from "@/features/statements/schema";
import { line } from "@/lib/input";
import { defineRoute, operation } from "@/lib/route";

const params = z.object({ slug: line(120).describe("Slug or id of the dialogue") });

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/dialogues/{slug}/participants/import", {
  POST: operation({
    summary: "Record a list of participants at the end of the order of speaking",
    description:
      "All or nothing, as one act that can be undone. Errors name the row from 0 and its field: `rows.3.speaker`.",
    permission: "statement:record",
    params,
    body: participantRows,
    response: importedParticipantsShape,
    status: 201,
    run: (caller, { params: { slug }, body: { rows } }) => importParticipants(caller, slug, rows),
  }),
});
