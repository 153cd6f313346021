import "server-only";
import { listActors, today } from "@/features/actors/queries/actor";
import { loadCast, refOf } from "@/features/actors/queries/register";
import { regionsOn } from "@/features/actors/queries/regions";
import type { UnRegion } from "@/features/actors/schema";
import type { DialogueDto } from "@/features/dialogues/queries";
import { representedIn, type RepresentedDto } from "@/features/figures/queries/counted";
import { loadDialogueRecord } from "@/features/figures/queries/record";
import { participationOf, represented, spokeClasses, spokeKey } from "@/features/figures/rules";
import type { Participation, ParticipationQuery } from "@/features/figures/schema";
import { actorsIn, readStatements, toCounted } from "@/features/statements/queries/rows";
import type { CountedStatement } from "@/features/statements/rules";
import { reading, type Source } from "@/lib/db";
import { dayOf, type Day } from "@/lib/format";

/** Which states, and on which day they are looked at. */
type Who = Pick<ParticipationQuery, "group" | "region" | "kind">;

/** A state or observer of the list. */
type Listed = {
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

/**
 * How states took part in a dialogue: by the counting rule that takes every route, each once. Throws NOT_FOUND for the dialogue,
 * INVALID under `group`.
 */
export async function getParticipation(
  source: Source,
  dialogue: string,
  { aligned, ...who }: Omit<ParticipationQuery, "dialogue" | "show">,
): Promise<{ dialogue: DialogueDto; rows: ParticipationRow[] }> {
  const record = await loadDialogueRecord(source, dialogue);
  const day = record.dialogue.startsOn;
  const routes = new Map(
    representedIn(record, { rule: "own_and_groups", aligned }).map((one) => [one.actor, one.routes]),
  );
  const rows = (await listed(source, who, day)).map((one): ParticipationRow => {
    const own = routes.get(one.ref) ?? [];
    const names = own.map(({ route }) => route);
    return { ...one, how: participationOf(names, isMemberOn(one, day)), routes: own };
  });
  return { dialogue: record.dialogue, rows };
}

/** A class of states by at how many dialogues they spoke. */
export type SpokeClassDto = { key: string; from: number; until: number };

/** At how many dialogues states spoke in their own capacity, over all of them. Throws INVALID under `group`. */
export async function getSpokeOverAll(
  source: Source,
  { aligned, ...who }: Omit<ParticipationQuery, "dialogue" | "show">,
): Promise<{ asOf: Day; dialogues: number; classes: SpokeClassDto[]; rows: SpokeRow[] }> {
  const dialogues = await reading(source).dialogue.findMany({
    select: { id: true, slug: true, startsOn: true },
    orderBy: [{ startsOn: "asc" }, { id: "asc" }],
  });
  const statements = await readStatements(source, { withdrawnAt: null });
  const { register } = await loadCast(source, actorsIn(statements));
  const byDialogue = new Map<string, CountedStatement[]>(dialogues.map(({ id }) => [id, []]));
  for (const row of statements) byDialogue.get(row.dialogueId)?.push(toCounted(row));

  const asOf = await today(source);
  const rows = (await listed(source, who, asOf)).map((one): SpokeRow => ({ ...one, spoke: [], covered: 0, dialogues: 0 }));
  for (const { id, slug, startsOn } of dialogues) {
    const day = dayOf(startsOn);
    const counted = represented({ statements: byDialogue.get(id) ?? [], register, rule: "own_and_groups", aligned });
    const routes = new Map(counted.map((actor) => [actor.ref, actor.routes]));
    for (const row of rows) {
      const how = participationOf(routes.get(row.ref) ?? [], isMemberOn(row, day));
      if (how !== "not_a_member") row.dialogues += 1;
      if (how === "own") row.spoke.push({ slug, startsOn: day });
      if (how === "covered") row.covered += 1;
    }
  }
  const classes = spokeClasses(dialogues.length).map((one) => ({ ...one, key: spokeKey(one) }));
  return { asOf, dialogues: dialogues.length, classes, rows };
}
