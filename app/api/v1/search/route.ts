import { z } from "zod";
import { search } from "@/features/search/queries/search";
import { SEARCH_KINDS, searchQuery } from "@/features/search/schema";
import { listOf, listQuery, pageOf } from "@/lib/paging";
import { defineRoute, operation } from "@/lib/route";

const facet = z.array(z.object({ value: z.string(), label: z.string(), count: z.int() }));

const result = z
  .object({
    kind: z.enum(SEARCH_KINDS),
    id: z.uuid().describe("Of the statement, quotation, position (for a note), actor or issue"),
    title: z.string().describe("The speaker, actor or issue"),
    path: z.string().describe("Page that shows it, under the same version of the codebook"),
    statement: z.uuid().nullable(),
    dialogue: z.object({ slug: z.string(), title: z.string(), day: z.string() }).nullable(),
    language: z.string().nullable(),
    snippet: z.array(z.object({ text: z.string(), match: z.boolean() })).describe("The words around what was found"),
  })
  .meta({ id: "SearchResult" });

const results = listOf(result).extend({
  facets: z
    .object({ kind: facet, dialogue: facet, language: facet, actor: facet })
    .describe("How many results each value of a filter leaves beside the other filters; at most 20 values of each"),
});

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/search", {
  GET: operation({
    summary: "Search in statements, quotations, notes, actors and issues",
    description:
      'All words must be found, in any form that they have in the language of the text; case and accents are ignored. "…" is a phrase, ' +
      "OR joins alternatives, a leading - leaves out, and word* finds what begins so. Actors and issues come first, then the newest dialogue.",
    permission: "record:read",
    query: searchQuery.extend(listQuery),
    response: results,
    run: async (caller, { query: { q, limit, cursor, ...filters }, request }) => {
      let facets: Awaited<ReturnType<typeof search>>["facets"] = { kind: [], dialogue: [], language: [], actor: [] };
      let passed = 0;
      const page = await pageOf({
        request,
        query: { limit, cursor },
        place: z.int(),
        placeOf: () => passed + limit,
        read: async ({ limit: most, place: offset = 0 }) => {
          passed = offset;
          const { results: rows, total, facets: counted } = await search(caller, q, filters, { offset, limit: most });
          facets = counted;
          return { rows, total };
        },
      });
      return { ...page, facets };
    },
  }),
});
