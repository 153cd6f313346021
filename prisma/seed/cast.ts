import { registerOf, type Membership, type Party, type Register } from "@/features/actors/rules";
import type { Represents } from "@/features/statements/rules";
import type { RepresentsInput } from "@/features/statements/schema";
import type { Tx } from "@/lib/db";
import { dayOf } from "@/lib/format";
import type { ReferenceData } from "./files";
import { uuid7 } from "@/lib/uuid7";

/** The actors of the files with the ids that they get in the database, and the register that the rules ask. */
export type Cast = {
  /** The id of an actor named by ISO3 code or slug. Throws when there is none. */
  id: (ref: string) => string;
  has: (ref: string) => boolean;
  /** How the API names an actor: its ISO3 code, else its slug. */
  ref: (id: string) => string;
  register: Register;
};

type Named = Party & { slug: string; iso3: string | null };

function castFrom(parties: Named[], memberships: (ids: (ref: string) => string) => Membership[]): Cast {
  const ids = new Map(
    parties.flatMap(({ id, slug, iso3 }) => [[slug, id] as const, ...(iso3 ? [[iso3, id] as const] : [])]),
  );
  const id = (ref: string): string => {
    const found = ids.get(ref);
    if (found === undefined) throw new Error(`There is no actor "${ref}".`);
    return found;
  };
  const register = registerOf(parties, memberships(id));
  return { id, has: (ref) => ids.has(ref), ref: (of) => register.party(of).ref, register };
}

/** Gives every actor an id. Throws when a membership names an actor that is not among them. */
export function castOf({ actors, memberships }: Pick<ReferenceData, "actors" | "memberships">): Cast {
  const parties = actors.map(({ slug, kind, iso3, admittedOn }): Named => ({
    id: uuid7(),
    ref: iso3 ?? slug,
    slug,
    iso3: iso3 ?? null,
    kind,
    admittedOn: admittedOn ?? null,
  }));
  return castFrom(parties, (id) =>
    memberships.map(({ group, member, from, until }) => ({
      groupId: id(group),
      memberId: id(member),
      validFrom: from ?? null,
      validUntil: until ?? null,
    })),
  );
}

/** The actors on record, for what names them by code or slug and asks no membership of them. */
export async function storedCast(tx: Tx): Promise<Cast> {
  const actors = await tx.actor.findMany({
    where: { mergedIntoId: null },
    select: { id: true, slug: true, iso3: true, kind: true, admittedOn: true },
  });
  const parties = actors.map(({ admittedOn, ...actor }): Named => {
    return { ...actor, ref: actor.iso3 ?? actor.slug, admittedOn: admittedOn && dayOf(admittedOn) };
  });
  return castFrom(parties, () => []);
}

/** Whom a statement was delivered for, by id instead of by name. Throws when an actor is not in the cast. */
export function partiesOf(represents: RepresentsInput[], cast: Cast): Represents[] {
  return represents.map((row) => {
    if (row.basis === "own") return { basis: "own", actorId: null, excluded: [] };
    if (row.basis === "group")
      return { basis: "group", actorId: cast.id(row.group), excluded: row.exclude.map(cast.id) };
    return { basis: row.basis, actorId: cast.id(row.actor), excluded: [] };
  });
}
