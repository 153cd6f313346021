import "server-only";
import { printedName, today, WITH_NAMES } from "@/features/actors/queries/actor";
import { findActorIds } from "@/features/actors/queries/resolve";
import { reading, type Source } from "@/lib/db";

/** What references (ISO3 codes, slugs) stand for today, in three queries however many there are. Unknown ones are absent. */
export async function actorNames(source: Source, refs: readonly string[]): Promise<Record<string, string>> {
  if (refs.length === 0) return {};
  const ids = await findActorIds(source, refs);
  const day = await today(source);
  const rows = await reading(source).actor.findMany({ where: { id: { in: [...ids.values()] } }, include: WITH_NAMES });
  const names = new Map(rows.map((row) => [row.id, printedName(row, day)]));
  return Object.fromEntries([...ids].map(([ref, id]) => [ref, names.get(id) ?? ref]));
}
