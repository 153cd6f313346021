import { participationCsv } from "@/features/figures/formats/participation";
import { readParticipationFile } from "@/features/figures/queries/participation";
import { participationQuery } from "@/features/figures/schema";
import { exported } from "@/lib/export";
import { CSV } from "@/lib/formats/csv";
import { defineRoute, download } from "@/lib/route";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/participation.csv", {
  GET: download({
    summary: "How states took part in one dialogue, or over all, as CSV",
    description:
      "One row a state, by name: with `dialogue` whether it spoke in its own capacity, was covered only through others, or neither; without, at how many dialogues it spoke. RFC 4180, UTF-8 with BOM, CRLF. The Link header leads to what the file holds.",
    permission: "record:read",
    query: participationQuery,
    media: CSV,
    run: (caller, { query, request }) =>
      exported(request, async () =>
        participationCsv(await readParticipationFile(caller, query, new URL(request.url).search)),
      ),
  }),
});
