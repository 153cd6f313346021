import "server-only";
import { today } from "@/features/actors/queries/actor";
import { actorNames } from "@/features/actors/queries/names";
import { loadCodebook } from "@/features/codebook/queries/codebook";
import type { PositionValue } from "@/features/codebook/schema";
import { listPositions, type ActorPosition } from "@/features/positions/queries/list";
import { loadSettled } from "@/features/positions/queries/settled";
import type { Cell } from "@/features/positions/rules/settled";
import { matrixQuery, type CellKind } from "@/features/positions/schema";
import { reading, type Source } from "@/lib/db";
import type { Day } from "@/lib/format";

/** One of the positions over the years; `through` is a name. */
export type TimelineEntry = ActorPosition & { dialogueTitle: string | null };

/** Where an actor stands on one issue. */
export type IssueStand = {
  code: string;
  title: string;
  /** Today's cell of the matrix; null for an issue that the version does not have. */
  latest: { kind: CellKind; value: PositionValue | null; through: string | null; positionId: string | null } | null;
  /** Everything that it said, or that was said for it, the newest first. */
  timeline: TimelineEntry[];
};

/** Where an actor stands, and how it came there. */
export type ActorStands = {
  day: Day;
  /** Number of the version of the codebook; null while none is published. */
  codebook: number | null;
  /** In the order of the version; then those with positions that it does not have. */
  issues: IssueStand[];
  /** Positions that the timelines show, and that there are. */
  shown: number;
  total: number;
};

const MOST = 1000;

/**
 * The positions of one actor by issue, own and delegated, with the latest of each by the one rule (`settle`), as a version of the
 * codebook reads them: the newest published one without a number. Throws INVALID under `codebook` for a number that no version has.
 */
export async function getActorStands(
  source: Source,
  { id, slug }: { id: string; slug: string },
  version?: number,
): Promise<ActorStands> {
  const day = await today(source);
  const codebook = await loadCodebook(source, version);
  const issues = codebook?.issues ?? [];
  const { cells } = await loadSettled(source, {
    scope: { asOf: day },
    actors: [id],
    issues: issues.map((issue) => issue.id),
    day,
    codebook: version,
  });
  const query = { actor: slug, aligned: matrixQuery.shape.aligned.parse(undefined), codebook: version };
  const { positions, total } = await listPositions(source, query, { limit: MOST });
  const settled = cells.get(id);
  const throughs = [...positions, ...(settled?.values() ?? [])].flatMap((one) =>
    "through" in one && one.through !== null ? [one.through] : [],
  );
  const names = await actorNames(source, [...new Set(throughs)]);
  const dialogues = await dialogueDays(source, positions);
  const stand = (code: string, title: string, latest: IssueStand["latest"]): IssueStand => {
    const timeline = positions.filter(({ issue }) => issue === code);
    return { code, title, latest, timeline: newestFirst(timeline, names, dialogues) };
  };
  const apart = new Map(
    positions.flatMap(({ issue, issueTitle, reading: as }) => (as === "absent" ? [[issue, issueTitle]] : [])),
  );
  return {
    day,
    codebook: codebook?.number ?? null,
    issues: [
      ...issues.map((issue) => stand(issue.code, issue.title, latestOf(settled?.get(issue.id), names))),
      ...Array.from(apart, ([code, title]) => stand(code, title, null)),
    ],
    shown: positions.length,
    total,
  };
}

/** A cell for a page, with the name of whom it came through; null where the table has none. */
export function latestOf(cell: Cell | undefined, names: Record<string, string>): IssueStand["latest"] {
  if (!cell) return null;
  if (cell.kind !== "own" && cell.kind !== "delegated") {
    return { kind: cell.kind, value: null, through: null, positionId: null };
  }
  const { kind, value, through, positionId } = cell;
  return { kind, value, through: through && (names[through] ?? through), positionId };
}

type DialogueDay = { title: string; startsOn: Date };

/** The title and first day of each dialogue of some positions, by slug. */
export async function dialogueDays(
  source: Source,
  positions: readonly ActorPosition[],
): Promise<Map<string, DialogueDay>> {
  const slugs = new Set(positions.flatMap(({ dialogue }) => dialogue ?? []));
  const rows = await reading(source).dialogue.findMany({
    where: { slug: { in: [...slugs] } },
    select: { slug: true, title: true, startsOn: true },
  });
  return new Map(rows.map(({ slug, ...rest }) => [slug, rest]));
}

/** Positions as a timeline, the newest first; at one dialogue the own voice before any delegation. */
export function newestFirst(
  positions: readonly ActorPosition[],
  names: Record<string, string>,
  dialogues: ReadonlyMap<string, DialogueDay>,
): TimelineEntry[] {
  // Of another occasion only the year is known: it stands at its end, as in the matrix.
  const dayOfIt = ({ dialogue, year }: ActorPosition): number =>
    dialogues.get(dialogue ?? "")?.startsOn.getTime() ?? Date.UTC(year, 11, 31);
  const place = ({ mode }: ActorPosition): number => (mode === "own" ? 0 : 1);
  return positions
    .toSorted((a, b) => dayOfIt(b) - dayOfIt(a) || place(a) - place(b))
    .map((position) => ({
      ...position,
      through: position.through && (names[position.through] ?? position.through),
      dialogueTitle: dialogues.get(position.dialogue ?? "")?.title ?? null,
    }));
}
