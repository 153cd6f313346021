import "server-only";
import type { Register } from "@/features/actors/rules";
import { groupsOf, reachedBy } from "@/features/positions/rules/settled";
import type { Mode } from "@/features/positions/schema";
import { loadTouching, type Touched, type Touching } from "@/features/statements/queries/touching";
import { isCounted } from "@/features/statements/rules";
import type { Source } from "@/lib/db";

/** A statement that speaks for one actor: in its own voice, or because it covers it. */
export type Bearing = Touching & {
  mode: Mode;
  /** Ref of the group, or of the actor that spoke for it; null in its own voice. */
  through: string | null;
};

/**
 * Every statement that counts and speaks for an actor, in order of time; where one is both its own voice and for it, it is its own.
 * Whom a statement reaches is decided by the one rule (`reachedBy`); the database only leaves out what cannot reach the actor.
 * `known` is what can concern it, where that is read already.
 */
export async function loadBearings(
  source: Source,
  actorId: string,
  aligned: "include" | "exclude" = "exclude",
  known?: Touched,
): Promise<{ bearings: Bearing[]; register: Register }> {
  const { touching, register } = known ?? (await loadTouching(source, actorId));
  // Worked out once for all statements for the same parties on the same day by the same speaker.
  const throughs = new Map<string, string | undefined>();
  const throughOf = ({ statement }: Touching): string | undefined => {
    const key = JSON.stringify([statement.day, statement.speakerId, statement.representations]);
    if (!throughs.has(key)) {
      throughs.set(key, reachedBy(statement, register, aligned).find((one) => one.actorId === actorId)?.through);
    }
    return throughs.get(key);
  };
  const counted = touching.filter(({ statement }) => isCounted(statement));
  const bearings = counted.flatMap((one): Bearing[] => {
    const isOwn =
      one.statement.representations.some(({ basis }) => basis === "own") || groupsOf(one.statement).includes(actorId);
    if (isOwn) return [{ ...one, mode: "own", through: null }];
    const through = throughOf(one);
    return through === undefined ? [] : [{ ...one, mode: "delegated", through }];
  });
  return { bearings, register };
}
