import "server-only";
import { listActors, today } from "@/features/actors/queries/actor";
import { refOf } from "@/features/actors/queries/register";
import { regionsOn } from "@/features/actors/queries/regions";
import type { UnRegion } from "@/features/actors/schema";
import type { DialogueDto } from "@/features/dialogues/queries";
import { representedIn, type RepresentedDto } from "@/features/figures/queries/counted";
import { listTrend } from "@/features/figures/queries/over-time";
import { loadDialogueRecord } from "@/features/figures/queries/record";
import { participationOf, spokeClasses, spokeKey, type SpokeClass } from "@/features/figures/rules/participation";
import { PARTICIPATIONS, type Participation, type ParticipationQuery } from "@/features/figures/schema";
import type { Caller } from "@/lib/auth/caller";
import { snapshot, type Source } from "@/lib/db";
import { env } from "@/lib/env";
import { invalid } from "@/lib/errors";
import { formatList, type Day } from "@/lib/format";

/** Which states, and whether alignment covers them. */
type How = Pick<ParticipationQuery, "group" | "region" | "aligned">;
type Who = Omit<How, "aligned"> & { kind: "member_state" | "observer" };

/** A state or observer of the list. */
type Listed = {
  id: string;
  ref: string;
  slug: string;
  name: string;
  region: UnRegion | null;
  admittedOn: Day | null;
};

/** How one state took part in one dialogue. */
export type ParticipationRow = Listed & { how: Participation; routes: RepresentedDto["routes"] };

/** At which dialogues one state spoke in its own capacity, and at how many others it was covered. */
export type SpokeRow = Listed & {
  spoke: { slug: string; startsOn: Day }[];
  covered: number;
  /** How many dialogues there were since it was a member. */
  dialogues: number;
};

/** More than there are states. */
const MOST = { limit: 1000 };

async function listed(source: Source, { group, region, kind }: Who, on: Day): Promise<Listed[]> {
  const { actors } = await listActors(source, { kind, group, on }, MOST);
  const regions = await regionsOn(source, on);
  return actors
    .map(({ id, iso3, slug, name, admittedOn }) => ({
      id,
      ref: refOf({ iso3, slug }),
      slug,
      name,
      region: regions.get(id) ?? null,
      admittedOn,
    }))
    .filter((one) => region === undefined || (one.region ?? "none") === region)
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
}

const isMemberOn = ({ admittedOn }: Listed, day: Day): boolean => admittedOn === null || admittedOn <= day;

/** How states and observers took part in one dialogue, each list by name. */
export type DialogueParticipation = {
  dialogue: DialogueDto;
  states: ParticipationRow[];
  observers: ParticipationRow[];
};

/**
 * How states took part in a dialogue: by the counting rule that takes every route, each once. Throws NOT_FOUND for the dialogue,
 * INVALID under `group`.
 */
export async function getParticipation(
  source: Source,
  dialogue: string,
  { aligned, ...who }: How,
): Promise<DialogueParticipation> {
  const record = await loadDialogueRecord(source, dialogue);
  const day = record.dialogue.startsOn;
  const counted = representedIn(record, { rule: "own_and_groups", aligned });
  const routesOf = new Map(counted.map((one) => [one.actor, one.routes]));
  const taking = (one: Listed): ParticipationRow => {
    const routes = routesOf.get(one.ref) ?? [];
    const names = routes.map(({ route }) => route);
    return { ...one, how: participationOf(names, isMemberOn(one, day)), routes };
  };
  return {
    dialogue: record.dialogue,
    states: (await listed(source, { ...who, kind: "member_state" }, day)).map(taking),
    observers: (await listed(source, { ...who, kind: "observer" }, day)).map(taking),
  };
}

/** A class of states by at how many dialogues they spoke. */
export type SpokeClassDto = SpokeClass & { key: string };

/** Member states by at how many dialogues they spoke. */
export type SpokeOverAll = {
  asOf: Day;
  /** Those with anything on record. */
  dialogues: number;
  /** From none on. */
  classes: SpokeClassDto[];
  rows: SpokeRow[];
};

/**
 * At how many of the dialogues with anything on record member states spoke in their own capacity, and at how many more they were
 * covered: the numbers of the trend, by state. Throws INVALID under `group`.
 */
export async function getSpokeOverAll(source: Source, { aligned, ...who }: How): Promise<SpokeOverAll> {
  const points = (await listTrend(source, { rule: "own_and_groups", aligned })).filter(
    ({ completeness }) => completeness !== "unrecorded",
  );
  const asOf = await today(source);
  const states = await listed(source, { ...who, kind: "member_state" }, asOf);
  const rows = states.map((one): SpokeRow => {
    const then = points.filter(({ startsOn }) => isMemberOn(one, startsOn));
    const spoke = then.filter(({ ownVoice }) => ownVoice.includes(one.id));
    const reached = then.filter((point) => point.reached.includes(one.id));
    return {
      ...one,
      spoke: spoke.map(({ slug, startsOn }) => ({ slug, startsOn })),
      covered: reached.length - spoke.length,
      dialogues: then.length,
    };
  });
  const classes = spokeClasses(points.length).map((one) => ({ ...one, key: spokeKey(one) }));
  return { asOf, dialogues: points.length, classes, rows };
}

/** Everything that goes into the files of participation, of one moment. */
export type ParticipationFile = {
  query: ParticipationQuery;
  generatedAt: Date;
  /** The same rows on screen. */
  page: string;
  /** The parameters as they were sent. */
  search: string;
} & ({ atOne: ParticipationRow[] } | { overAll: SpokeRow[] });

/**
 * Reads participation for a file from one snapshot: the rows that the page lists. `search` is the query of the request's address.
 * Throws INVALID under `show` for a class of the other kind, and under `kind` for observers over all dialogues.
 */
export async function readParticipationFile(
  caller: Caller<"record:read">,
  query: ParticipationQuery,
  search: string,
): Promise<ParticipationFile> {
  const { dialogue, kind, show, ...how } = query;
  const params = new URLSearchParams(search);
  params.set("by", "participation");
  const file = { query, generatedAt: new Date(), page: `${env().APP_URL}/map?${params}`, search };
  if (dialogue !== undefined) {
    const { states, observers } = await snapshot(caller, (tx) => getParticipation(tx, dialogue, how));
    const atOne = kind === "observer" ? observers : states;
    const wanted = PARTICIPATIONS.find((one) => one === show);
    if (show !== undefined && wanted === undefined)
      throw invalid("show", "At one dialogue, name a way of taking part.");
    return { ...file, atOne: atOne.filter((row) => wanted === undefined || row.how === wanted) };
  }
  if (kind === "observer") throw invalid("kind", "Over all dialogues member states are counted; name a dialogue.");
  const { classes, rows } = await snapshot(caller, (tx) => getSpokeOverAll(tx, how));
  const wanted = classes.find(({ key }) => key === show);
  if (show !== undefined && wanted === undefined) {
    throw invalid("show", `Over all dialogues the classes are ${formatList(classes.map(({ key }) => key))}.`);
  }
  return { ...file, overAll: rows.filter((row) => wanted === undefined || isIn(wanted, row)) };
}

/** Whether a state spoke at so many dialogues. */
function isIn({ from, until }: SpokeClass, { spoke }: SpokeRow): boolean {
  return spoke.length >= from && spoke.length <= until;
}
