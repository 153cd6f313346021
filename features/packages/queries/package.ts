import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { RESOURCES } from "@/features/packages/queries/resources";
import type { Caller } from "@/lib/auth/caller";
import { copyOut } from "@/lib/db";
import type { PackageAbout, PackageTable } from "@/lib/formats/data-package";

const STATE = Prisma.sql`
  SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS taken_at,
    coalesce((SELECT max(number) FROM codebook_version WHERE status = 'published')::text, '') AS codebook,
    coalesce((SELECT hash FROM audit_seal ORDER BY position DESC LIMIT 1), '') AS audit_head`;

/**
 * Reads the whole record of one moment, table by table, without ever holding more than a portion of it: what the package says of
 * itself, then each table.
 */
export async function* readPackage(caller: Caller<"record:read">): AsyncGenerator<PackageAbout | PackageTable> {
  const answers = copyOut(caller, [STATE, ...RESOURCES.map(({ sql }) => sql)]);
  let place = -1;
  for await (const csv of answers) {
    const resource = RESOURCES[place];
    if (resource) {
      const { name, title, fields } = resource;
      yield { name, title, fields, csv };
    } else yield await aboutOf(csv);
    place += 1;
  }
}

async function aboutOf(csv: AsyncIterable<Uint8Array>): Promise<PackageAbout> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of csv) chunks.push(chunk);
  const [, line = ""] = Buffer.concat(chunks).toString("utf8").split("\n");
  const [created = "", codebook = "", auditHead = ""] = line.split(",");
  return {
    name: "rostrum-record",
    title: "The record of who spoke on the responsibility to protect, for whom, and where they stand",
    description:
      "Withdrawn statements are left out. Days of memberships are both days of membership. A leading apostrophe keeps a spreadsheet from running a text as a formula.",
    created,
    codebook: codebook === "" ? null : Number(codebook),
    auditHead: auditHead === "" ? null : auditHead,
  };
}
