import "server-only";
import type { Prisma } from "@/generated/prisma/client";
import { findActorIds } from "@/features/actors/queries/resolve";
import { foldName, nameOn } from "@/features/actors/rules";
import type { ActorDto, ActorFilter } from "@/features/actors/schema";
import { reading, type Source } from "@/lib/db";
import { invalid, notFound } from "@/lib/errors";
import { dateOf, dayOf, type Day } from "@/lib/format";

/** Names in one order everywhere: as they were entered. */
export const WITH_NAMES = { names: { orderBy: { id: "asc" } } } satisfies Prisma.ActorInclude;
type ActorRow = Prisma.ActorGetPayload<{ include: typeof WITH_NAMES }>;

/** Today in UTC by the database's clock, so that every instance and every machine has the same day. */
export async function today(source: Source): Promise<Day> {
  const [row] = await reading(source).$queryRaw<
    { today: string }[]
  >`SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS today`;
  if (!row) throw new Error("The database did not say what day it is.");
  return row.today;
}

/** The name of a stored actor to print for a day. */
export function printedName({ names, slug }: Pick<ActorRow, "names" | "slug">, day: Day): string {
  const dated = names.map(({ validFrom, validUntil, ...name }) => ({
    ...name,
    validFrom: validFrom && dayOf(validFrom),
    validUntil: validUntil && dayOf(validUntil),
  }));
  return nameOn(dated, day) ?? slug;
}

function actorDto(row: ActorRow, day: Day): ActorDto {
  const { id, kind, slug, iso2, iso3, m49, admittedOn, m49Region, m49Subregion, note, source, version } = row;
  return {
    id,
    kind,
    slug,
    iso2,
    iso3,
    m49,
    name: printedName(row, day),
    names: row.names.map(({ name, kind, language, validFrom, validUntil, source }) => ({
      name,
      kind,
      language,
      from: validFrom && dayOf(validFrom),
      until: validUntil && dayOf(validUntil),
      source,
    })),
    admittedOn: admittedOn && dayOf(admittedOn),
    m49Region,
    m49Subregion,
    note,
    source,
    version,
  };
}

/** The actor with this ISO3 code, slug or id, or null. Its name is that of the day `on`, today without. */
export async function findActor(source: Source, ref: string, on?: Day): Promise<ActorDto | null> {
  const id = (await findActorIds(source, [ref])).get(ref);
  if (id === undefined) return null;
  const day = on ?? (await today(source));
  const row = await reading(source).actor.findUnique({ where: { id }, include: WITH_NAMES });
  return row && actorDto(row, day);
}

/** The actor with this ISO3 code, slug or id, or NOT_FOUND. */
export async function getActor(source: Source, ref: string, on?: Day): Promise<ActorDto> {
  const actor = await findActor(source, ref, on);
  if (!actor) throw notFound("actor", ref);
  return actor;
}

/** The actors with these ids, in the order of their ids, with the names of today. */
export async function getActors(source: Source, ids: readonly string[]): Promise<ActorDto[]> {
  const day = await today(source);
  const rows = await reading(source).actor.findMany({
    where: { id: { in: [...ids] } },
    include: WITH_NAMES,
    orderBy: { id: "asc" },
  });
  return rows.map((row) => actorDto(row, day));
}

/** A membership that contains the day. An unknown first day lies before any day; no last day means that it lasts. */
export function containing(day: Day): Prisma.MembershipWhereInput {
  const date = dateOf(day);
  return {
    AND: [
      { OR: [{ validFrom: null }, { validFrom: { lte: date } }] },
      { OR: [{ validUntil: null }, { validUntil: { gte: date } }] },
    ],
  };
}

function named(q: string): Prisma.ActorWhereInput {
  const folded = foldName(q);
  const code = q.toUpperCase();
  return {
    OR: [
      { iso2: code },
      { iso3: code },
      { m49: code },
      // Folded text has letters, digits and spaces only, so nothing in it is a wildcard.
      ...(folded === "" ? [] : [{ names: { some: { folded: { contains: folded } } } }]),
    ],
  };
}

/**
 * Actors by slug, at most `limit` after the slug `place`. Throws INVALID under `group` when nobody has that reference.
 * `total` counts all that the filter leaves.
 */
export async function listActors(
  source: Source,
  { kind, q, group, on }: ActorFilter,
  { limit, place }: { limit: number; place?: string },
): Promise<{ actors: ActorDto[]; total: number }> {
  const day = on ?? (await today(source));
  const groupId = group === undefined ? undefined : (await findActorIds(source, [group])).get(group);
  if (group !== undefined && groupId === undefined) throw invalid("group", `No actor is known as "${group}".`);
  const where: Prisma.ActorWhereInput = {
    mergedIntoId: null,
    ...(kind ? { kind } : {}),
    ...(groupId ? { memberships: { some: { groupId, ...containing(day) } } } : {}),
    ...(q ? named(q) : {}),
  };
  const db = reading(source);
  const rows = await db.actor.findMany({
    where: place === undefined ? where : { AND: [where, { slug: { gt: place } }] },
    include: WITH_NAMES,
    orderBy: { slug: "asc" },
    take: limit,
  });
  const total = await db.actor.count({ where });
  return { actors: rows.map((row) => actorDto(row, day)), total };
}
