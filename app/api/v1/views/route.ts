import { z } from "zod";
import { viewShape } from "@/app/api/v1/view-shapes";
import { recordView } from "@/features/views/mutations";
import { listViews } from "@/features/views/queries";
import { viewInput, WHOSE } from "@/features/views/schema";
import { listOf, listQuery, pageOf } from "@/lib/paging";
import { defineRoute, operation } from "@/lib/route";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/views", {
  GET: operation({
    summary: "Saved views: one's own and those that others share, by name",
    permission: "record:read",
    query: z.strictObject({ whose: z.enum(WHOSE, "Say mine or others.").optional(), ...listQuery }),
    response: listOf(viewShape),
    run: (caller, { query, request }) =>
      pageOf({
        request,
        query,
        place: z.object({ name: z.string(), id: z.uuid() }),
        placeOf: ({ name, id }) => ({ name, id }),
        read: async (range) => {
          const { views: rows, total } = await listViews(caller, query.whose, range);
          return { rows, total };
        },
      }),
  }),
  POST: operation({
    summary: "Save a view",
    description:
      "The address is stored in its canonical form: a page of this product, without origin, scheme or fragment.",
    permission: "view:own",
    body: viewInput,
    response: viewShape,
    status: 201,
    location: ({ id }) => `/api/v1/views/${id}`,
    run: (caller, { body }) => recordView(caller, body),
  }),
});
