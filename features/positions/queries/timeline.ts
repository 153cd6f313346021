import "server-only";
import { actorNames } from "@/features/actors/queries/names";
import { compareText } from "@/features/actors/rules";
import { listPositionsOf, type ActorPosition, type OfActorQuery } from "@/features/positions/queries/list";
import { reading, type Source } from "@/lib/db";
import { dayOf, type Day } from "@/lib/format";

/** One of the positions over the years; `through` is a name. */
export type TimelineEntry = ActorPosition & {
  dialogueTitle: string | null;
  /** The dialogue's first day; of another occasion, of which only the year is known, the last day of it. */
  day: Day;
};

type DialogueDay = { title: string; startsOn: Date };

/** The title and first day of each dialogue of some positions, by slug. */
async function dialogueDays(source: Source, positions: readonly ActorPosition[]): Promise<Map<string, DialogueDay>> {
  const slugs = new Set(positions.flatMap(({ dialogue }) => dialogue ?? []));
  const rows = await reading(source).dialogue.findMany({
    where: { slug: { in: [...slugs] } },
    select: { slug: true, title: true, startsOn: true },
  });
  return new Map(rows.map(({ slug, ...rest }) => [slug, rest]));
}

/** Positions as a timeline, the newest first; at one dialogue the own voice before any delegation. */
function newestFirst(
  positions: readonly ActorPosition[],
  names: Record<string, string>,
  dialogues: ReadonlyMap<string, DialogueDay>,
): TimelineEntry[] {
  const dayOfIt = ({ dialogue, year }: ActorPosition): Day => {
    const startsOn = dialogues.get(dialogue ?? "")?.startsOn;
    return startsOn ? dayOf(startsOn) : `${year}-12-31`;
  };
  const place = ({ mode }: ActorPosition): number => (mode === "own" ? 0 : 1);
  return positions
    .map((position) => ({
      ...position,
      through: position.through && (names[position.through] ?? position.through),
      dialogueTitle: dialogues.get(position.dialogue ?? "")?.title ?? null,
      day: dayOfIt(position),
    }))
    .sort((a, b) => compareText(b.day, a.day) || place(a) - place(b));
}

/** Positions of one actor as a timeline, the newest first, with the names of those that spoke for it. */
export async function asTimeline(source: Source, positions: readonly ActorPosition[]): Promise<TimelineEntry[]> {
  const throughs = positions.flatMap(({ through }) => through ?? []);
  const names = await actorNames(source, [...new Set(throughs)]);
  return newestFirst(positions, names, await dialogueDays(source, positions));
}

/** One page of the positions of an actor, the newest first; mentions, signatures and votes are not among them. */
export async function listTimelineOf(
  source: Source,
  actorId: string,
  query: OfActorQuery,
  at: { page: number; size: number },
): Promise<{ entries: TimelineEntry[]; total: number }> {
  const { positions, total } = await listPositionsOf(source, actorId, query, at);
  return { entries: await asTimeline(source, positions), total };
}
