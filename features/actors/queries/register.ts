import "server-only";
import type { ActorKind, ActorName, Register } from "@/features/actors/rules";
import { nameOn, registerOf } from "@/features/actors/rules";
import { reading, type Source } from "@/lib/db";
import { dayOf, type Day } from "@/lib/format";

/** An actor as lists name it. */
export type ActorBrief = {
  id: string;
  /** ISO3 for states and observers, else the slug. */
  ref: string;
  kind: ActorKind;
  slug: string;
  iso3: string | null;
  m49: string | null;
  names: ActorName[];
};

/** What the counting rules need to know about some actors, and what they are called. */
export type Cast = {
  register: Register;
  brief(id: string): ActorBrief;
  /** The name to print for a day. */
  nameOn(id: string, day: Day): string;
};

/** How an actor is named in the API, in routes and in the audit trail. */
export function refOf({ iso3, slug }: { iso3: string | null; slug: string }): string {
  return iso3 ?? slug;
}

const NAME_KINDS = ["official", "short", "former"] as const;

/**
 * The actors with these ids, and the groups among them with all of their members on any day: what counting and printing
 * a dialogue needs, in three queries however many statements it has.
 */
export async function loadCast(source: Source, ids: Iterable<string>): Promise<Cast> {
  const db = reading(source);
  const wanted = new Set(ids);
  const memberships = await db.membership.findMany({
    where: { groupId: { in: [...wanted] } },
    select: { groupId: true, memberId: true, validFrom: true, validUntil: true, knownOn: true },
  });
  for (const { memberId } of memberships) wanted.add(memberId);
  const everyone = [...wanted];
  const actors = await db.actor.findMany({
    where: { id: { in: everyone } },
    select: { id: true, kind: true, slug: true, iso3: true, m49: true, admittedOn: true },
  });
  const names = await db.actorName.findMany({
    where: { actorId: { in: everyone }, language: "en", kind: { in: [...NAME_KINDS] } },
    select: { actorId: true, name: true, kind: true, language: true, validFrom: true, validUntil: true },
  });
  const briefs = new Map<string, ActorBrief>(
    actors.map(({ id, kind, slug, iso3, m49 }) => [
      id,
      { id, ref: refOf({ iso3, slug }), kind, slug, iso3, m49, names: [] },
    ]),
  );
  for (const { actorId, validFrom, validUntil, ...name } of names) {
    briefs.get(actorId)?.names.push({
      ...name,
      validFrom: validFrom && dayOf(validFrom),
      validUntil: validUntil && dayOf(validUntil),
    });
  }
  const register = registerOf(
    actors.map(({ id, kind, iso3, slug, admittedOn }) => ({
      id,
      kind,
      ref: refOf({ iso3, slug }),
      admittedOn: admittedOn && dayOf(admittedOn),
    })),
    memberships.map(({ groupId, memberId, validFrom, validUntil, knownOn }) => ({
      groupId,
      memberId,
      knownOn: knownOn && dayOf(knownOn),
      validFrom: validFrom && dayOf(validFrom),
      validUntil: validUntil && dayOf(validUntil),
    })),
  );
  const printed = new Map<string, string>();
  function brief(id: string): ActorBrief {
    const found = briefs.get(id);
    if (!found) throw new Error(`The cast has no actor ${id}.`);
    return found;
  }
  return {
    register,
    brief,
    nameOn(id, day) {
      const key = `${id} ${day}`;
      const known = printed.get(key);
      if (known !== undefined) return known;
      const actor = brief(id);
      const name = nameOn(actor.names, day) ?? actor.slug;
      printed.set(key, name);
      return name;
    },
  };
}
