import { trendCsv } from "@/features/figures/formats";
import { readTrendFile } from "@/features/figures/queries/over-time";
import { trendQuery } from "@/features/figures/schema";
import { exported } from "@/lib/export";
import { CSV } from "@/lib/formats/csv";
import { defineRoute, download } from "@/lib/route";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/trends.csv", {
  GET: download({
    summary: "Speakers and states represented over the years as CSV",
    description:
      "One row for each number of each dialogue, counted or published. RFC 4180, UTF-8 with BOM, CRLF. The Link header leads to what the file holds.",
    permission: "record:read",
    query: trendQuery,
    media: CSV,
    run: (caller, { query, request }) =>
      exported(request, async () => trendCsv(await readTrendFile(caller, query, new URL(request.url).search))),
  }),
});
