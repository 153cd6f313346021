import { z } from "zod";
import { participantShape } from "@/app/api/v1/shapes";
import { participantJson } from "@/features/statements/formats/participants";
import { readParticipants } from "@/features/statements/queries/export";
import { exportQuery } from "@/features/statements/schema";
import { line } from "@/lib/input";
import { listOf, listQuery, pageOf, sliceAfter } from "@/lib/paging";
import { defineRoute, operation } from "@/lib/route";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/dialogues/{slug}/participants", {
  GET: operation({
    summary: "The participants of a dialogue, one row a statement",
    description:
      "Filtered and ordered as on screen and in every file, with the same parameters; `rule` and `aligned` change no row.",
    permission: "record:read",
    params: z.object({ slug: line(120).describe("Slug or id of the dialogue") }),
    query: z.strictObject({ ...exportQuery.shape, ...listQuery }),
    response: listOf(participantShape),
    run: (caller, { params: { slug }, query: { limit, cursor, ...query }, request }) =>
      pageOf({
        request,
        query: { limit, cursor },
        place: z.uuid(),
        placeOf: ({ id }) => id,
        read: async (range) => {
          const { participants } = await readParticipants(caller, slug, query, "");
          const rows = participants.map((row) => participantJson(row, query.columns));
          return sliceAfter(rows, range, ({ id }) => id);
        },
      }),
  }),
});
