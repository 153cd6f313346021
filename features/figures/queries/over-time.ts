import "server-only";
import { loadCast, type Cast } from "@/features/actors/queries/register";
import { cumulative, type Cumulative } from "@/features/figures/rules";
import { participation, type Participation } from "@/features/figures/rules/over-time";
import { publishedFigureDto, WITH_PLACE, type PublishedFigureDto } from "@/features/figures/queries/record";
import { SILENT_WINDOW, type CountingQuery } from "@/features/figures/schema";
import { actorsIn, readStatements, toCounted, type StatementRow } from "@/features/statements/queries/rows";
import { isCounted, representationsOf, type CountedStatement } from "@/features/statements/rules";
import type { Caller } from "@/lib/auth/caller";
import { reading, snapshot, type Source } from "@/lib/db";
import { env } from "@/lib/env";
import { notFound } from "@/lib/errors";
import { dayOf, type Day } from "@/lib/format";

type How = Pick<CountingQuery, "rule" | "aligned">;

/** A dialogue as a point in time. */
export type DialogueInTime = { slug: string; title: string; startsOn: Day };

type Held = DialogueInTime & { id: string; rows: StatementRow[]; statements: CountedStatement[] };

/** Every dialogue in the order of their days with its statements: three queries, whatever their number. */
async function readAll(source: Source): Promise<{ dialogues: Held[]; cast: Cast }> {
  const dialogues = await reading(source).dialogue.findMany({
    select: { id: true, slug: true, title: true, startsOn: true },
    orderBy: [{ startsOn: "asc" }, { id: "asc" }],
  });
  const rows = await readStatements(source, { withdrawnAt: null });
  const byDialogue = new Map<string, StatementRow[]>(dialogues.map(({ id }) => [id, []]));
  for (const row of rows) byDialogue.get(row.dialogueId)?.push(row);
  return {
    dialogues: dialogues.map((dialogue) => {
      const held = byDialogue.get(dialogue.id) ?? [];
      return { ...dialogue, startsOn: dayOf(dialogue.startsOn), rows: held, statements: held.map(toCounted) };
    }),
    cast: await loadCast(source, actorsIn(rows)),
  };
}

/** Distinct states over all dialogues so far, dialogue by dialogue in the order of their days. */
export async function getCumulative(
  source: Source,
  how: How,
): Promise<(Cumulative & { title: string; startsOn: Day })[]> {
  const { dialogues, cast } = await readAll(source);
  const counted = dialogues.map(({ slug, statements }) => ({ dialogue: slug, statements }));
  return cumulative(counted, { register: cast.register, ...how }).map((row, index) => ({
    ...row,
    title: dialogues[index]?.title ?? "",
    startsOn: dialogues[index]?.startsOn ?? "",
  }));
}

/** The units that a trend shows, each as published. */
export const TREND_UNITS = ["member_states_spoke", "states_represented"] as const;

/** One dialogue among the others, with what was published about the same numbers. */
export type TrendPoint = DialogueInTime &
  Omit<Participation, "dialogue"> & {
    /** By value, the highest first; several publishers may disagree. */
    published: Record<(typeof TREND_UNITS)[number], PublishedFigureDto[]>;
  };

async function publishedTotals(source: Source): Promise<Map<string, PublishedFigureDto[]>> {
  const rows = await reading(source).publishedFigure.findMany({
    where: { scope: "total", unit: { in: [...TREND_UNITS] }, dialogueId: { not: null } },
    include: WITH_PLACE,
    orderBy: [{ value: "desc" }, { publisher: "asc" }, { id: "asc" }],
  });
  const byDialogue = new Map<string, PublishedFigureDto[]>();
  for (const row of rows) {
    const slug = row.dialogue?.slug ?? "";
    byDialogue.set(slug, [...(byDialogue.get(slug) ?? []), publishedFigureDto(row)]);
  }
  return byDialogue;
}

type Read = Awaited<ReturnType<typeof readAll>> & { points: TrendPoint[] };

async function readTrend(source: Source, how: How): Promise<Read> {
  const { dialogues, cast } = await readAll(source);
  const published = await publishedTotals(source);
  const counted = participation(
    dialogues.map(({ slug, statements }) => ({ dialogue: slug, statements, published: published.get(slug) ?? [] })),
    { register: cast.register, ...how },
  );
  const points = dialogues.flatMap(({ slug, title, startsOn }, place): TrendPoint[] => {
    const of = counted[place];
    if (!of) return [];
    const { dialogue: _, ...numbers } = of;
    const claims = published.get(slug) ?? [];
    const about = (unit: (typeof TREND_UNITS)[number]) => claims.filter((claim) => claim.unit === unit);
    return [
      {
        slug,
        title,
        startsOn,
        ...numbers,
        published: {
          member_states_spoke: about("member_states_spoke"),
          states_represented: about("states_represented"),
        },
      },
    ];
  });
  return { dialogues, cast, points };
}

/**
 * Every dialogue in the order of their days: how many spoke and are represented under the rule, who spoke for the first time or
 * fell silent, and what was published. Four queries, whatever the number of dialogues.
 */
export async function listTrend(source: Source, how: How): Promise<TrendPoint[]> {
  return (await readTrend(source, how)).points;
}

/** A state that spoke in its own voice for the first time, with the statements in which it did. */
export type FirstTimeDto = { ref: string; slug: string; name: string; statements: { id: string; order: number }[] };

/** A state that fell silent at a dialogue. */
export type SilentDto = {
  ref: string;
  slug: string;
  name: string;
  /** At which of the dialogues just before it spoke in its own voice. */
  spokeAt: DialogueInTime[];
  /** Whether somebody else's statement covers it at the dialogue, by any route. */
  covered: boolean;
  /** The first dialogue after it at which it spoke in its own voice; null when there is none so far. */
  again: DialogueInTime | null;
};

/** Who is new at a dialogue and who fell silent, each list by name; null where nothing, or too little, is before it. */
export type Turnout = {
  point: TrendPoint;
  /** The dialogues just before, the nearest last, at which somebody who fell silent spoke. */
  before: TrendPoint[];
  firstTime: FirstTimeDto[] | null;
  fellSilent: SilentDto[] | null;
};

const inTime = ({ slug, title, startsOn }: DialogueInTime): DialogueInTime => ({ slug, title, startsOn });

/** The states behind the numbers of first-time speakers and of those who fell silent at a dialogue. NOT_FOUND without it. */
export async function getTurnout(source: Source, slug: string): Promise<Turnout> {
  // Every route counts for the question whether somebody else's statement covers a state.
  const { dialogues, cast, points } = await readTrend(source, { rule: "own_and_groups", aligned: "include" });
  const place = points.findIndex((one) => one.slug === slug);
  const point = points[place];
  const held = dialogues[place];
  if (!point || !held) throw notFound("dialogue", slug);
  const before = points
    .slice(0, place)
    .filter(({ completeness }) => completeness !== "unrecorded")
    .slice(-SILENT_WINDOW);
  const after = points.slice(place + 1);
  const actor = (id: string) => {
    const { ref, slug: page } = cast.brief(id);
    return { ref, slug: page, name: cast.nameOn(id, point.startsOn) };
  };
  const byName = <Row extends { name: string }>(rows: Row[]): Row[] =>
    rows.toSorted((a, b) => a.name.localeCompare(b.name, "en"));
  const reached = new Set(point.reached);
  return {
    point,
    before,
    firstTime:
      point.firstTime &&
      byName(point.firstTime.map((id): FirstTimeDto => ({ ...actor(id), statements: ownStatements(held, id) }))),
    fellSilent:
      point.fellSilent &&
      byName(
        point.fellSilent.map((id): SilentDto => {
          const again = after.find(({ ownVoice }) => ownVoice.includes(id));
          return {
            ...actor(id),
            spokeAt: before.filter(({ ownVoice }) => ownVoice.includes(id)).map(inTime),
            covered: reached.has(id),
            again: again ? inTime(again) : null,
          };
        }),
      ),
  };
}

function ownStatements({ statements, rows }: Held, actorId: string): { id: string; order: number }[] {
  return statements.flatMap((statement, index) => {
    const row = rows[index];
    const isOwn =
      statement.speakerId === actorId &&
      isCounted(statement) &&
      representationsOf(statement).some(({ basis }) => basis === "own");
    return isOwn && row ? [{ id: row.id, order: row.order }] : [];
  });
}

/** Everything that goes into the files of the trend, of one moment. */
export type TrendFile = {
  points: TrendPoint[];
  how: How;
  generatedAt: Date;
  page: string;
  search: string;
};

/** Reads the trend for a file from one snapshot. `search` is the query of the request's address. */
export async function readTrendFile(caller: Caller<"record:read">, how: How, search: string): Promise<TrendFile> {
  const points = await snapshot(caller, (tx) => listTrend(tx, how));
  return { points, how, generatedAt: new Date(), page: `${env().APP_URL}/trends${search}`, search };
}
