import "server-only";
import { containing } from "@/features/actors/queries/actor";
import type { ActorKind } from "@/features/actors/rules";
import { reading, type Source } from "@/lib/db";
import type { Day } from "@/lib/format";

/** How many actors of each kind are on record. */
export async function countKinds(source: Source): Promise<Partial<Record<ActorKind, number>>> {
  const rows = await reading(source).actor.groupBy({ by: ["kind"], where: { mergedIntoId: null }, _count: true });
  return Object.fromEntries(rows.map(({ kind, _count }) => [kind, _count]));
}

/** The size of a group on a day. Members that are neither states nor observers are apart: they add no states. */
export type GroupSize = { states: number; observers: number; others: number; startNotKnown: number };

/** The sizes of all groups and organizations on a day, by id, in one query. Who has no members on it is absent. */
export async function groupSizesOn(source: Source, day: Day): Promise<Map<string, GroupSize>> {
  const rows = await reading(source).membership.findMany({
    where: containing(day),
    select: { groupId: true, validFrom: true, member: { select: { kind: true } } },
  });
  const sizes = new Map<string, GroupSize>();
  for (const { groupId, validFrom, member } of rows) {
    const size = sizes.get(groupId) ?? { states: 0, observers: 0, others: 0, startNotKnown: 0 };
    sizes.set(groupId, size);
    if (member.kind === "member_state") size.states += 1;
    else if (member.kind === "observer") size.observers += 1;
    else size.others += 1;
    if (validFrom === null) size.startNotKnown += 1;
  }
  return sizes;
}
