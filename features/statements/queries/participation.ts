import "server-only";
import { actorNames } from "@/features/actors/queries/names";
import { COUNTED_SQL } from "@/features/positions/queries/scope";
import { loadTouching, routesTo, type Touched } from "@/features/statements/queries/touching";
import { isCounted } from "@/features/statements/rules";
import { reading, type Source } from "@/lib/db";
import { dayOf, type Day } from "@/lib/format";

/** What one actor had to do with one dialogue. */
export type Participation = {
  dialogue: { slug: string; title: string; startsOn: Day };
  /** It delivered a statement, in its own capacity or for others. */
  spoke: boolean;
  /** Who spoke for it: groups to which it belonged on the day and actors that named it. Aligning itself is no route. */
  through: { ref: string; name: string }[];
};

/** The part of a route behind its basis. */
const partyOf = (route: string): string => route.slice(route.indexOf(":") + 1);

const isThrough = (route: string): boolean => route.startsWith("group:") || route.startsWith("named:");

/** What an actor had to do with each dialogue on record, the newest first. Only statements that count are looked at; `known` is what can concern it, where that is read already. */
export async function listParticipations(source: Source, actorId: string, known?: Touched): Promise<Participation[]> {
  const db = reading(source);
  const spoke = await db.$queryRaw<{ dialogue_id: string }[]>`
    SELECT DISTINCT s.dialogue_id FROM statement s WHERE s.speaker_id = ${actorId}::uuid AND ${COUNTED_SQL}`;
  const spokeAt = new Set(spoke.map(({ dialogue_id }) => dialogue_id));
  const { touching, register } = known ?? (await loadTouching(source, actorId));
  const routesOf = routesTo(actorId, register);
  const routesAt = new Map<string, Set<string>>();
  for (const { statement, dialogueId } of touching.filter((one) => isCounted(one.statement))) {
    for (const route of routesOf(statement).filter(isThrough)) {
      const known = routesAt.get(dialogueId) ?? new Set();
      routesAt.set(dialogueId, known.add(partyOf(route)));
    }
  }
  const refs = [...new Set([...routesAt.values()].flatMap((routes) => [...routes]))];
  const names = await actorNames(source, refs);
  const dialogues = await db.dialogue.findMany({
    select: { id: true, slug: true, title: true, startsOn: true },
    orderBy: [{ startsOn: "desc" }, { id: "desc" }],
  });
  return dialogues.map(({ id, slug, title, startsOn }) => ({
    dialogue: { slug, title, startsOn: dayOf(startsOn) },
    spoke: spokeAt.has(id),
    through: Array.from(routesAt.get(id) ?? [], (ref) => ({ ref, name: names[ref] ?? ref })).sort((a, b) =>
      a.name.localeCompare(b.name, "en"),
    ),
  }));
}
