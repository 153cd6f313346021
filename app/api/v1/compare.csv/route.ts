import { compareCsv } from "@/features/positions/formats/compare-files";
import { readComparison } from "@/features/positions/queries/export";
import { compareQuery } from "@/features/positions/schema";
import { exported } from "@/lib/export";
import { CSV } from "@/lib/formats/csv";
import { defineRoute, download } from "@/lib/route";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/compare.csv", {
  GET: download({
    summary: "Two to six states or groups by issues as CSV",
    description:
      "One row for each issue and actor, with the same parameters as `/compare`. RFC 4180, UTF-8 with BOM, CRLF. The Link header leads to what the file holds.",
    permission: "record:read",
    query: compareQuery,
    media: CSV,
    run: (caller, { query, request }) =>
      exported(request, async () => compareCsv(await readComparison(caller, query, new URL(request.url).search))),
  }),
});
