import fc from "fast-check";
import { type Membership, type Party, registerOf } from "@/features/actors/rules";
import type { Counting } from "@/features/figures/rules";
import { ALIGNED, RULES } from "@/features/figures/schema";
import type { CountedStatement, Represents } from "@/features/statements/rules";
import { STATEMENT_ROLES } from "@/features/statements/schema";
import { idOf, own, party } from "./counting";

// A small world, so that random statements meet each other: the same states, groups and days come up again and again.
const DAYS = ["2009-07-23", "2011-07-13", "2011-07-14", "2013-06-30", "2013-07-01"];
export const STATES = ["AAA", "BBB", "CCC", "DDD", "EEE"];
export const GROUPS = ["union", "league", "friends", "club"];
export const PARTIES: Party[] = [
  ...STATES.map((ref) => party(ref, "member_state", "1945-10-24")),
  party("NEW", "member_state", "2011-07-14"),
  party("UNK", "member_state", null),
  party("OBS", "observer"),
  party("OBT", "observer"),
  party("union", "regional_organization"),
  party("league", "regional_organization"),
  party("friends", "group"),
  party("club", "group"),
  party("office", "un_office"),
  party("coalition", "civil_society"),
];
const REFS = PARTIES.map(({ ref }) => ref);

const anyDay = fc.constantFrom(...DAYS);
const anyId = fc.constantFrom(...REFS).map(idOf);
const anyGroupId = fc.constantFrom(...GROUPS).map(idOf);
const anyMembership: fc.Arbitrary<Membership> = fc.record({
  groupId: anyGroupId,
  memberId: anyId,
  validFrom: fc.option(anyDay),
  validUntil: fc.option(anyDay),
});
const anyRow: fc.Arbitrary<Represents> = fc.oneof(
  fc.constant(own),
  fc.record({ basis: fc.constant("group" as const), actorId: anyGroupId, excluded: fc.array(anyId, { maxLength: 3 }) }),
  fc.record({
    basis: fc.constantFrom("named" as const, "aligned" as const),
    actorId: anyId,
    excluded: fc.constant([]),
  }),
);
export const anyStatement: fc.Arbitrary<CountedStatement> = fc.record({
  id: fc.uuid(),
  speakerId: anyId,
  role: fc.oneof({ weight: 6, arbitrary: fc.constant("statement" as const) }, fc.constantFrom(...STATEMENT_ROLES)),
  day: anyDay,
  meeting: fc.constantFrom(null, 1, 2),
  withdrawn: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, fc.constant(true)),
  representations: fc.array(anyRow, { maxLength: 4 }),
});
export const anyMemberships = fc.array(anyMembership, { maxLength: 30 });
export const anyRegister = anyMemberships.map((memberships) => registerOf(PARTIES, memberships));
export const anyStatements = fc.uniqueArray(anyStatement, { maxLength: 12, selector: ({ id }) => id });
export const anyHow = fc.record({
  rule: fc.constantFrom(...RULES),
  aligned: fc.constantFrom(...ALIGNED),
  meeting: fc.constantFrom(null, 1, 2),
});
export const anyCounting: fc.Arbitrary<Counting> = fc
  .record({ statements: anyStatements, register: anyRegister, how: anyHow })
  .map(({ statements, register, how }) => ({ statements, register, ...how }));

/** Checks something for 400 random values. */
export function law<T>(arbitrary: fc.Arbitrary<T>, holds: (value: T) => void): void {
  fc.assert(fc.property(arbitrary, holds), { numRuns: 400 });
}
