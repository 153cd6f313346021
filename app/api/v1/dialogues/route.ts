import { z } from "zod";
import { dialogueShape } from "@/app/api/v1/shapes";
import { recordDialogue } from "@/features/dialogues/mutations";
import { listDialogues } from "@/features/dialogues/queries";
import { DIALOGUE_KINDS, dialogueInput } from "@/features/dialogues/schema";
import { day, line } from "@/lib/input";
import { listOf, listQuery, pageOf } from "@/lib/paging";
import { defineRoute, operation } from "@/lib/route";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/dialogues", {
  GET: operation({
    summary: "Dialogues, newest first",
    permission: "record:read",
    query: z.strictObject({
      kind: z.enum(DIALOGUE_KINDS, "There is no such kind of dialogue.").optional(),
      q: line(200).optional().describe("Part of the title or the slug"),
      ...listQuery,
    }),
    response: listOf(dialogueShape),
    run: (caller, { query, request }) =>
      pageOf({
        request,
        query,
        place: z.object({ startsOn: day, id: z.uuid() }),
        placeOf: ({ startsOn, id }) => ({ startsOn, id }),
        read: async (range) => {
          const { dialogues: rows, total } = await listDialogues(caller, query, range);
          return { rows, total };
        },
      }),
  }),
  POST: operation({
    summary: "Record a dialogue with its meetings",
    permission: "dialogue:edit",
    body: dialogueInput,
    response: dialogueShape,
    status: 201,
    location: ({ slug }) => `/api/v1/dialogues/${slug}`,
    run: (caller, { body }) => recordDialogue(caller, body),
  }),
});
