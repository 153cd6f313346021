import { matrixCsv } from "@/features/positions/formats/matrix-files";
import { readMatrix } from "@/features/positions/queries/export";
import { matrixQuery } from "@/features/positions/schema";
import { exported } from "@/lib/export";
import { CSV } from "@/lib/formats/csv";
import { defineRoute, download } from "@/lib/route";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/matrix.csv", {
  GET: download({
    summary: "Positions of states by issues as CSV",
    description:
      "One row for each actor and issue, in the order of `/matrix` with the same parameters. RFC 4180, UTF-8 with BOM, CRLF. The Link header leads to what the file holds.",
    permission: "record:read",
    query: matrixQuery,
    media: CSV,
    run: (caller, { query, request }) =>
      exported(request, async () => matrixCsv(await readMatrix(caller, query, new URL(request.url).search))),
  }),
});
