import "server-only";
import { actorSnapshot } from "@/features/actors/mutations";
import { getActors } from "@/features/actors/queries/actor";
import { findActorIds } from "@/features/actors/queries/resolve";
import { foldName } from "@/features/actors/rules";
import { recordAuditMany } from "@/features/audit/mutations";
import type { Caller } from "@/lib/auth/caller";
import type { Tx } from "@/lib/db";

/** A choice that somebody made for a printed name; the actor by reference. */
export type Spelling = { actor: string; printed: string };

type Fresh = { actorId: string; printed: string; folded: string };

/** Longer than that it is no name, but a line that could not be read. */
const LONGEST_SPELLING = 120;

/** Spellings that nobody is called yet, each once. What is somebody else's name stays ambiguous, remembered or not. */
async function unknownOf(tx: Tx, spellings: readonly Spelling[]): Promise<Fresh[]> {
  const folded = new Map<string, Fresh>();
  const ids = await findActorIds(
    tx,
    spellings.map(({ actor }) => actor),
  );
  for (const { actor, printed } of spellings) {
    const key = foldName(printed);
    const actorId = ids.get(actor);
    if (actorId && key !== "" && printed.length <= LONGEST_SPELLING && !folded.has(key)) {
      folded.set(key, { actorId, printed, folded: key });
    }
  }
  const taken = await tx.actorName.findMany({
    where: { folded: { in: [...folded.keys()] } },
    select: { folded: true },
  });
  for (const name of taken) folded.delete(name.folded);
  return [...folded.values()];
}

/**
 * Remembers choices as other names of their actors, so that the next paste is understood. The number of queries does not
 * grow with them. `source` says where they come from; the names can be removed on the actor's page.
 */
export async function rememberSpellings(
  tx: Tx,
  caller: Caller<"actor:edit">,
  spellings: readonly Spelling[],
  source: string,
): Promise<void> {
  if (spellings.length === 0) return;
  const fresh = await unknownOf(tx, spellings);
  if (fresh.length === 0) return;
  const ids = [...new Set(fresh.map(({ actorId }) => actorId))].sort();
  // In one order everywhere, so that two lists that remember at once wait instead of blocking each other.
  await tx.$queryRaw`SELECT id FROM actor WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
  const before = await getActors(tx, ids);
  await tx.actorName.createMany({
    // "und": nobody said in which language the list was.
    data: fresh.map(({ actorId, printed, folded }) => ({
      actorId,
      name: printed,
      folded,
      kind: "alias" as const,
      language: "und",
      source,
    })),
    skipDuplicates: true,
  });
  await tx.actor.updateMany({ where: { id: { in: ids } }, data: { version: { increment: 1 }, updatedAt: new Date() } });
  const after = new Map((await getActors(tx, ids)).map((actor) => [actor.id, actor]));
  await recordAuditMany(
    tx,
    caller,
    before.map((actor) => {
      const now = after.get(actor.id) ?? actor;
      return {
        type: "actor.revised",
        subjectId: actor.id,
        version: now.version,
        before: actorSnapshot(actor),
        after: actorSnapshot(now),
      };
    }),
  );
}
