import "server-only";
import type { Prisma } from "@/generated/prisma/client";
import { loadCast, refOf, type Cast } from "@/features/actors/queries/register";
import { getDialogue, type DialogueDto } from "@/features/dialogues/queries";
import type { FigureScope, FigureUnit, Rule } from "@/features/figures/schema";
import { actorsIn, readStatements, toCounted, type StatementRow } from "@/features/statements/queries/rows";
import type { CountedStatement } from "@/features/statements/rules";
import { reading, type Source } from "@/lib/db";
import { invalid } from "@/lib/errors";
import { dayOf, type Day } from "@/lib/format";

/** A number that somebody published, as pages and the API show it. */
export type PublishedFigureDto = {
  id: string;
  dialogue: string | null;
  meeting: number | null;
  group: string | null;
  scope: FigureScope;
  unit: FigureUnit;
  value: number;
  printed: string | null;
  publisher: string;
  publishedOn: Day | null;
  rule: Rule | null;
  sourceUrl: string;
  note: string | null;
};

/** Everything that counting one dialogue needs, read once. */
export type DialogueRecord = {
  dialogue: DialogueDto;
  /** All statements in order, withdrawn ones included; the rules pass those over. */
  rows: StatementRow[];
  statements: CountedStatement[];
  cast: Cast;
  published: PublishedFigureDto[];
};

/** What a published figure is about. */
export const WITH_PLACE = {
  dialogue: { select: { slug: true } },
  meeting: { select: { number: true } },
  group: { select: { slug: true, iso3: true } },
} satisfies Prisma.PublishedFigureInclude;

type FigureRow = Prisma.PublishedFigureGetPayload<{ include: typeof WITH_PLACE }>;

export function publishedFigureDto(row: FigureRow): PublishedFigureDto {
  const { id, scope, unit, value, printed, publisher, publishedOn, rule, sourceUrl, note } = row;
  return {
    id,
    dialogue: row.dialogue?.slug ?? null,
    meeting: row.meeting?.number ?? null,
    group: row.group && refOf(row.group),
    scope,
    unit,
    value,
    printed,
    publisher,
    publishedOn: publishedOn && dayOf(publishedOn),
    rule: rule as Rule | null,
    sourceUrl,
    note,
  };
}

const IN_ORDER = [
  { unit: "asc" },
  { scope: "asc" },
  { value: "desc" },
  { publisher: "asc" },
  { id: "asc" },
] satisfies Prisma.PublishedFigureOrderByWithRelationInput[];

/** Published figures, of one dialogue or of all, in the order of their units and values. At most 1,000. */
export async function listPublishedFigures(
  source: Source,
  of: { dialogueId?: string; scope?: FigureScope } = {},
): Promise<PublishedFigureDto[]> {
  const rows = await reading(source).publishedFigure.findMany({
    where: of,
    include: WITH_PLACE,
    orderBy: IN_ORDER,
    take: 1000,
  });
  return rows.map(publishedFigureDto);
}

/** Reads a dialogue with all that counting it needs, in a number of queries that hardly depends on its size. */
export async function loadDialogueRecord(source: Source, ref: string): Promise<DialogueRecord> {
  const dialogue = await getDialogue(source, ref);
  const rows = await readStatements(source, { dialogueId: dialogue.id });
  const published = await listPublishedFigures(source, { dialogueId: dialogue.id });
  const groups = await groupIdsOf(source, published);
  const cast = await loadCast(source, [...actorsIn(rows), ...groups]);
  return { dialogue, rows, statements: rows.map(toCounted), cast, published };
}

/** The same of several dialogues, in as many queries as of one. */
export async function loadDialogueRecords(
  source: Source,
  dialogues: readonly DialogueDto[],
): Promise<DialogueRecord[]> {
  const ids = dialogues.map(({ id }) => id);
  const rows = await readStatements(source, { dialogueId: { in: ids } });
  const figures = await reading(source).publishedFigure.findMany({
    where: { dialogueId: { in: ids } },
    include: WITH_PLACE,
    orderBy: IN_ORDER,
  });
  const published = figures.map(publishedFigureDto);
  const cast = await loadCast(source, [...actorsIn(rows), ...(await groupIdsOf(source, published))]);
  return dialogues.map((dialogue) => {
    const held = rows.filter(({ dialogueId }) => dialogueId === dialogue.id);
    return {
      dialogue,
      rows: held,
      statements: held.map(toCounted),
      cast,
      published: published.filter((figure) => figure.dialogue === dialogue.slug),
    };
  });
}

async function groupIdsOf(source: Source, published: PublishedFigureDto[]): Promise<string[]> {
  const slugs = [...new Set(published.flatMap(({ group }) => (group ? [group] : [])))];
  if (slugs.length === 0) return [];
  const groups = await reading(source).actor.findMany({ where: { slug: { in: slugs } }, select: { id: true } });
  return groups.map(({ id }) => id);
}

/** The day on which a count looks at the world: the meeting's when one is chosen, else the dialogue's first. */
export function asOfDay({ dialogue }: Pick<DialogueRecord, "dialogue">, meeting: number | undefined): Day {
  if (meeting === undefined) return dialogue.startsOn;
  const found = dialogue.meetings.find(({ number }) => number === meeting);
  if (!found) throw invalid("meeting", `This dialogue has no meeting ${meeting}.`);
  return found.date;
}

/** What an address asks for, without a meeting that the dialogue does not have: addresses are shared, and shortened by hand. */
export function atMeeting<Q extends { meeting?: number | undefined }>(
  query: Q,
  { dialogue }: Pick<DialogueRecord, "dialogue">,
): Q {
  return dialogue.meetings.some(({ number }) => number === query.meeting) ? query : { ...query, meeting: undefined };
}

/** The claims about the whole dialogue, or about one meeting of it. */
export function claimsFor(published: PublishedFigureDto[], meeting: number | undefined): PublishedFigureDto[] {
  return published.filter((figure) =>
    meeting === undefined ? figure.scope === "total" : figure.scope === "meeting" && figure.meeting === meeting,
  );
}
