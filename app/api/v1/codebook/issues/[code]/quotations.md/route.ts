import { z } from "zod";
import { MARKDOWN, quotationsMarkdown } from "@/features/positions/formats/issue-files";
import { readQuotationsFile } from "@/features/positions/queries/issue-export";
import { compendiumQuery } from "@/features/positions/schema";
import { exported } from "@/lib/export";
import { line } from "@/lib/input";
import { defineRoute, download } from "@/lib/route";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/codebook/issues/{code}/quotations.md", {
  GET: download({
    summary: "Quotations on an issue as Markdown",
    description: "Dialogue by dialogue, each with who said it, for whom, and a link to its place in the source.",
    permission: "record:read",
    params: z.object({ code: line(80) }),
    query: compendiumQuery,
    media: MARKDOWN,
    run: (caller, { params: { code }, query, request }) =>
      exported(request, async () =>
        quotationsMarkdown(await readQuotationsFile(caller, { code, query, search: new URL(request.url).search })),
      ),
  }),
});
