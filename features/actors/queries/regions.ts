import "server-only";
import { containing } from "@/features/actors/queries/actor";
import { UN_REGIONS, type UnRegion } from "@/features/actors/schema";
import { reading, type Source } from "@/lib/db";
import type { Day } from "@/lib/format";

/** The UN regional group of each actor on a day, by id, in one query. Who was in none is absent. */
export async function regionsOn(source: Source, day: Day): Promise<Map<string, UnRegion>> {
  const rows = await reading(source).membership.findMany({
    where: { group: { slug: { in: [...UN_REGIONS] } }, ...containing(day) },
    select: { memberId: true, group: { select: { slug: true } } },
  });
  return new Map(rows.map(({ memberId, group }) => [memberId, group.slug as UnRegion]));
}
