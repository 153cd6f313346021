import "server-only";
import type { Prisma } from "@/generated/prisma/client";
import { foldName, type ActorKind } from "@/features/actors/rules";
import { reading, type Source } from "@/lib/db";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Where an actor with one of these references is: ISO3, slug, id, or the alpha-2 code of an organization ("EU"). */
function byRef(refs: string[]): Prisma.ActorWhereInput {
  return {
    OR: [
      { iso3: { in: refs } },
      { slug: { in: refs } },
      { id: { in: refs.filter((ref) => UUID.test(ref)).map((ref) => ref.toLowerCase()) } },
      { iso2: { in: refs }, kind: "regional_organization" },
    ],
  };
}

/** Where actors that were merged into others are now, by id: to the end of every chain of merges. */
async function followMerges(
  source: Source,
  actors: { id: string; mergedIntoId: string | null }[],
): Promise<Map<string, string>> {
  const next = new Map(actors.flatMap(({ id, mergedIntoId }) => (mergedIntoId ? [[id, mergedIntoId]] : [])));
  let unknown = [...next.values()].filter((id) => !next.has(id));
  while (unknown.length > 0) {
    const further = await reading(source).actor.findMany({
      where: { id: { in: unknown }, mergedIntoId: { not: null } },
      select: { id: true, mergedIntoId: true },
    });
    for (const { id, mergedIntoId } of further) if (mergedIntoId) next.set(id, mergedIntoId);
    unknown = further.flatMap(({ mergedIntoId }) => (mergedIntoId && !next.has(mergedIntoId) ? [mergedIntoId] : []));
  }
  const end = (id: string): string => {
    const further = next.get(id);
    return further === undefined ? id : end(further);
  };
  return new Map([...next.keys()].map((id) => [id, end(id)]));
}

/**
 * The ids of actors by reference (ISO3, slug, id), in one query. References that nobody has are absent; those of an actor that
 * was merged into another lead to the other.
 */
export async function findActorIds(source: Source, refs: Iterable<string>): Promise<Map<string, string>> {
  const wanted = [...new Set(refs)];
  const actors = await reading(source).actor.findMany({
    where: byRef(wanted),
    select: { id: true, slug: true, iso3: true, iso2: true, kind: true, mergedIntoId: true },
  });
  const merged = await followMerges(source, actors);
  const found = new Map<string, string>();
  for (const { id, slug, iso3, iso2, kind } of actors) {
    const now = merged.get(id) ?? id;
    for (const ref of [id, slug, iso3, kind === "regional_organization" ? iso2 : null]) if (ref) found.set(ref, now);
  }
  const keyOf = (ref: string): string => (UUID.test(ref) ? ref.toLowerCase() : ref);
  return new Map(wanted.flatMap((ref) => (found.has(keyOf(ref)) ? [[ref, found.get(keyOf(ref)) ?? ""]] : [])));
}

/** What a typed name may mean: nobody, one actor, or several that share it. */
export type NameMatch = { id: string; ref: string; name: string; kind: ActorKind };

/**
 * Actors by what somebody typed: an ISO3 code or id, or else the slug or any name, whatever its case, accents or leading
 * article. Each text maps to every actor that it may mean; more than one is ambiguous and has to be asked.
 */
export async function findActorsByText(source: Source, texts: Iterable<string>): Promise<Map<string, NameMatch[]>> {
  const wanted = [...new Set(texts)];
  const folded = wanted.map(foldName).filter((name) => name !== "");
  const codes = wanted.map((text) => text.toUpperCase());
  const actors = await reading(source).actor.findMany({
    where: { mergedIntoId: null, OR: [byRef([...wanted, ...codes]), { names: { some: { folded: { in: folded } } } }] },
    select: {
      id: true,
      slug: true,
      iso3: true,
      iso2: true,
      kind: true,
      names: { where: { folded: { in: folded } }, select: { folded: true, name: true } },
    },
  });
  return new Map(
    wanted.map((text) => {
      const code = text.toUpperCase();
      const coded = actors.filter(
        ({ id, iso3, iso2, kind }) =>
          iso3 === code || id === text.toLowerCase() || (iso2 === code && kind === "regional_organization"),
      );
      const key = foldName(text);
      const named = actors.filter(({ slug, names }) => slug === text || names.some((name) => name.folded === key));
      // "nam" is the address of a group, as files write it, before it is the code of Namibia in small letters.
      const addressed = text !== code && actors.some(({ slug }) => slug === text);
      const matches = coded.length > 0 && !addressed ? coded : named;
      return [
        text,
        matches.map(({ id, iso3, slug, kind, names }) => ({
          id,
          ref: iso3 ?? slug,
          name: names[0]?.name ?? slug,
          kind,
        })),
      ];
    }),
  );
}
