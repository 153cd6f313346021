import { type ActorKind, compareText, countedAs, type Day, type Party, type Register } from "@/features/actors/rules";
import {
  compareRoutes,
  type CountedStatement,
  isCounted,
  representationsOf,
  routeOf,
} from "@/features/statements/rules";
import type { Aligned, FigureUnit, Rule } from "@/features/figures/schema";

/** What to count, and how. */
export type Counting = {
  /** Withdrawn statements and roles that do not count may be among them; they are passed over. */
  statements: readonly CountedStatement[];
  register: Register;
  /**
   * Which routes count (contract, "Rules"). `own_voice`: own capacity only. `own_and_regional`: also every route of
   * statements delivered by a regional organization. `own_and_groups`: every route of every statement.
   */
  rule: Rule;
  /** Whether actors that associate themselves with somebody's statement count through it. */
  aligned: Aligned;
  /** Only the statements that name this meeting; all statements when left out or null. */
  meeting?: number | null | undefined;
};

/** Numbers of actors who delivered a counted statement, in own capacity or not, each once. */
export type Spoke = {
  memberStates: number;
  observers: number;
  regionalOrganizations: number;
  civilSociety: number;
  unOffices: number;
};

/** A total that somebody published. Units that are not about speakers are passed over. */
export type PublishedTotal = { unit: FigureUnit; value: number };

/** The figures of the contract. */
export type Figures = {
  rule: Rule;
  aligned: Aligned;
  asOf: Day;
  spoke: Spoke;
  /** Distinct member states and distinct observers with at least one route. */
  represented: { states: number; observers: number };
  /**
   * Member states whose single route it is: keyed by the group's slug, or by the whole route for `named:` and
   * `aligned:`. Largest first. Together with the states that are counted by `own` alone and those in `overlap` they
   * make up `represented.states`.
   */
  onlyThrough: Record<string, number>;
  /** Every member state with two routes or more, by ref; routes in the order of `compareRoutes`. */
  overlap: { actor: string; routes: string[] }[];
  /** False while a published number of speakers is higher than the recorded one. */
  complete: boolean;
  /** Published less recorded speakers where they differ; negative when more are recorded than were published. */
  missing: Partial<Spoke>;
};

/** A state or observer inside `represented`, and by what it is counted. */
export type RepresentedActor = {
  actorId: string;
  ref: string;
  kind: "member_state" | "observer";
  routes: string[];
  /** Per route the ids of the statements that make it, in the order given. */
  statements: Record<string, string[]>;
};

/** An actor inside `spoke` with the statements that it delivered, in the order given. */
export type Speaker = {
  actorId: string;
  ref: string;
  kind: SpeakerKind;
  statements: string[];
};

/** The kinds that `spoke` counts. A group that is recorded as the speaker is none: only the states it speaks for count. */
export type SpeakerKind = Exclude<ActorKind, "group">;

const SPOKE_KEYS: Record<SpeakerKind, keyof Spoke> = {
  member_state: "memberStates",
  observer: "observers",
  regional_organization: "regionalOrganizations",
  civil_society: "civilSociety",
  un_office: "unOffices",
};

const PUBLISHED_UNITS: Partial<Record<FigureUnit, keyof Spoke>> = {
  member_states_spoke: "memberStates",
  observers_spoke: "observers",
  regional_organizations_spoke: "regionalOrganizations",
  civil_society_spoke: "civilSociety",
};

/** One route: the actors that it reaches, and the statements that make it. Actors are places in the register. */
type Route = {
  name: string;
  reached: Set<number>;
  /** Per list of members: those whom every statement so far struck out. Empty, and so free, after the first without exclusions. */
  unreached: Map<readonly number[], readonly number[]>;
  grants: Grant[];
};

type Grant = { statement: string; to: readonly number[]; except: ReadonlySet<number> | null };

/** The statements that count, of one meeting or of all. */
function counted({ statements, meeting }: Pick<Counting, "statements" | "meeting">): CountedStatement[] {
  return statements.filter(
    (statement) => isCounted(statement) && (meeting === undefined || meeting === null || statement.meeting === meeting),
  );
}

/**
 * Every route under the rule, sorted. Only actors that are counted on the day of the statement are reached. Hundreds of
 * statements share a group and a day, so its members are looked up once.
 */
function routesOf(counting: Counting): Route[] {
  const { register, rule, aligned } = counting;
  const routes = new Map<string, Route>();
  const days = new Map<Day, { alone: number[][]; members: number[][] }>();

  for (const statement of counted(counting)) {
    const { day } = statement;
    const speaker = register.party(statement.speakerId);
    const everyRoute =
      rule === "own_and_groups" || (rule === "own_and_regional" && speaker.kind === "regional_organization");
    const known = days.get(day) ?? { alone: [], members: [] };
    days.set(day, known);

    for (const { basis, actorId, excluded } of representationsOf(statement)) {
      if (basis !== "own" && !everyRoute) continue;
      if (basis === "aligned" && aligned === "exclude") continue;

      const place = register.indexOf(basis === "own" ? speaker.id : (actorId ?? ""));
      const target = register.parties[place] as Party;
      const to =
        basis === "group"
          ? (known.members[place] ??= countedPlaces(register, register.membersOn(target.id, day), day))
          : (known.alone[place] ??= countedPlaces(register, [{ memberId: target.id }], day));
      const except = excluded.length === 0 ? null : new Set(excluded.map((id) => register.indexOf(id)));

      const name = routeOf(basis, speaker, target);
      const route = routes.get(name) ?? { name, reached: new Set(), unreached: new Map(), grants: [] };
      routes.set(name, route);
      addGrant(route, { statement: statement.id, to, except });
    }
  }
  return [...routes.values()].sort((a, b) => compareRoutes(a.name, b.name));
}

function countedPlaces(register: Register, members: readonly { memberId: string }[], day: Day): number[] {
  const places: number[] = [];
  for (const { memberId } of members) {
    const place = register.indexOf(memberId);
    if (countedAs(register.parties[place] as Party, day) !== null) places.push(place);
  }
  return places;
}

function addGrant(route: Route, grant: Grant): void {
  route.grants.push(grant);
  const unreached = route.unreached.get(grant.to) ?? grant.to;
  if (unreached.length === 0) return;
  const left: number[] = [];
  for (const place of unreached) {
    if (grant.except?.has(place)) left.push(place);
    else route.reached.add(place);
  }
  route.unreached.set(grant.to, left);
}

/** The states and observers that are counted, with the routes of each, sorted by ref. */
function reachedActors({ register }: Counting, routes: readonly Route[]): RepresentedActor[] {
  const actors = new Map<number, RepresentedActor>();
  for (const { name, reached } of routes) {
    for (const place of reached) {
      const actor = actors.get(place);
      if (actor) actor.routes.push(name);
      else actors.set(place, representedActor(register.parties[place] as Party, name));
    }
  }
  return [...actors.values()].sort(byRef);
}

function representedActor({ id, ref, kind }: Party, route: string): RepresentedActor {
  return { actorId: id, ref, kind: kind === "observer" ? "observer" : "member_state", routes: [route], statements: {} };
}

/**
 * The figures of one dialogue or meeting.
 * @param asOf the day that the figures speak of; passed on
 * @param published totals published about the same dialogue or meeting; the highest counts when publishers disagree
 */
export function figures(counting: Counting & { asOf: Day; published?: readonly PublishedTotal[] }): Figures {
  const { rule, aligned, asOf } = counting;
  const actors = reachedActors(counting, routesOf(counting));
  const states = actors.filter(({ kind }) => kind === "member_state");
  const spoke = countSpeakers(speakers(counting));
  const missing = missingSpeakers(spoke, counting.published ?? []);

  return {
    rule,
    aligned,
    asOf,
    spoke,
    represented: { states: states.length, observers: actors.length - states.length },
    onlyThrough: countSingleRoutes(states),
    overlap: states.filter(({ routes }) => routes.length > 1).map(({ ref, routes }) => ({ actor: ref, routes })),
    complete: Object.values(missing).every((difference) => difference < 0),
    missing,
  };
}

/** The states and observers inside `figures().represented`: one row each, sorted by ref, with all routes. */
export function represented(counting: Counting): RepresentedActor[] {
  const routes = routesOf(counting);
  const actors = reachedActors(counting, routes);
  const statements = new Map(routes.map(({ name, grants }) => [name, statementsByPlace(grants)]));
  for (const actor of actors) {
    const place = counting.register.indexOf(actor.actorId);
    actor.statements = Object.fromEntries(actor.routes.map((name) => [name, statements.get(name)?.[place] ?? []]));
  }
  return actors;
}

function statementsByPlace(grants: readonly Grant[]): string[][] {
  const lists: string[][] = [];
  for (const { statement, to, except } of grants) {
    for (const place of to) {
      if (except?.has(place)) continue;
      const list = (lists[place] ??= []);
      // A statement may make one route by two rows; they stand next to each other.
      if (list[list.length - 1] !== statement) list.push(statement);
    }
  }
  return lists;
}

/** The actors inside `figures().spoke`: one row each, sorted by ref. The rule plays no part: who spoke, spoke. */
export function speakers(counting: Pick<Counting, "statements" | "register" | "meeting">): Speaker[] {
  const rows = new Map<string, Speaker>();
  for (const { id, speakerId, day } of counted(counting)) {
    const speaker = counting.register.party(speakerId);
    const { ref, kind } = speaker;
    if (kind === "group") continue;
    if (kind === "member_state" && countedAs(speaker, day) === null) continue;
    const row = rows.get(speakerId);
    if (row) row.statements.push(id);
    else rows.set(speakerId, { actorId: speakerId, ref, kind, statements: [id] });
  }
  return [...rows.values()].sort(byRef);
}

function countSpeakers(rows: readonly Speaker[]): Spoke {
  const spoke: Spoke = { memberStates: 0, observers: 0, regionalOrganizations: 0, civilSociety: 0, unOffices: 0 };
  for (const { kind } of rows) spoke[SPOKE_KEYS[kind]] += 1;
  return spoke;
}

function countSingleRoutes(states: readonly RepresentedActor[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { routes } of states) {
    const [route] = routes;
    if (routes.length !== 1 || route === undefined || route === "own") continue;
    const key = route.startsWith("group:") ? route.slice("group:".length) : route;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort(([a, x], [b, y]) => y - x || compareText(a, b)));
}

function missingSpeakers(spoke: Spoke, published: readonly PublishedTotal[]): Partial<Spoke> {
  const highest: Partial<Spoke> = {};
  for (const { unit, value } of published) {
    const key = PUBLISHED_UNITS[unit];
    if (key) highest[key] = Math.max(highest[key] ?? 0, value);
  }
  const missing: Partial<Spoke> = {};
  for (const key of Object.keys(spoke) as (keyof Spoke)[]) {
    const difference = (highest[key] ?? spoke[key]) - spoke[key];
    if (difference !== 0) missing[key] = difference;
  }
  return missing;
}

function byRef(a: { ref: string }, b: { ref: string }): number {
  return compareText(a.ref, b.ref);
}

/** What has been reached after a dialogue, counted since the first one given. */
export type Cumulative = {
  dialogue: string;
  /** Distinct member states that delivered a counted statement so far. */
  spoke: number;
  /** Distinct member states represented so far, under the rule. */
  represented: number;
  /** Member states that spoke here and at no earlier dialogue, sorted by ref. */
  firstTime: { actorId: string; ref: string }[];
};

/**
 * Distinct states over several dialogues, one row per dialogue. Neither number can fall from one row to the next.
 * @param dialogues in time order; `dialogue` is any name that the caller knows them by
 */
export function cumulative(
  dialogues: readonly { dialogue: string; statements: readonly CountedStatement[] }[],
  how: Pick<Counting, "register" | "rule" | "aligned">,
): Cumulative[] {
  const spoke = new Set<string>();
  const reached = new Set<string>();
  return dialogues.map(({ dialogue, statements }) => {
    const counting = { ...how, statements };
    const firstTime = speakers(counting)
      .filter(({ kind, actorId }) => kind === "member_state" && !spoke.has(actorId))
      .map(({ actorId, ref }) => ({ actorId, ref }));
    for (const { actorId } of firstTime) spoke.add(actorId);
    for (const { actorId, kind } of reachedActors(counting, routesOf(counting))) {
      if (kind === "member_state") reached.add(actorId);
    }
    return { dialogue, spoke: spoke.size, represented: reached.size, firstTime };
  });
}

/** A piece of the headline: plain words, or a number with what it opens. `value` is the number of rows behind the link. */
export type HeadlinePart =
  | { text: string; link: null }
  | {
      text: string;
      value: number;
      link: { show: "speakers"; kind: SpeakerKind } | { show: "represented"; kind: RepresentedActor["kind"] };
    };

/**
 * The figures as one or two sentences, for example "73 member states, 2 observers and the European Union delivered
 * statements on behalf of 98 states. 5 civil society organizations also spoke." The texts of the parts, joined, are the
 * sentence. Observers are named among the represented only where more are represented than spoke.
 * @param names.regionalOrganization the name of the regional organization that spoke, used when it was the only one
 */
export function headline(
  { spoke, represented: reached }: Pick<Figures, "spoke" | "represented">,
  names: { regionalOrganization?: string | null | undefined },
): HeadlinePart[] {
  const first = spokePart(spoke.regionalOrganizations, "regional_organization", [
    "regional organization",
    "regional organizations",
  ]);
  if (spoke.regionalOrganizations === 1 && names.regionalOrganization)
    first.text = withArticle(names.regionalOrganization);
  const delegations = present([
    spokePart(spoke.memberStates, "member_state", ["member state", "member states"]),
    spokePart(spoke.observers, "observer", ["observer", "observers"]),
    first,
  ]);
  const others = present([
    spokePart(spoke.civilSociety, "civil_society", ["civil society organization", "civil society organizations"]),
    spokePart(spoke.unOffices, "un_office", ["UN office", "UN offices"]),
  ]);
  const states = reachedPart(reached.states, "member_state", ["state", "states"]);
  const observers = reachedPart(reached.observers, "observer", ["observer", "observers"]);
  const covered = reached.observers > spoke.observers ? present([states, observers]) : [states];

  const parts: HeadlinePart[] = [];
  if (delegations.length > 0) {
    // Figures do not tell how many statements a single speaker delivered; "spoke" is right for one and for two.
    const one = spoke.memberStates + spoke.observers + spoke.regionalOrganizations === 1;
    parts.push(...list(delegations), words(one ? " spoke on behalf of " : " delivered statements on behalf of "));
  } else if (reached.states + reached.observers > 0) {
    parts.push(words("Statements were delivered on behalf of "));
  }
  if (parts.length > 0) parts.push(...list(covered), words("."));
  if (others.length > 0) {
    const also = parts.length > 0;
    if (also) parts.push(words(" "));
    parts.push(...list(others), words(also ? " also spoke." : " spoke."));
  }
  if (parts.length === 0) return [words("No counted statement is on record yet.")];

  const [start] = parts;
  if (start) start.text = start.text.charAt(0).toUpperCase() + start.text.slice(1);
  return parts;
}

type NumberPart = Exclude<HeadlinePart, { link: null }>;

function spokePart(value: number, kind: SpeakerKind, [one, many]: [string, string]): NumberPart {
  return { text: `${value} ${value === 1 ? one : many}`, value, link: { show: "speakers", kind } };
}

function reachedPart(value: number, kind: RepresentedActor["kind"], [one, many]: [string, string]): NumberPart {
  const number = value === 0 ? "no" : String(value);
  return { text: `${number} ${value === 1 ? one : many}`, value, link: { show: "represented", kind } };
}

function present(parts: NumberPart[]): NumberPart[] {
  return parts.filter(({ value }) => value > 0);
}

function words(text: string): HeadlinePart {
  return { text, link: null };
}

/** "a", "a and b", "a, b and c". */
function list(items: readonly NumberPart[]): HeadlinePart[] {
  return items.flatMap((item, place): HeadlinePart[] => {
    if (place === 0) return [item];
    return [words(place === items.length - 1 ? " and " : ", "), item];
  });
}

/**
 * A regional organization as it stands in a sentence: "the European Union", "the AU", but "CARICOM", "Mercosur". Names of
 * several words and initials that are spelled out take the article, words and acronyms read as words do not.
 */
export function withArticle(name: string): string {
  if (/^the /i.test(name)) return name.replace(/^The /, "the ");
  return /\s/.test(name) || /^[A-Z]{2,3}$/.test(name) ? `the ${name}` : name;
}
