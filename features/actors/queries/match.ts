import "server-only";
import type { ActorKind, ActorName } from "@/features/actors/rules";
import { nameBookOf, type KnownActor, type NameBook } from "@/features/actors/rules/name-book";
import { reading, type Source } from "@/lib/db";

type NameRow = {
  id: string;
  kind: ActorKind;
  slug: string;
  iso2: string | null;
  iso3: string | null;
  folded: string;
  name_kind: ActorName["kind"];
};

/**
 * The names by which a paste is read, in one query: all of states, organizations, groups and offices, which the world
 * bounds, so that whoever is nearest is known to be; and of civil society organizations, which nothing bounds, those that
 * the paste has word for word. `folded` are the texts of the paste as `foldName` writes them.
 */
export async function loadNameBook(source: Source, folded: readonly string[]): Promise<NameBook> {
  const rows = await reading(source).$queryRaw<NameRow[]>`
    SELECT actor.id, actor.kind::text, actor.slug, actor.iso2, actor.iso3, name.folded, name.kind::text AS name_kind
    FROM actor JOIN actor_name name ON name.actor_id = actor.id
    WHERE actor.merged_into_id IS NULL
      AND (actor.kind <> 'civil_society' OR name.folded = ANY(${[...folded]}::text[]))`;
  const actors = new Map<string, KnownActor>();
  for (const { id, kind, slug, iso2, iso3 } of rows) {
    if (!actors.has(id)) actors.set(id, { id, kind, slug, iso2, iso3 });
  }
  const names = rows.map(({ id, folded: name, name_kind }) => ({ actorId: id, folded: name, kind: name_kind }));
  return nameBookOf([...actors.values()], names);
}

/** Most choices that one text is given. */
const MOST_CHOICES = 5;

/**
 * For each text, as `foldName` writes it, the actors whose names have most in common with it, the likest first; by
 * trigrams, so that missing and swapped words count little. One query however many texts there are.
 */
export async function findActorsAlike(source: Source, texts: readonly string[]): Promise<Map<string, string[]>> {
  if (texts.length === 0) return new Map();
  const rows = await reading(source).$queryRaw<{ text: string; ids: string[] }[]>`
    SELECT asked.text, array_agg(found.actor_id::text ORDER BY found.likeness DESC, found.actor_id) AS ids
    FROM unnest(${[...new Set(texts)]}::text[]) asked(text)
    CROSS JOIN LATERAL (
      SELECT name.actor_id, max(similarity(name.folded, asked.text)) AS likeness
      FROM actor_name name JOIN actor ON actor.id = name.actor_id AND actor.merged_into_id IS NULL
      WHERE name.folded % asked.text
      GROUP BY name.actor_id ORDER BY likeness DESC, name.actor_id LIMIT ${MOST_CHOICES}
    ) found
    GROUP BY asked.text`;
  return new Map(rows.map(({ text, ids }) => [text, ids]));
}
