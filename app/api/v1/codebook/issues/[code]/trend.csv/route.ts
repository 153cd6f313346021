import { z } from "zod";
import { compositionCsv } from "@/features/positions/formats/issue-files";
import { readCompositionFile } from "@/features/positions/queries/issue-export";
import { compendiumQuery } from "@/features/positions/schema";
import { exported } from "@/lib/export";
import { CSV } from "@/lib/formats/csv";
import { line } from "@/lib/input";
import { defineRoute, download } from "@/lib/route";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/codebook/issues/{code}/trend.csv", {
  GET: download({
    summary: "Positions on an issue in own voice, dialogue by dialogue as CSV",
    description:
      "One row for each dialogue. RFC 4180, UTF-8 with BOM, CRLF. The Link header leads to what the file holds.",
    permission: "record:read",
    params: z.object({ code: line(80) }),
    query: compendiumQuery.pick({ codebook: true }),
    media: CSV,
    run: (caller, { params: { code }, query, request }) =>
      exported(request, async () =>
        compositionCsv(await readCompositionFile(caller, { code, query, search: new URL(request.url).search })),
      ),
  }),
});
