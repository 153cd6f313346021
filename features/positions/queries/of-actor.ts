import "server-only";
import { today } from "@/features/actors/queries/actor";
import { actorNames } from "@/features/actors/queries/names";
import { compareText } from "@/features/actors/rules";
import { loadCodebook } from "@/features/codebook/queries/codebook";
import type { PositionValue } from "@/features/codebook/schema";
import { loadReading } from "@/features/codebook/queries/reading";
import { loadBearings } from "@/features/positions/queries/reach";
import { loadIssuesOfVersions, settleOne, type Known } from "@/features/positions/queries/settle-one";
import { tallyPositions, type Tallied, type TallyBy } from "@/features/positions/queries/tally";
import { shareOf } from "@/features/positions/queries/to-code";
import { voiceOf, type Voice } from "@/features/positions/rules/evidence";
import type { Cell, Moment } from "@/features/positions/rules/settled";
import { strengthOf, type Strength } from "@/features/positions/rules/strength";
import { listShifts, type ShiftDto } from "@/features/positions/queries/shifts";
import { MODES, OCCASION_NAMES, type CellKind, type ShiftStatus } from "@/features/positions/schema";
import type { Touched } from "@/features/statements/queries/touching";
import { reading, type Source } from "@/lib/db";
import { dayOf, type Day } from "@/lib/format";

/** A cell as a page shows it; `through` is a name. */
export type ShownCell = {
  kind: CellKind;
  value: PositionValue | null;
  through: string | null;
  positionId: string | null;
};

/** Where the latest position's words are, or why there are none. */
export type LatestWords = {
  exact: string | null;
  noQuoteReason: string | null;
  /** "2017", or the title of the dialogue. */
  where: string;
  /** Where the words stand in their source; null where no text is stored. */
  source: { dialogue: string; statement: string; quotation: string } | null;
};

/** Where an actor stands on one issue. */
export type IssueStand = {
  code: string;
  title: string;
  /** Today's cell of the matrix; null for an issue that the version does not have. */
  latest: ShownCell | null;
  words: LatestWords | null;
  /** In the order of the columns: what it said, or what was said for it, there. Null where the column can have none. */
  cells: (ShownCell | null)[];
  /** Its own voice in numbers, then what was said for it. */
  voices: Voice[];
};

/** A dialogue, or the other occasions of a year. */
export type StandColumn = { dialogue: { slug: string; title: string } | null; day: Day };

/** Where an actor stands, and how it came there. */
export type ActorStands = {
  day: Day;
  /** ISO3 of a state or observer, else the slug. */
  ref: string;
  /** Number of the version of the codebook; null while none is published. */
  codebook: number | null;
  /** In order of time. */
  columns: StandColumn[];
  /** Earlier dialogues that are not among the columns, since there are too many. */
  left: number;
  /** In the order of the version; then those with positions that it does not have. */
  issues: IssueStand[];
  strength: Strength;
  shifts: ActorShifts;
};

/** How often its own voice shifted: how many shifts there are of each status, and the newest confirmed ones. */
type ActorShifts = { counts: Record<ShiftStatus, number>; confirmed: ShiftDto[] };

const MOST_SHIFTS = 10;

async function shiftsOfActor(source: Source, actor: string): Promise<ActorShifts> {
  const query = { actor, status: "confirmed" } as const;
  const { shifts, counts } = await listShifts(source, query, { limit: MOST_SHIFTS });
  return { counts, confirmed: shifts };
}

/** Most dialogues that a table shows side by side. */
const MOST_COLUMNS = 60;

type Column = StandColumn & { id: string | null; key: string };

type Dialogue = { id: string; slug: string; title: string; startsOn: Date };

/** All dialogues, and the years of other occasions on which the actor took a position, in order of time. */
function columnsOf(dialogues: readonly Dialogue[], tallied: readonly Tallied[]): Column[] {
  const others = new Set(tallied.flatMap(({ at }) => (at.dialogue === null ? at.day : [])));
  return [
    ...dialogues.map(({ id, slug, title, startsOn }) => ({
      id,
      key: id,
      dialogue: { slug, title },
      day: dayOf(startsOn),
    })),
    ...Array.from(others, (day) => ({ id: null, key: day, dialogue: null, day })),
  ].sort((a, b) => compareText(a.day, b.day) || compareText(a.key, b.key));
}

/**
 * Adds up dialogue by dialogue what can have a column. Of the rest the years are enough, on each side of the day: the last own and the
 * last delegated position of each value in a year are all that can be the latest one.
 */
function talliedBy(dialogues: readonly Dialogue[], day: Day, most: number): TallyBy {
  const newest = dialogues.toSorted((a, b) => a.startsOn.getTime() - b.startsOn.getTime() || compareText(a.id, b.id));
  const apart = new Set(newest.slice(-most).map(({ id }) => id));
  return ({ dialogueId, startsOn }) =>
    apart.has(dialogueId) ? dialogueId : `${startsOn.slice(0, 4)} ${startsOn <= day ? "past" : "to come"}`;
}

const columnOf = ({ dialogue, day }: Moment): string => dialogue ?? day;

/** What the latest positions rest on, by id. */
async function wordsOf(source: Source, ids: string[]): Promise<Map<string, LatestWords>> {
  const rows = await reading(source).position.findMany({
    where: { id: { in: ids } },
    select: {
      id: true,
      year: true,
      occasion: true,
      noQuoteReason: true,
      statementId: true,
      quotation: { select: { id: true, exact: true } },
      dialogue: { select: { slug: true, title: true } },
    },
  });
  return new Map(
    rows.map(({ id, year, occasion, noQuoteReason, statementId, quotation, dialogue }) => [
      id,
      {
        exact: quotation?.exact ?? null,
        noQuoteReason,
        where: dialogue?.title ?? `${OCCASION_NAMES[occasion]}, ${year}`,
        source:
          quotation && dialogue && statementId !== null
            ? { dialogue: dialogue.slug, statement: statementId, quotation: quotation.id }
            : null,
      },
    ]),
  );
}

/**
 * The positions of one actor by issue, own and delegated: the latest of each, what it was at each dialogue, and how often it was what,
 * by the one rule (`settle`), as a version of the codebook reads them: the newest published one without a number. Reads the statements
 * that can concern the actor and adds up their positions in the database. Throws INVALID under `codebook` for a number that no version has.
 * `known` is what can concern the actor, where that is read already.
 */
export async function getActorStands(
  source: Source,
  actor: { id: string; slug: string; iso3: string | null },
  version?: number,
  known?: Touched,
  mostColumns = MOST_COLUMNS,
): Promise<ActorStands> {
  const day = await today(source);
  const codebook = await loadCodebook(source, version);
  const { bearings, register } = await loadBearings(source, actor.id, "exclude", known);
  const dialogues = await reading(source).dialogue.findMany({
    select: { id: true, slug: true, title: true, startsOn: true },
  });
  const tallied = await tallyPositions(source, actor.id, bearings, version, talliedBy(dialogues, day, mostColumns));
  const wanted = (codebook?.issues ?? []).map(({ id }) => id);
  const retired = [...new Set(tallied.map(({ issueId }) => issueId))].filter((id) => !wanted.includes(id));
  const issues = [...wanted, ...retired];
  const unchanging: Known = {
    actorId: actor.id,
    register,
    issuesOf: await loadIssuesOfVersions(source, version),
    aligned: "exclude",
  };
  const all = columnsOf(dialogues, tallied);
  const columns = all.slice(-mostColumns);
  const byIssue = groupedBy(tallied, ({ issueId }) => issueId);
  const talliedAt = groupedBy(tallied, ({ at }) => columnOf(at));
  const bearingsAt = groupedBy(bearings, ({ dialogueId }) => dialogueId);
  const now = settleOne(unchanging, {
    issues,
    day,
    tallied: tallied.filter(({ at }) => at.day <= day),
    bearings: bearings.filter(({ startsOn }) => startsOn <= day),
  });
  const byColumn = columns.map((column) =>
    settleOne(unchanging, {
      issues,
      day: column.day,
      tallied: talliedAt.get(column.key) ?? [],
      bearings: bearingsAt.get(column.id ?? "") ?? [],
    }),
  );
  const throughs = tallied.flatMap(({ through }) => through ?? []);
  const names = await actorNames(source, [...new Set(throughs)]);
  const words = await wordsOf(
    source,
    [...now.values()].flatMap((cell) => ("positionId" in cell ? cell.positionId : [])),
  );
  const named = await loadReading(source, version);
  return {
    day,
    ref: actor.iso3 ?? actor.slug,
    codebook: codebook?.number ?? null,
    columns: columns.map(({ dialogue, day: on }) => ({ dialogue, day: on })),
    left: all.length - columns.length,
    shifts: await shiftsOfActor(source, actor.id),
    strength: strengthOf(countable(tallied), shareOf(bearings)),
    issues: issues.map((id): IssueStand => {
      const { code, title } = named.read(id);
      const latest = wanted.includes(id) ? latestOf(now.get(id), names) : null;
      const here = countable(byIssue.get(id) ?? []);
      return {
        code,
        title,
        latest,
        words: (latest?.positionId && words.get(latest.positionId)) || null,
        cells: columns.map(({ id: dialogue }, place) => {
          const cell = latestOf(byColumn[place]?.get(id), names);
          // Who took no position on another occasion was not asked there.
          return dialogue === null && cell?.positionId == null ? null : cell;
        }),
        voices: MODES.flatMap((mode) => voiceOf(here, mode) ?? []),
      };
    }),
  };
}

function groupedBy<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const known = groups.get(keyOf(one));
    if (known) known.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return groups;
}

/** What was added up, for rules that count. */
function countable(tallied: readonly Tallied[]) {
  return tallied.map(({ count, mode, value, year, statementId, at }) => ({
    kind: "position" as const,
    mode,
    value,
    year,
    day: at.day,
    count,
    statement: statementId,
  }));
}

/** A cell for a page, with the name of whom it came through; null where the table has none. */
export function latestOf(cell: Cell | undefined, names: Record<string, string>): ShownCell | null {
  if (!cell) return null;
  if (cell.kind !== "own" && cell.kind !== "delegated") {
    return { kind: cell.kind, value: null, through: null, positionId: null };
  }
  const { kind, value, through, positionId } = cell;
  return { kind, value, through: through && (names[through] ?? through), positionId };
}
