import { z } from "zod";
import { statementDetailShape, statementShape } from "@/app/api/v1/shapes";
import { getDialogue } from "@/features/dialogues/queries";
import { recordStatement } from "@/features/statements/mutations";
import { listStatements } from "@/features/statements/queries/statement";
import { statementInput } from "@/features/statements/schema";
import { line } from "@/lib/input";
import { listOf, listQuery, pageOf } from "@/lib/paging";
import { defineRoute, operation } from "@/lib/route";

const params = z.object({ slug: line(120).describe("Slug or id of the dialogue") });

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/dialogues/{slug}/statements", {
  GET: operation({
    summary: "Statements of a dialogue in the order of speaking",
    permission: "record:read",
    params,
    query: z.strictObject({
      withdrawn: z.enum(["include", "exclude"], "Withdrawn statements are included or excluded.").default("exclude"),
      ...listQuery,
    }),
    response: listOf(statementShape),
    run: async (caller, { params: { slug }, query, request }) => {
      const { id } = await getDialogue(caller, slug);
      return pageOf({
        request,
        query,
        place: z.int(),
        placeOf: ({ order }) => order,
        read: async ({ limit, place }) => {
          const page = {
            limit,
            withdrawn: query.withdrawn === "include",
            ...(place === undefined ? {} : { after: place }),
          };
          const { statements: rows, total } = await listStatements(caller, id, page);
          return { rows, total };
        },
      });
    },
  }),
  POST: operation({
    summary: "Record a statement, and for whom it was delivered",
    description: "Without `represents` it is in the speaker's own capacity. Without `order` it comes last.",
    permission: "statement:record",
    params,
    body: statementInput,
    response: statementDetailShape,
    status: 201,
    location: ({ id }) => `/api/v1/statements/${id}`,
    run: (caller, { params: { slug }, body }) => recordStatement(caller, slug, body),
  }),
});
