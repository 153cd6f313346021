import "server-only";
import { containing, today } from "@/features/actors/queries/actor";
import { findActorIds } from "@/features/actors/queries/resolve";
import { regionsOn } from "@/features/actors/queries/regions";
import { UN_REGION_NAMES, UN_REGIONS, type UnRegion } from "@/features/actors/schema";
import { foldName } from "@/features/actors/rules";
import { getCodebook } from "@/features/codebook/queries/codebook";
import type { IssueDto } from "@/features/codebook/schema";
import { findDialogue, getDialogue, type DialogueDto } from "@/features/dialogues/queries";
import type { Scope } from "@/features/positions/queries/scope";
import { countCoded, loadSettled, type Coverage } from "@/features/positions/queries/settled";
import type { Cell } from "@/features/positions/rules/settled";
import { fits } from "@/features/positions/rules/table";
import type { CellCondition, MatrixQuery } from "@/features/positions/schema";
import type { Prisma } from "@/generated/prisma/client";
import { reading, type Source } from "@/lib/db";
import { invalid } from "@/lib/errors";
import { isDay, type Day } from "@/lib/format";

/** One actor with its cells, in the order of the issues. */
export type MatrixRow = {
  id: string;
  ref: string;
  iso3: string | null;
  slug: string;
  name: string;
  /** UN regional group on the day. */
  region: UnRegion | null;
  cells: Cell[];
};

/** A table of actors by issues. */
export type Matrix = {
  /** The day on which it looks at the world. */
  asOf: Day;
  /** Set when cells speak of this dialogue alone. */
  dialogue: DialogueDto | null;
  /** Number of the version of the codebook. */
  codebook: number;
  issues: IssueDto[];
  /** By name, or by region and then by name. */
  rows: MatrixRow[];
  /** Statements that count at the dialogue or up to the day, and how many of them are coded. */
  coverage: Coverage;
  /** Slugs of dialogues by id, for the moments of cells. */
  dialogues: ReadonlyMap<string, string>;
};

/** The day that "as of" names: itself, or the first day of a dialogue. Throws INVALID under `asOf`. */
async function asOfDay(source: Source, asOf: string | undefined): Promise<Day> {
  if (asOf === undefined) return today(source);
  if (isDay(asOf)) return asOf;
  const dialogue = await findDialogue(source, asOf);
  if (!dialogue) throw invalid("asOf", "Give a day as YYYY-MM-DD, or the slug of a dialogue.");
  return dialogue.startsOn;
}

const plainRegion = (name: string): string =>
  foldName(name)
    .replace(/^un /, "")
    .replace(/ group$/, "");

/**
 * Actors in a UN regional group on a day, outside all of them ("none"), or of an M49 region; named as addresses or pages name
 * them. Throws INVALID under `region` for a name that no region has.
 */
async function inRegion(source: Source, region: string, day: Day): Promise<Prisma.ActorWhereInput> {
  const wanted = plainRegion(region);
  if (wanted === "none") {
    return { memberships: { none: { group: { slug: { in: [...UN_REGIONS] } }, ...containing(day) } } };
  }
  const group = UN_REGIONS.find((slug) => [slug, UN_REGION_NAMES[slug]].some((name) => plainRegion(name) === wanted));
  if (group) return { memberships: { some: { group: { slug: group }, ...containing(day) } } };
  const known = await reading(source).actor.findFirst({
    where: { m49Region: { equals: wanted, mode: "insensitive" } },
    select: { m49Region: true },
  });
  if (!known) throw invalid("region", `There is no region "${region}".`);
  return { m49Region: known.m49Region };
}

async function findGroup(source: Source, group: string): Promise<string> {
  const id = (await findActorIds(source, [group])).get(group);
  if (id === undefined) throw invalid("group", `There is no group "${group}".`);
  return id;
}

async function actorsIn(source: Source, { kind, group, region }: MatrixQuery, day: Day): Promise<string[]> {
  const groupId = group === undefined ? null : await findGroup(source, group);
  const actors = await reading(source).actor.findMany({
    where: {
      kind,
      mergedIntoId: null,
      AND: [
        groupId === null ? {} : { memberships: { some: { groupId, ...containing(day) } } },
        region === undefined ? {} : await inRegion(source, region, day),
      ],
    },
    select: { id: true },
  });
  return actors.map(({ id }) => id);
}

/** The issues of these codes, in their order; all without. Throws INVALID under `issues`. */
export function chosenIssues(issues: IssueDto[], codes: string[] | undefined): IssueDto[] {
  if (!codes || codes.length === 0) return issues;
  return codes.map((code) => {
    const found = issues.find((issue) => issue.code === code);
    if (!found) throw invalid("issues", `The codebook has no issue "${code}".`);
    return found;
  });
}

/** Where in the list of issues each condition looks; those that are not shown stand behind the shown ones. */
function withConditions(
  issues: IssueDto[],
  shown: IssueDto[],
  conditions: readonly CellCondition[],
): { issues: IssueDto[]; fitting: (cells: Cell[]) => boolean } {
  const all = [...shown];
  const checks = conditions.map((condition) => {
    const issue = issues.find(({ code }) => code === condition.issue);
    if (!issue) throw invalid("where", `This version of the codebook has no issue "${condition.issue}".`);
    if (!all.includes(issue)) all.push(issue);
    return { condition, column: all.indexOf(issue) };
  });
  const fitting = (cells: Cell[]): boolean =>
    checks.every(({ condition, column }) => {
      const cell = cells[column];
      return cell !== undefined && fits(cell, condition);
    });
  return { issues: all, fitting };
}

const placeOf = (region: UnRegion | null): number => (region === null ? UN_REGIONS.length : UN_REGIONS.indexOf(region));

/** What a table looks at: the dialogue alone when one is named, else everything up to a day. */
export async function scopeOf(
  source: Source,
  { dialogue: ref, asOf }: Pick<MatrixQuery, "dialogue" | "asOf">,
): Promise<{ dialogue: DialogueDto | null; day: Day; scope: Scope }> {
  if (ref !== undefined && asOf !== undefined) {
    throw invalid("asOf", "Ask for one dialogue, or for the latest position as of a day, not for both.");
  }
  const dialogue = ref === undefined ? null : await getDialogue(source, ref);
  const day = dialogue?.startsOn ?? (await asOfDay(source, asOf));
  return { dialogue, day, scope: dialogue ? { dialogueId: dialogue.id } : { asOf: day } };
}

/**
 * Actors by issues: with `dialogue` what was said there alone, else the latest position up to `asOf`. Rows are the actors of that
 * day, states that were not yet admitted included, as far as the conditions leave them. What was coded under an issue that was
 * merged is read under the one that it went into. Throws INVALID for a reference that nobody has, NOT_FOUND for the dialogue.
 */
export async function getMatrix(source: Source, query: MatrixQuery): Promise<Matrix> {
  const { dialogue, day, scope } = await scopeOf(source, query);
  const codebook = await getCodebook(source, query.codebook);
  const shown = chosenIssues(codebook.issues, query.issues);
  const { issues, fitting } = withConditions(codebook.issues, shown, query.where ?? []);
  const actors = await actorsIn(source, query, day);
  const { cells, cast } = await loadSettled(source, {
    scope,
    actors,
    issues: issues.map(({ id }) => id),
    day,
    aligned: query.aligned,
    codebook: codebook.number,
  });
  const regions = await regionsOn(source, day);
  const rows = actors.flatMap((id): MatrixRow[] => {
    const of = cells.get(id);
    const row = issues.map((issue) => of?.get(issue.id) ?? { kind: "not_coded" as const });
    if (!fitting(row)) return [];
    const { ref, iso3, slug } = cast.brief(id);
    const region = regions.get(id) ?? null;
    return [{ id, ref, iso3, slug, name: cast.nameOn(id, day), region, cells: row.slice(0, shown.length) }];
  });
  rows.sort((a, b) => a.name.localeCompare(b.name, "en"));
  if (query.sort === "region") rows.sort((a, b) => placeOf(a.region) - placeOf(b.region));
  return {
    asOf: day,
    dialogue,
    codebook: codebook.number,
    issues: shown,
    rows,
    coverage: await countCoded(source, scope),
    dialogues: await dialogueSlugs(source),
  };
}

/** Slugs of dialogues by id. */
export async function dialogueSlugs(source: Source): Promise<Map<string, string>> {
  const rows = await reading(source).dialogue.findMany({ select: { id: true, slug: true } });
  return new Map(rows.map(({ id, slug }) => [id, slug]));
}
