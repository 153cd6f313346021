import { readPackage } from "@/features/packages/queries/package";
import { exported } from "@/lib/export";
import { packageFile, ZIP } from "@/lib/formats/data-package";
import { defineRoute, download } from "@/lib/route";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/export.zip", {
  GET: download({
    summary: "The whole record as a Data Package",
    description:
      "Frictionless Data Package of one moment: a CSV for each table and `datapackage.json` with their columns, sizes and hashes, the version of the codebook and the head of the audit chain. Withdrawn statements are left out.",
    permission: "record:read",
    media: ZIP,
    run: (caller, { request }) => exported(request, async () => packageFile("rostrum-record.zip", readPackage(caller))),
  }),
});
