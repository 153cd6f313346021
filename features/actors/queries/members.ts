import "server-only";
import type { Prisma } from "@/generated/prisma/client";
import { containing, getActor, printedName, today } from "@/features/actors/queries/actor";
import type { ActorDto, MembershipDto } from "@/features/actors/schema";
import { reading, type Source } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { dayOf, type Day } from "@/lib/format";

const BRIEF = {
  select: { id: true, kind: true, slug: true, iso3: true, names: { orderBy: { id: "asc" } } },
} satisfies Prisma.ActorDefaultArgs;
const WITH_ACTORS = { group: BRIEF, member: BRIEF } satisfies Prisma.MembershipInclude;

type MembershipRow = Prisma.MembershipGetPayload<{ include: typeof WITH_ACTORS }>;

function membershipDto(row: MembershipRow, day: Day): MembershipDto {
  const brief = ({ names, ...actor }: MembershipRow["group"]): MembershipDto["group"] => ({
    ...actor,
    name: printedName({ names, slug: actor.slug }, day),
  });
  return {
    id: row.id,
    group: brief(row.group),
    member: brief(row.member),
    from: row.validFrom && dayOf(row.validFrom),
    until: row.validUntil && dayOf(row.validUntil),
    knownOn: row.knownOn && dayOf(row.knownOn),
    source: row.source,
    note: row.note,
    version: row.version,
  };
}

/** Where a page of memberships ended: they are listed by the member's slug, and of one member by id. */
export type MembershipPlace = { slug: string; id: string };

async function listMemberships(
  source: Source,
  where: Prisma.MembershipWhereInput,
  day: Day,
  { limit, place }: { limit: number; place?: MembershipPlace },
): Promise<{ memberships: MembershipDto[]; total: number }> {
  const db = reading(source);
  const after: Prisma.MembershipWhereInput = place
    ? { OR: [{ member: { slug: { gt: place.slug } } }, { member: { slug: place.slug }, id: { gt: place.id } }] }
    : {};
  const rows = await db.membership.findMany({
    where: { AND: [where, after] },
    include: WITH_ACTORS,
    orderBy: [{ member: { slug: "asc" } }, { id: "asc" }],
    take: limit,
  });
  const total = await db.membership.count({ where });
  return { memberships: rows.map((row) => membershipDto(row, day)), total };
}

const EVERYBODY = 5000;

/**
 * The members of a group on a day, by slug, with names of that day. Members that are organizations are among them.
 * Throws NOT_FOUND for an unknown group.
 */
export async function membersOn(
  source: Source,
  group: string,
  day: Day,
  range: { limit: number; place?: MembershipPlace } = { limit: EVERYBODY },
): Promise<{ group: ActorDto; memberships: MembershipDto[]; total: number }> {
  const actor = await getActor(source, group, day);
  const page = await listMemberships(source, { groupId: actor.id, ...containing(day) }, day, range);
  return { group: actor, ...page };
}

/** Every membership that a group ever had, by the member's slug: its periods and their sources. Names are those of the day, today without. */
export async function periodsOf(source: Source, groupId: string, on?: Day): Promise<MembershipDto[]> {
  const { memberships } = await listMemberships(source, { groupId }, on ?? (await today(source)), { limit: EVERYBODY });
  return memberships;
}

/** Every group that an actor was ever in, by the group's slug. Names are those of the day, today without. */
export async function membershipsOf(source: Source, memberId: string, on?: Day): Promise<MembershipDto[]> {
  const day = on ?? (await today(source));
  const rows = await reading(source).membership.findMany({
    where: { memberId },
    include: WITH_ACTORS,
    orderBy: [{ group: { slug: "asc" } }, { validFrom: { sort: "asc", nulls: "first" } }, { id: "asc" }],
    take: EVERYBODY,
  });
  return rows.map((row) => membershipDto(row, day));
}

/** One membership of a group by its id, or NOT_FOUND. */
export async function getMembership(source: Source, group: string, id: string): Promise<MembershipDto> {
  const { id: groupId } = await getActor(source, group);
  const row = await reading(source).membership.findFirst({
    where: { id: id.toLowerCase(), groupId },
    include: WITH_ACTORS,
  });
  if (!row) throw notFound("membership", id);
  return membershipDto(row, await today(source));
}
