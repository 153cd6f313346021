import { DomainError, type Issue } from "@/lib/errors";
import { type ActorKind, compareText, countedAs, type Day, type Party, type Register } from "@/features/actors/rules";
import type { Basis, StatementRole } from "@/features/statements/schema";

/** What two spellings of a typed name share: the form decides by it as the server will. */
export { foldName } from "@/features/actors/rules";

/** One party for whom a statement was delivered. */
export type Represents = {
  basis: Basis;
  /** The group, or the actor that is named or aligned; null for `own`. */
  actorId: string | null;
  /** Members of the group who are struck out of this row, and of this row only. */
  excluded: readonly string[];
};

/** A statement as the counting rules see it. */
export type CountedStatement = {
  id: string;
  speakerId: string;
  role: StatementRole;
  /** The day on which memberships are read: the meeting's day when the statement names one, else the dialogue's first day. */
  day: Day;
  /** The number of the meeting, null when it is not known. */
  meeting: number | null;
  withdrawn: boolean;
  /** Empty means own capacity. */
  representations: readonly Represents[];
};

/** Whom a statement covers, and as what: one row per actor. */
export type Covered = {
  actorId: string;
  ref: string;
  kind: ActorKind;
  /** As what it adds to the figures; null when it is listed only. */
  countedAs: "member_state" | "observer" | null;
  /** Why it is not counted. An actor that is struck out of one row and covered by another is counted. */
  notCounted: "organization" | "struck_out" | "not_admitted" | null;
  /** The routes by which this statement covers it, `own` first. Empty when it is struck out everywhere. */
  routes: string[];
  /** The bases of these routes, in the same order, each once. */
  bases: Basis[];
  /** The group routes out of which it is struck. */
  struckFrom: string[];
  /** False: some route rests on a membership that no source shows on that day or before. */
  membershipKnown: boolean;
};

const OWN: Represents = { basis: "own", actorId: null, excluded: [] };

/** Only these roles count; openings, panellists, moderators and presiding officers are no statements by a state (contract, "Exactly"). */
export const COUNTED_ROLES: ReadonlySet<StatementRole> = new Set(["statement", "joint_statement", "civil_society"]);

/** Whether a statement takes part in any figure. */
export function isCounted({ role, withdrawn }: Pick<CountedStatement, "role" | "withdrawn">): boolean {
  return !withdrawn && COUNTED_ROLES.has(role);
}

/** The representations of a statement; one in the speaker's own capacity when it has none. */
export function representationsOf({
  representations,
}: Pick<CountedStatement, "representations">): readonly Represents[] {
  return representations.length === 0 ? [OWN] : representations;
}

/** The name of a route: `own`, `group:<slug>`, `named:<speaker>` or `aligned:<speaker>`. `actor` is the group of a group row. */
export function routeOf(basis: Basis, speaker: Party, actor: Party | null): string {
  if (basis === "own") return "own";
  if (basis === "group") return `group:${actor?.ref ?? ""}`;
  return `${basis}:${speaker.ref}`;
}

const ROUTE_ORDER: readonly Basis[] = ["own", "group", "named", "aligned"];

function basisOf(route: string): Basis {
  const colon = route.indexOf(":");
  return (colon < 0 ? route : route.slice(0, colon)) as Basis;
}

/** The order in which routes are listed: own, groups, named, aligned; by name within each. */
export function compareRoutes(a: string, b: string): number {
  return ROUTE_ORDER.indexOf(basisOf(a)) - ROUTE_ORDER.indexOf(basisOf(b)) || compareText(a, b);
}

/**
 * Exactly whom a statement covers, sorted by ref: states and observers, and also organizations, members struck out and
 * members not yet admitted, which add nothing to a figure. It says what the statement is, counted or not: its role, a
 * withdrawal and the counting rule are not looked at.
 */
export function coverageOf(statement: CountedStatement, register: Register): Covered[] {
  const speaker = register.party(statement.speakerId);
  const rows = new Map<string, Covered>();

  function rowOf(actorId: string): Covered {
    const known = rows.get(actorId);
    if (known) return known;
    const { ref, kind } = register.party(actorId);
    const row: Covered = {
      actorId,
      ref,
      kind,
      countedAs: null,
      notCounted: null,
      routes: [],
      bases: [],
      struckFrom: [],
      membershipKnown: true,
    };
    rows.set(actorId, row);
    return row;
  }

  for (const { basis, actorId, excluded } of representationsOf(statement)) {
    const route = routeOf(basis, speaker, actorId === null ? null : register.party(actorId));
    if (basis !== "group") {
      addOnce(rowOf(basis === "own" ? speaker.id : requireActor(actorId)).routes, route);
      continue;
    }
    const struck = new Set(excluded);
    for (const { memberId, membershipKnown } of register.membersOn(requireActor(actorId), statement.day)) {
      const row = rowOf(memberId);
      if (struck.has(memberId)) {
        addOnce(row.struckFrom, route);
        continue;
      }
      addOnce(row.routes, route);
      row.membershipKnown &&= membershipKnown;
    }
  }

  for (const row of rows.values()) {
    row.routes.sort(compareRoutes);
    row.bases = ROUTE_ORDER.filter((basis) => row.routes.some((route) => basisOf(route) === basis));
    const as = countedAs(register.party(row.actorId), statement.day);
    row.countedAs = row.routes.length > 0 ? as : null;
    if (row.countedAs === null) row.notCounted = whyNotCounted(row);
  }
  return [...rows.values()].sort((a, b) => compareText(a.ref, b.ref));
}

function whyNotCounted({ kind, routes }: Covered): Covered["notCounted"] {
  if (routes.length === 0) return "struck_out";
  return kind === "member_state" ? "not_admitted" : "organization";
}

function addOnce(list: string[], text: string): void {
  if (!list.includes(text)) list.push(text);
}

/** The actor of a row that must have one. `checkRepresentation` refuses such a row before it is stored. */
function requireActor(actorId: string | null): string {
  if (actorId === null) throw new Error("A representation that is not in own capacity has no actor.");
  return actorId;
}

/** The representations with a group more, or with one less; in own capacity when nobody is left. */
export function toggledGroup(represents: readonly Represents[], groupId: string, add: boolean): Represents[] {
  const isIt = ({ basis, actorId }: Represents) => basis === "group" && actorId === groupId;
  if (add) {
    const there = represents.some(isIt);
    return there ? [...represents] : [...represents, { basis: "group", actorId: groupId, excluded: [] }];
  }
  const rest = represents.filter((row) => !isIt(row));
  return rest.length > 0 ? rest : [OWN];
}

/** A statement as somebody wants to record it, with all actors already found. */
export type ProposedStatement = Pick<CountedStatement, "speakerId" | "role" | "day"> & {
  represents: readonly Represents[];
};

/**
 * Whether a statement may be recorded as proposed. Paths are those of the input: `represents.0.group`,
 * `represents.1.actor`, `represents.0.exclude.2`, `role`.
 * @param nameOf how messages name an actor; its ref unless given
 * @returns warnings that do not stop anybody: a group without members on that day
 * @throws DomainError INVALID with every mistake found
 */
export function checkRepresentation(
  proposed: ProposedStatement,
  register: Register,
  nameOf: (party: Party) => string = ({ ref }) => ref,
): Issue[] {
  const issues: Issue[] = [];
  const warnings: Issue[] = [];
  const speaker = register.party(proposed.speakerId);
  const seen = new Set<string>();

  if (proposed.role === "civil_society" && NEVER_CIVIL_SOCIETY.has(speaker.kind)) {
    issues.push({
      path: ["role"],
      message: `${nameOf(speaker)} is not a civil society organization: choose another role.`,
    });
  }

  for (const [place, row] of proposed.represents.entries()) {
    const path = ["represents", String(place)];
    const found = checkRow(row, { path, day: proposed.day, speaker, register, nameOf });
    issues.push(...found.issues);
    warnings.push(...found.warnings);

    const key = `${row.basis} ${row.actorId ?? ""}`;
    if (seen.has(key)) issues.push({ path: [...path, fieldOf(row.basis)], message: "This is already listed above." });
    seen.add(key);
  }

  if (issues.length > 0) throw new DomainError({ code: "INVALID", issues });
  return warnings;
}

const NEVER_CIVIL_SOCIETY: ReadonlySet<ActorKind> = new Set([
  "member_state",
  "observer",
  "regional_organization",
  "un_office",
]);

type Surroundings = { path: string[]; day: Day; speaker: Party; register: Register; nameOf: (party: Party) => string };
type Findings = { issues: Issue[]; warnings: Issue[] };

/** The field of a row that says whom it means. */
function fieldOf(basis: Basis): string {
  if (basis === "own") return "basis";
  return basis === "group" ? "group" : "actor";
}

function checkRow(row: Represents, around: Surroundings): Findings {
  const { path, speaker, register, nameOf } = around;
  const field = [...path, fieldOf(row.basis)];
  const wrong = (message: string, where = field): Findings => ({ issues: [{ path: where, message }], warnings: [] });

  if (row.basis !== "group" && row.excluded.length > 0) {
    return wrong("Only members of a group can be struck out.", [...path, "exclude"]);
  }
  if (row.basis === "own") return row.actorId === null ? NOTHING : wrong("Own capacity names no other actor.");
  if (row.actorId === null || !register.has(row.actorId)) {
    return wrong(row.basis === "group" ? "Name the group." : "Name the actor.");
  }

  const actor = register.party(row.actorId);
  if (row.basis === "group") return checkGroup(row, actor, around);
  if (actor.kind === "group") {
    return wrong(`${nameOf(actor)} is a group: say that the statement was delivered on behalf of the group.`);
  }
  if (actor.id === speaker.id) return wrong(`${nameOf(actor)} is the speaker: choose own capacity instead.`);
  return NOTHING;
}

const NOTHING: Findings = { issues: [], warnings: [] };

function checkGroup(row: Represents, group: Party, { path, day, register, nameOf }: Surroundings): Findings {
  const field = [...path, "group"];
  if (group.kind !== "group" && group.kind !== "regional_organization") {
    return {
      issues: [{ path: field, message: `${nameOf(group)} is not a group or regional organization.` }],
      warnings: [],
    };
  }

  const members = new Set(register.membersOn(group.id, day).map(({ memberId }) => memberId));
  const warnings =
    members.size > 0 ? [] : [{ path: field, message: `${nameOf(group)} has no members on record on ${day}.` }];
  const issues: Issue[] = [];
  for (const [place, id] of row.excluded.entries()) {
    const wrong = (message: string) => issues.push({ path: [...path, "exclude", String(place)], message });
    if (id === group.id) {
      wrong(`${nameOf(group)} cannot be struck out of itself.`);
    } else if (!members.has(id)) {
      const name = register.has(id) ? nameOf(register.party(id)) : "This actor";
      wrong(`${name} was not a member of ${nameOf(group)} on ${day}.`);
    } else if (row.excluded.indexOf(id) !== place) {
      wrong("This member is already struck out.");
    }
  }
  return { issues, warnings };
}
