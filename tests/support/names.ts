import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { foldName } from "@/features/actors/rules";
import { nameBookOf, type KnownActor, type KnownName, type NameBook } from "@/features/actors/rules/name-book";

type Row = Record<string, string>;

function rows(file: string): Row[] {
  return parse<Row>(readFileSync(new URL(`../../prisma/reference/${file}`, import.meta.url)), { columns: true });
}

/** The actors of the reference data; their ids are what pages name them by: ISO3 codes and slugs. */
export const SHIPPED: readonly KnownActor[] = rows("actors.csv").map((row) => ({
  id: row["iso3"] || (row["slug"] ?? ""),
  kind: row["kind"] as KnownActor["kind"],
  slug: row["slug"] ?? "",
  iso2: row["iso2"] || null,
  iso3: row["iso3"] || null,
}));

const idOf = new Map(SHIPPED.map(({ id, slug }) => [slug, id]));

/** Every name of the reference data, as it is written. */
export const SHIPPED_NAMES = rows("actor-names.csv").map((row) => ({
  actorId: idOf.get(row["actor"] ?? "") ?? "",
  name: row["name"] ?? "",
  kind: row["kind"] as KnownName["kind"],
}));

/** The book of names that the reference data make. */
export function shippedBook(): NameBook {
  return nameBookOf(
    SHIPPED,
    SHIPPED_NAMES.map(({ actorId, name, kind }) => ({ actorId, kind, folded: foldName(name) })),
  );
}
