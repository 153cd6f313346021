import { z } from "zod";
import { statementShape } from "@/app/api/v1/shapes";
import { changesSince } from "@/features/statements/queries/grid";
import { snapshot } from "@/lib/db";
import { line } from "@/lib/input";
import { defineRoute, operation } from "@/lib/route";

const response = z.object({
  stamp: z.string(),
  places: z.array(z.object({ id: z.uuid(), order: z.int() })).nullable(),
  changed: z.array(z.object({ row: statementShape, by: z.string() })),
});

/** What an open grid asks every other second. Not part of the public API: its only client is our own page. */
export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/api/dialogues/{slug}/changes", {
  GET: operation({
    summary: "What happened to the statements of a dialogue since a stamp",
    permission: "record:read",
    params: z.object({ slug: line(120) }),
    query: z.strictObject({ after: z.string().regex(/^\d{1,18}$/) }),
    response,
    run: (caller, { params: { slug }, query: { after } }) => snapshot(caller, (tx) => changesSince(tx, slug, after)),
  }),
});
