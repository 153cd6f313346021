import { countedAs, type Day, type Register } from "@/features/actors/rules";
import type { PositionValue } from "@/features/codebook/schema";
import type { Absence } from "@/features/positions/schema";
import { type CountedStatement, coverageOf, representationsOf } from "@/features/statements/rules";

/** Where a position stands in time. */
export type Moment = {
  /** The dialogue; null for another occasion, of which only the year is known. */
  dialogue: string | null;
  /** The dialogue's first day; the last day of the year on another occasion, so that it is never dated too early. */
  day: Day;
  /** Place in the order of speaking; 0 where no statement is on record. */
  order: number;
};

/** A coded position of one statement on one issue. */
type Coded = { positionId: string; issueId: string; value: PositionValue };

/** A position that an actor took in its own voice. `through` names the group when a source says that it came through one. */
export type OwnPosition = Coded & { actorId: string; statementId: string | null; through: string | null; at: Moment };

/** An actor spoke in its own capacity, in a statement that was coded under this version of the codebook, or not yet (null). */
export type Delivery = { actorId: string; codedUnder: string | null };

/** A statement delivered for others, with what was coded of it. */
export type DelegatingStatement = {
  statement: CountedStatement;
  at: Moment;
  codedUnder: string | null;
  positions: readonly Coded[];
};

/** What is known of one actor on one issue: a position with its evidence, or why there is none. */
export type Cell =
  | {
      kind: "own" | "delegated";
      value: PositionValue;
      positionId: string;
      statementId: string | null;
      /** Ref of the group, or of the actor that spoke for it; null in its own voice. */
      through: string | null;
      at: Moment;
    }
  | { kind: Absence };

export type Settling = {
  register: Register;
  /** Whose cells; each must be in the register. */
  actors: readonly string[];
  issues: readonly string[];
  /** The day on which the table looks at the world. */
  day: Day;
  own: readonly OwnPosition[];
  deliveries: readonly Delivery[];
  delegating: readonly DelegatingStatement[];
  /** The issues of each version of the codebook: what was coded under a version without an issue is not coded for it. */
  issuesOf: ReadonlyMap<string, ReadonlySet<string>>;
  /** Whether actors that associate themselves with a statement inherit its positions. */
  aligned: "include" | "exclude";
};

/** Cells by actor, then by issue. */
export type Settled = ReadonlyMap<string, ReadonlyMap<string, Cell>>;

/** Whom a statement speaks for besides its speaker, and by the ref of whom it reaches them. */
export type Reached = { actorId: string; through: string };

/**
 * Whom a statement's positions reach: every actor that it covers on its day otherwise than in its own capacity, each once, by the
 * first of its routes. The speaker's own voice is not among them.
 */
export function reachedBy(
  statement: CountedStatement,
  register: Register,
  aligned: "include" | "exclude" = "exclude",
): Reached[] {
  return coverageOf(statement, register).flatMap(({ actorId, routes }) => {
    const route = routes.find((one) => one !== "own" && (aligned === "include" || !one.startsWith("aligned:")));
    return route ? [{ actorId, through: route.slice(route.indexOf(":") + 1) }] : [];
  });
}

/** The groups for which a statement was delivered: its positions are their own voice. */
export function groupsOf(statement: Pick<CountedStatement, "representations">): string[] {
  return representationsOf(statement).flatMap(({ basis, actorId }) => (basis === "group" && actorId ? [actorId] : []));
}

/** Ranks dialogues by their first day, so that the latest position is the one with the highest score. */
function scoring(moments: Iterable<Moment>): (at: Moment, own: boolean) => number {
  const keyOf = ({ day, dialogue }: Moment) => `${day} ${dialogue ?? ""}`;
  const keys = [...new Set([...moments].map(keyOf))].sort();
  const ranks = new Map(keys.map((key, rank) => [key, rank]));
  // At one dialogue the own voice stands above any delegation; then the later statement above the earlier one.
  return (at, own) => ((ranks.get(keyOf(at)) ?? 0) * 2 + (own ? 1 : 0)) * 1_000_000 + at.order;
}

/** What is noted about one actor's statements: the versions under which they were coded; null among them is one not yet coded. */
type Versions = Set<string | null>;

/**
 * Settles what each actor's position on each issue is: the latest one given, where an own voice overrides a delegation at the
 * same dialogue. Where there is none it says why: not a member state on the day; spoke in its own capacity and did not address
 * the issue; something that it said, or that was said for it alone, is not coded yet; did not speak. Nothing is ever neutral.
 * Statements that are withdrawn, or of a role that counts nowhere, must not be given.
 */
export function settle(given: Settling): Settled {
  const { register, actors, issues, own, delegating, aligned } = given;
  const score = scoring([...own.map(({ at }) => at), ...delegating.map(({ at }) => at)]);
  const rows = new Map(actors.map((id) => [id, new Map<string, { score: number; cell: Cell }>()]));
  const wanted = new Set(issues);
  const isActor = (id: string, day: Day) => {
    const party = register.party(id);
    return party.kind !== "member_state" || countedAs(party, day) !== null;
  };
  const spoke = new Map<string, Versions>();
  const covered = new Map<string, Versions>();

  function put(actorId: string, issueId: string, rank: number, cell: Cell & { at: Moment }): void {
    const row = rows.get(actorId);
    if (!row || !wanted.has(issueId)) return;
    const known = row.get(issueId);
    if (!known || known.score <= rank) row.set(issueId, { score: rank, cell });
  }

  // What a state said before its admission is no position of a member state.
  for (const { actorId, issueId, at, ...position } of own.filter(({ actorId, at }) => isActor(actorId, at.day))) {
    const kind = position.through === null ? "own" : "delegated";
    const { positionId, statementId, value, through } = position;
    put(actorId, issueId, score(at, kind === "own"), { kind, value, positionId, statementId, through, at });
  }
  for (const { actorId, codedUnder } of given.deliveries) note(spoke, actorId, codedUnder);

  const reached = reaching(register, aligned);
  for (const { statement, at, codedUnder, positions } of delegating) {
    const groups = groupsOf(statement).filter((id) => rows.has(id));
    const reach = reached(statement).filter(({ actorId }) => rows.has(actorId));
    for (const id of groups) note(spoke, id, codedUnder);
    for (const { actorId } of reach) note(covered, actorId, codedUnder);
    const members = reach.filter(({ actorId }) => isActor(actorId, at.day));
    const [asOwn, asDelegated] = [score(at, true), score(at, false)];
    for (const { issueId, positionId, value } of positions) {
      const evidence = { value, positionId, statementId: statement.id, at };
      for (const id of groups) put(id, issueId, asOwn, { kind: "own", through: null, ...evidence });
      for (const { actorId, through } of members) {
        put(actorId, issueId, asDelegated, { kind: "delegated", through, ...evidence });
      }
    }
  }

  return new Map(
    actors.map((actorId) => {
      const known = { spoke: spoke.get(actorId), covered: covered.get(actorId) };
      const absent = absence(given, actorId, known);
      const row = rows.get(actorId);
      return [actorId, new Map(issues.map((issue) => [issue, row?.get(issue)?.cell ?? { kind: absent(issue) }]))];
    }),
  );
}

function note(of: Map<string, Versions>, actorId: string, version: string | null): void {
  const versions = of.get(actorId);
  if (versions) versions.add(version);
  else of.set(actorId, new Set([version]));
}

/** `reachedBy`, worked out once for all statements that were delivered for the same parties on the same day by the same speaker. */
export function reaching(
  register: Register,
  aligned: "include" | "exclude",
): (statement: CountedStatement) => Reached[] {
  const known = new Map<string, Reached[]>();
  return (statement) => {
    const key = JSON.stringify([statement.day, statement.speakerId, statement.representations]);
    const found = known.get(key) ?? reachedBy(statement, register, aligned);
    known.set(key, found);
    return found;
  };
}

/** Why an actor has no position on an issue. */
function absence(
  { register, day, issuesOf }: Settling,
  actorId: string,
  { spoke, covered }: { spoke: Versions | undefined; covered: Versions | undefined },
): (issueId: string) => Absence {
  const party = register.party(actorId);
  if (party.kind === "member_state" && countedAs(party, day) === null) return () => "not_a_member";
  const isCoded = (versions: Versions, issueId: string) =>
    [...versions].every((version) => version !== null && (issuesOf.get(version)?.has(issueId) ?? false));
  return (issueId) => {
    if (spoke) return isCoded(spoke, issueId) ? "not_addressed" : "not_coded";
    if (covered) return isCoded(covered, issueId) ? "did_not_speak" : "not_coded";
    return "did_not_speak";
  };
}
