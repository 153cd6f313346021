import "server-only";
import { RESOURCES, type Resource } from "@/features/packages/queries/resources";
import type { Caller } from "@/lib/auth/caller";
import { copyOut } from "@/lib/db";
import { Prisma } from "@/generated/prisma/client";

/** What the package says of itself: the moment that it shows, and by what it can be checked. */
export type PackageState = { takenAt: string; codebook: string; auditHead: string };

const STATE = Prisma.sql`
  SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS taken_at,
    coalesce((SELECT max(number) FROM codebook_version WHERE status = 'published')::text, '') AS codebook,
    coalesce((SELECT hash FROM audit_seal ORDER BY position DESC LIMIT 1), '') AS audit_head`;

/** A table on its way out: its CSV as Postgres writes it, in portions. It has to be read to its end before the next one. */
export type PackageTable = { resource: Resource; csv: AsyncIterable<Uint8Array> };

/**
 * Reads the whole record of one moment, table by table, without ever holding more than a portion of it. First comes the state,
 * then the tables in their order.
 */
export async function* readPackage(caller: Caller<"record:read">): AsyncGenerator<PackageState | PackageTable> {
  const tables = copyOut(caller, [STATE, ...RESOURCES.map(({ sql }) => sql)]);
  let place = -1;
  for await (const csv of tables) {
    const resource = RESOURCES[place];
    yield resource ? { resource, csv } : await stateOf(csv);
    place += 1;
  }
}

async function stateOf(csv: AsyncIterable<Uint8Array>): Promise<PackageState> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of csv) chunks.push(chunk);
  const [, line = ""] = Buffer.concat(chunks).toString("utf8").split("\n");
  const [takenAt = "", codebook = "", auditHead = ""] = line.split(",");
  return { takenAt, codebook, auditHead };
}
