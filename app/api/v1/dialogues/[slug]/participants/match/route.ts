import { z } from "zod";
import { matchedListShape } from "@/app/api/v1/shapes";
import { matchParticipants } from "@/features/statements/queries/match";
import { pastedText } from "@/features/statements/schema";
import { line } from "@/lib/input";
import { defineRoute, operation } from "@/lib/route";

const params = z.object({ slug: line(120).describe("Slug or id of the dialogue") });

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/dialogues/{slug}/participants/match", {
  POST: operation({
    summary: "Whom a pasted list of speakers names",
    description:
      "Writes nothing. `actor` is null where somebody has to choose among `candidates`; headings, greetings and sentences that name nobody are left out.",
    permission: "statement:record",
    params,
    body: pastedText,
    response: matchedListShape,
    run: async (caller, { params: { slug }, body: { text } }) => {
      const { lines } = await matchParticipants(caller, slug, text);
      return { lines };
    },
  }),
});
