import "server-only";
import { getActor } from "@/features/actors/queries/actor";
import { actorNames } from "@/features/actors/queries/names";
import type { ActorDto } from "@/features/actors/schema";
import { getCodebook } from "@/features/codebook/queries/codebook";
import type { IssueDto } from "@/features/codebook/schema";
import type { DialogueDto } from "@/features/dialogues/queries";
import { listPositions } from "@/features/positions/queries/list";
import { scopeOf } from "@/features/positions/queries/matrix";
import {
  dialogueDays,
  latestOf,
  newestFirst,
  type IssueStand,
  type TimelineEntry,
} from "@/features/positions/queries/of-actor";
import { loadSettled } from "@/features/positions/queries/settled";
import { voiceOf, type Voice } from "@/features/positions/rules/evidence";
import { MODES, type EvidenceQuery } from "@/features/positions/schema";
import type { Source } from "@/lib/db";
import { notFound } from "@/lib/errors";
import type { Day } from "@/lib/format";

/** One cell of the matrix with everything that stands behind it. */
export type CellEvidence = {
  actor: ActorDto;
  issue: IssueDto;
  /** Number of the version of the codebook that words the issue. */
  codebook: number;
  day: Day;
  /** Set when the cell speaks of this dialogue alone. */
  dialogue: DialogueDto | null;
  /** What the matrix shows. */
  cell: NonNullable<IssueStand["latest"]>;
  /** Every position on the issue, own and delegated, at any time, the newest first. */
  timeline: TimelineEntry[];
  /** The same in numbers: its own voice, then what was said for it. */
  voices: Voice[];
  /** How many there are: more than the timeline has only for an actor with more than a thousand. */
  total: number;
};

const MOST = 1000;

/**
 * The cell of an actor on an issue with every position of the actor on it, before and after the day, too; what was coded under
 * issues that were merged into it included. Throws NOT_FOUND for an actor, issue, version or dialogue that does not exist.
 */
export async function getCellEvidence(
  source: Source,
  { actor: ref, issue: code }: { actor: string; issue: string },
  query: EvidenceQuery,
): Promise<CellEvidence> {
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
  const settled = cells.get(actor.id)?.get(issue.id) ?? { kind: "not_coded" as const };
  const filter = { actor: actor.slug, issue: code, aligned: query.aligned };
  const { positions, total } = await listPositions(source, filter, { limit: MOST });
  const throughs = [...positions, settled].flatMap((one) =>
    "through" in one && one.through !== null ? [one.through] : [],
  );
  const names = await actorNames(source, [...new Set(throughs)]);
  const cell = latestOf(settled, names);
  if (!cell) throw notFound("issue", code);
  const timeline = newestFirst(positions, names, await dialogueDays(source, positions));
  const voices = MODES.flatMap((mode) => voiceOf(timeline, mode) ?? []);
  return { actor, issue, codebook: codebook.number, day, dialogue, cell, timeline, voices, total };
}

/** The position that decides a cell, among its evidence; undefined for an absence. */
export function decidingOf({ cell, timeline }: CellEvidence): TimelineEntry | undefined {
  return timeline.find(({ id, mode }) => id === cell.positionId && mode === cell.kind);
}
