import "server-only";
import type { Mapping } from "@/features/imports/schema";
import type { Tx } from "@/lib/db";

/** A file of names that goes with one of actors: its rows wait like those of the other. */
export type NamesFile = { id: string; headers: string[]; mapping: Mapping };

/** A row of such a file. */
export type NameRow = { row: number; cells: string[] };

function placeOf({ headers, mapping }: NamesFile, field: string): number {
  const header = Object.entries(mapping).find(([, of]) => of === field)?.[0];
  return header === undefined ? 0 : headers.indexOf(header) + 1;
}

/** The rows of the names of these actors, by the address of the actor, in the order of the file. */
export async function namesOfActors(tx: Tx, file: NamesFile, slugs: string[]): Promise<Map<string, NameRow[]>> {
  const place = placeOf(file, "actor");
  const rows = await tx.$queryRaw<(NameRow & { actor: string })[]>`
    SELECT "row", cells, trim(cells[${place}::int]) AS actor FROM import_row
    WHERE import_id = ${file.id}::uuid AND trim(cells[${place}::int]) = ANY(${slugs}::text[]) ORDER BY "row"`;
  const groups = new Map<string, NameRow[]>();
  for (const { actor, ...row } of rows) {
    const known = groups.get(actor);
    if (known) known.push(row);
    else groups.set(actor, [row]);
  }
  return groups;
}

/** Rows of names whose actor is not in the file of actors: at most `limit`. */
export async function namesOfNobody(
  tx: Tx,
  names: NamesFile,
  actors: NamesFile | null,
  limit: number,
): Promise<{ row: number; actor: string }[]> {
  const [actor, slug] = [placeOf(names, "actor"), actors ? placeOf(actors, "slug") : 0];
  return tx.$queryRaw`
    SELECT name."row", coalesce(trim(name.cells[${actor}::int]), '') AS actor FROM import_row name
    WHERE name.import_id = ${names.id}::uuid AND trim(name.cells[${actor}::int]) NOT IN (
      SELECT trim(cells[${slug}::int]) FROM import_row WHERE import_id = ${actors?.id ?? names.id}::uuid AND ${actors !== null})
    ORDER BY name."row" LIMIT ${limit}`;
}
