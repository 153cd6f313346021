import "server-only";
import { getActor } from "@/features/actors/queries/actor";
import { actorNames } from "@/features/actors/queries/names";
import type { ActorDto } from "@/features/actors/schema";
import { getCodebook } from "@/features/codebook/queries/codebook";
import type { IssueDto, PositionValue } from "@/features/codebook/schema";
import type { DialogueDto } from "@/features/dialogues/queries";
import { listPositions } from "@/features/positions/queries/list";
import { scopeOf } from "@/features/positions/queries/matrix";
import { latestOf, type ShownCell } from "@/features/positions/queries/of-actor";
import { asTimeline, type TimelineEntry } from "@/features/positions/queries/timeline";
import { loadSettled } from "@/features/positions/queries/settled";
import { loadBearings } from "@/features/positions/queries/reach";
import { shareOf, versionsWith } from "@/features/positions/queries/to-code";
import { voiceOf, type Voice } from "@/features/positions/rules/evidence";
import { strengthOf, type Strength } from "@/features/positions/rules/strength";
import { MODES, type EvidenceQuery, type Occasion } from "@/features/positions/schema";
import { reading, type Source } from "@/lib/db";
import { notFound } from "@/lib/errors";
import type { Day } from "@/lib/format";

/** One cell of the matrix. */
type SettledCell = {
  actor: ActorDto;
  issue: IssueDto;
  /** Number of the version of the codebook that words the issue. */
  codebook: number;
  day: Day;
  /** Set when the cell speaks of this dialogue alone. */
  dialogue: DialogueDto | null;
  /** What the matrix shows. */
  cell: ShownCell;
};

/** One cell of the matrix with everything that stands behind it. */
export type CellEvidence = SettledCell & {
  /** Every position on the issue, own and delegated, at any time, the newest first. */
  timeline: TimelineEntry[];
  /** The same in numbers: its own voice, then what was said for it. */
  voices: Voice[];
  /** On how much they rest together. */
  strength: Strength;
  /** How many there are: more than the timeline has only for an actor with more than a thousand. */
  total: number;
};

/** The position that decides a cell. */
export type Deciding = {
  value: PositionValue;
  own: boolean;
  /** The name of whom it came through. */
  through: string | null;
  year: number;
  occasion: Occasion;
  /** Title; null on another occasion. */
  dialogue: string | null;
  quotation: { exact: string; paragraph: number | null; page: number | null } | null;
  noQuoteReason: string | null;
};

const MOST = 1000;

async function settleCell(
  source: Source,
  { actor: ref, issue: code }: CellRef,
  query: EvidenceQuery,
): Promise<SettledCell> {
  const { day, dialogue, scope } = await scopeOf(source, query);
  const actor = await getActor(source, ref, day);
  const codebook = await getCodebook(source, query.codebook);
  const issue = codebook.issues.find((one) => one.code === code);
  if (!issue) throw notFound("issue", code);
  const { cells } = await loadSettled(source, {
    scope,
    actors: [actor.id],
    issues: [issue.id],
    day,
    aligned: query.aligned,
    codebook: codebook.number,
  });
  const settled = cells.get(actor.id)?.get(issue.id);
  const through = settled && "through" in settled ? settled.through : null;
  const cell = latestOf(settled, await actorNames(source, through === null ? [] : [through]));
  if (!cell) throw notFound("issue", code);
  return { actor, issue, codebook: codebook.number, day, dialogue, cell };
}

/** An actor (ISO3, slug or id) and the code of an issue. */
type CellRef = { actor: string; issue: string };

/**
 * The cell of an actor on an issue with every position of the actor on it, before and after the day, too; what was coded under
 * issues that were merged into it included. Throws NOT_FOUND for an actor, issue, version or dialogue that does not exist.
 */
export async function getCellEvidence(source: Source, ref: CellRef, query: EvidenceQuery): Promise<CellEvidence> {
  const settled = await settleCell(source, ref, query);
  const { aligned, codebook } = query;
  const filter = { actor: settled.actor.slug, issue: ref.issue, aligned, codebook };
  const { positions, total } = await listPositions(source, filter, { limit: MOST });
  const timeline = await asTimeline(source, positions);
  const { bearings } = await loadBearings(source, settled.actor.id, query.aligned);
  const share = shareOf(bearings, await versionsWith(source, ref.issue, codebook));
  const strength = strengthOf(
    timeline.filter(({ kind }) => kind === "position"),
    share,
  );
  return { ...settled, timeline, strength, voices: MODES.flatMap((mode) => voiceOf(timeline, mode) ?? []), total };
}

/** The position that decides a cell, among its evidence; undefined for an absence. */
export function decidingOf({ cell, timeline }: CellEvidence): TimelineEntry | undefined {
  return timeline.find(({ id, mode }) => id === cell.positionId && mode === cell.kind);
}

/** What a cell shows and the position that decides it. Throws as `getCellEvidence`, and NOT_FOUND for an absence. */
export async function getDeciding(source: Source, ref: CellRef, query: EvidenceQuery): Promise<Deciding> {
  const { cell } = await settleCell(source, ref, query);
  if (cell.positionId === null) throw notFound("position", `${ref.actor} ${ref.issue}`);
  const position = await reading(source).position.findUnique({
    where: { id: cell.positionId },
    select: {
      year: true,
      occasion: true,
      noQuoteReason: true,
      quotation: { select: { exact: true, paragraph: true, page: true } },
      dialogue: { select: { title: true } },
    },
  });
  if (!position || cell.value === null) throw notFound("position", `${ref.actor} ${ref.issue}`);
  const { dialogue, ...rest } = position;
  return {
    ...rest,
    dialogue: dialogue?.title ?? null,
    value: cell.value,
    own: cell.kind === "own",
    through: cell.through,
  };
}
