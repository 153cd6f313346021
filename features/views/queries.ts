import "server-only";
import type { Prisma } from "@/generated/prisma/client";
import type { ViewDto, Whose } from "@/features/views/schema";
import type { Caller } from "@/lib/auth/caller";
import { reading, type Tx } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { uuidOf } from "@/lib/uuid";

/** Whoever reads the record sees the own views and those that others share. */
type Reader = Caller<"record:read"> | Caller<"view:own">;

const WITH_OWNER = { owner: { select: { name: true } } } satisfies Prisma.SavedViewInclude;
type ViewRow = Prisma.SavedViewGetPayload<{ include: typeof WITH_OWNER }>;

function viewDto(row: ViewRow, userId: string | null): ViewDto {
  const { id, name, address, note, shared, version, createdAt, updatedAt } = row;
  return {
    id,
    name,
    address,
    note,
    shared,
    owner: row.owner.name,
    mine: row.ownerId === userId,
    version,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

/** The own views, or those that others share. A caller without an account keeps none. */
function whereOf(userId: string | null, whose: Whose | undefined): Prisma.SavedViewWhereInput {
  const mine = userId === null ? { id: { in: [] } } : { ownerId: userId };
  const others = { shared: true, ...(userId === null ? {} : { ownerId: { not: userId } }) };
  const wanted = whose === "mine" ? mine : whose === "others" ? others : { OR: [mine, others] };
  return { removedAt: null, AND: wanted };
}

type Range = { limit: number; place?: { name: string; id: string }; skip?: number };

/** Views by name, at most `limit` of them after `place` or from number `skip` on, and how many there are. */
export async function listViews(
  caller: Reader,
  whose: Whose | undefined,
  { limit, place, skip = 0 }: Range,
): Promise<{ views: ViewDto[]; total: number }> {
  const db = reading<"record:read" | "view:own">(caller);
  const where = whereOf(caller.userId, whose);
  const after = place && { OR: [{ name: { gt: place.name } }, { name: place.name, id: { gt: place.id } }] };
  const [rows, total] = await Promise.all([
    db.savedView.findMany({
      where: after ? { AND: [where, after] } : where,
      include: WITH_OWNER,
      orderBy: [{ name: "asc" }, { id: "asc" }],
      take: limit,
      skip,
    }),
    db.savedView.count({ where }),
  ]);
  return { views: rows.map((row) => viewDto(row, caller.userId)), total };
}

/** A view that the caller may see: an own one, or a shared one; else NOT_FOUND. */
export async function getView(caller: Reader, ref: string, tx?: Tx): Promise<ViewDto> {
  const id = uuidOf(ref);
  const row = id
    ? await (tx ?? reading<"record:read" | "view:own">(caller)).savedView.findFirst({
        where: { id, ...whereOf(caller.userId, undefined) },
        include: WITH_OWNER,
      })
    : null;
  if (!row) throw notFound("view", ref);
  return viewDto(row, caller.userId);
}

/** The own view that was deleted and can be put back, or null. */
export async function findRemovedView(
  caller: Caller<"view:own">,
  ref: string,
): Promise<{ id: string; name: string; version: number } | null> {
  const [id, ownerId] = [uuidOf(ref), caller.userId];
  if (!id || ownerId === null) return null;
  return reading<"view:own">(caller).savedView.findFirst({
    where: { id, ownerId, removedAt: { not: null } },
    select: { id: true, name: true, version: true },
  });
}
