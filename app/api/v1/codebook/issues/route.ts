import { z } from "zod";
import { issueShape } from "@/app/api/v1/shapes";
import { recordIssue } from "@/features/codebook/mutations/publish";
import { listIssues } from "@/features/codebook/queries/issues";
import { issueInput } from "@/features/codebook/schema";
import { line, whole } from "@/lib/input";
import { listOf, listQuery, pageOf, sliceAfter } from "@/lib/paging";
import { defineRoute, operation } from "@/lib/route";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/codebook/issues", {
  GET: operation({
    summary: "Issues of the codebook, in its order",
    permission: "record:read",
    query: z.strictObject({
      version: whole(1, 100_000).optional().describe("Number of a version; the newest published one without"),
      q: line(200).optional().describe("Part of the code, title or definition"),
      ...listQuery,
    }),
    response: listOf(issueShape),
    run: async (caller, { query, request }) =>
      pageOf({
        request,
        query,
        place: z.object({ code: z.string() }),
        placeOf: ({ code }) => ({ code }),
        read: async ({ limit, place }) =>
          sliceAfter(
            await listIssues(caller, query),
            { limit, ...(place ? { place: place.code } : {}) },
            ({ code }) => code,
          ),
      }),
  }),
  POST: operation({
    summary: "Add an issue",
    description:
      "Publishes a version of the codebook that has it, so that it can be coded at once; with `draft` it goes into the draft instead.",
    permission: "codebook:edit",
    body: issueInput,
    response: issueShape,
    status: 201,
    location: ({ code }) => `/api/v1/codebook/issues/${code}`,
    run: (caller, { body }) => recordIssue(caller, body),
  }),
});
