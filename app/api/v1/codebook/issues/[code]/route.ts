import { z } from "zod";
import { issueShape } from "@/app/api/v1/shapes";
import { getIssue } from "@/features/codebook/queries/issues";
import { line, whole } from "@/lib/input";
import { defineRoute, operation } from "@/lib/route";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/codebook/issues/{code}", {
  GET: operation({
    summary: "One issue of the codebook",
    permission: "record:read",
    params: z.object({ code: line(60) }),
    query: z.strictObject({
      version: whole(1, 100_000).optional().describe("Number of a version; the newest published one without"),
    }),
    response: issueShape,
    run: (caller, { params: { code }, query: { version } }) => getIssue(caller, code, version),
  }),
});
