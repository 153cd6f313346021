import "server-only";
import {
  figures,
  represented,
  speakers,
  type Figures,
  type RepresentedActor,
  type SpeakerKind,
} from "@/features/figures/rules";
import { asOfDay, claimsFor, type DialogueRecord } from "@/features/figures/queries/record";
import type { CountingQuery, RepresentedQuery } from "@/features/figures/schema";
import { dayOfStatement } from "@/features/statements/queries/rows";
import type { Day } from "@/lib/format";

/** The figures of a dialogue that was read, under one rule. */
export function figuresOf(record: DialogueRecord, how: CountingQuery): Figures {
  const { statements, cast, published } = record;
  return figures({
    statements,
    register: cast.register,
    ...how,
    asOf: asOfDay(record, how.meeting),
    published: claimsFor(published, how.meeting),
  });
}

/** One state or observer inside the number, with everything by which it is counted. */
export type RepresentedDto = {
  actor: string;
  slug: string;
  name: string;
  kind: "member_state" | "observer";
  /** False: it is counted by nothing but memberships that no source shows on the day of the statement or before. */
  membershipKnown: boolean;
  routes: { route: string; label: string; statements: { id: string; speaker: string }[] }[];
};

/** How a route reads on a page: "own voice", "Nordic countries", "named by Denmark", "aligned with the European Union". */
function routeLabel(route: string, statementIds: string[], record: DialogueRecord, day: Day): string {
  const [basis, ref] = [route.slice(0, route.indexOf(":")), route.slice(route.indexOf(":") + 1)];
  if (route === "own") return "own voice";
  const row = record.rows.find(({ id }) => id === statementIds[0]);
  const speaker = row ? record.cast.nameOn(row.speakerId, day) : ref;
  if (basis === "named") return `named by ${speaker}`;
  if (basis === "aligned") return `aligned with ${speaker}`;
  const group = row?.representations.find(({ actorId }) => actorId && record.cast.brief(actorId).ref === ref);
  return group?.actorId ? record.cast.nameOn(group.actorId, day) : ref;
}

/** Whether some route of an actor is beyond doubt: its own voice, its name, or a membership that a source shows by then. */
function knownMemberships({ rows, cast }: DialogueRecord): (actor: RepresentedActor) => boolean {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const known = new Map<string, Set<string>>();
  const knownMembers = (groupId: string, day: Day): Set<string> => {
    const key = `${groupId} ${day}`;
    const found =
      known.get(key) ??
      new Set(cast.register.membersOn(groupId, day).flatMap((one) => (one.membershipKnown ? [one.memberId] : [])));
    known.set(key, found);
    return found;
  };
  return ({ actorId, routes, statements }) =>
    routes.some((route) => {
      if (!route.startsWith("group:")) return true;
      return (statements[route] ?? []).some((id) => {
        const row = byId.get(id);
        const group = row?.representations.find(
          (one) => one.actorId && `group:${cast.brief(one.actorId).ref}` === route,
        );
        return row && group?.actorId ? knownMembers(group.actorId, dayOfStatement(row)).has(actorId) : false;
      });
    });
}

/** How many of the states represented are counted by nothing but memberships that no source shows by then. */
export function countUnknownMemberships(record: DialogueRecord, how: CountingQuery): number {
  const isKnown = knownMemberships(record);
  return represented({ statements: record.statements, register: record.cast.register, ...how }).filter(
    (actor) => actor.kind === "member_state" && !isKnown(actor),
  ).length;
}

/**
 * The states and observers inside the number, by name, each with its routes; `kind`, `only`, `overlap` and `membership`
 * choose among them.
 */
export function representedIn(
  record: DialogueRecord,
  { kind: wanted, only, overlap, membership, ...how }: RepresentedQuery,
): RepresentedDto[] {
  const day = asOfDay(record, how.meeting);
  const isKnown = knownMemberships(record);
  const speakerOf = new Map(record.rows.map(({ id, speakerId }) => [id, record.cast.nameOn(speakerId, day)]));
  return represented({ statements: record.statements, register: record.cast.register, ...how })
    .filter(({ kind }) => !wanted || kind === wanted)
    .filter(
      ({ routes }) =>
        only === undefined || (routes.length === 1 && (routes[0] === only || routes[0] === `group:${only}`)),
    )
    .filter(({ routes }) => !overlap || routes.length > 1)
    .map((actor) => ({ ...actor, membershipKnown: isKnown(actor) }))
    .filter(({ membershipKnown }) => membership === undefined || !membershipKnown)
    .map(({ actorId, ref, kind, membershipKnown, routes, statements }) => ({
      actor: ref,
      slug: record.cast.brief(actorId).slug,
      name: record.cast.nameOn(actorId, day),
      kind,
      membershipKnown,
      routes: routes.map((route) => {
        const ids = statements[route] ?? [];
        return {
          route,
          label: routeLabel(route, ids, record, day),
          statements: ids.map((id) => ({ id, speaker: speakerOf.get(id) ?? "" })),
        };
      }),
    }))
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
}

/** One actor that spoke, with its statements. */
export type SpeakerDto = {
  actor: string;
  slug: string;
  name: string;
  kind: SpeakerKind;
  statements: { id: string; order: number; role: string }[];
};

/** Everybody who delivered a counted statement, by name, each once. */
export function speakersIn(record: DialogueRecord, meeting?: number): SpeakerDto[] {
  const day = asOfDay(record, meeting);
  const byId = new Map(record.rows.map((row) => [row.id, row]));
  return speakers({ statements: record.statements, register: record.cast.register, meeting })
    .map(({ actorId, ref, kind, statements }) => ({
      actor: ref,
      slug: record.cast.brief(actorId).slug,
      name: record.cast.nameOn(actorId, day),
      kind,
      statements: statements.flatMap((id) => {
        const row = byId.get(id);
        return row ? [{ id, order: row.order, role: row.role }] : [];
      }),
    }))
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
}

/** The name of the one regional organization that spoke; null when none or several did. */
export function soleRegionalOrganization(
  record: DialogueRecord,
  { meeting }: Pick<CountingQuery, "meeting">,
): string | null {
  const [first, second] = speakersIn(record, meeting).filter(({ kind }) => kind === "regional_organization");
  return first && !second ? first.name : null;
}

/** What the key of `onlyThrough` is called: the name of a group, or of the speaker of a named or aligned route. */
export function nameOfRoute({ cast, dialogue }: DialogueRecord, key: string): string {
  const ref = key.slice(key.indexOf(":") + 1);
  const party = cast.register.parties.find((one) => one.ref === ref);
  const name = party ? cast.nameOn(party.id, dialogue.startsOn) : ref;
  return key.startsWith("aligned:") ? `alignment with ${name}` : name;
}
