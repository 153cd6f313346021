import "server-only";
import type { Prisma } from "@/generated/prisma/client";
import type { DialogueKind } from "@/features/dialogues/schema";
import { reading, type Source } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { dateOf, dayOf, type Day } from "@/lib/format";

export type MeetingDto = { number: number; date: Day; label: string };
export type ReportBrief = { slug: string; title: string; symbol: string | null };

/** A dialogue as pages and the API show it. */
export type DialogueDto = {
  id: string;
  slug: string;
  title: string;
  kind: DialogueKind;
  ordinal: number | null;
  startsOn: Day;
  endsOn: Day;
  body: string;
  /** Slug of the report considered; `considers` has its title. */
  report: string | null;
  considers: ReportBrief | null;
  meetings: MeetingDto[];
  note: string | null;
  sourceUrl: string | null;
  version: number;
};

export type ReportDto = ReportBrief & {
  id: string;
  publishedOn: Day | null;
  summary: string | null;
  sourceUrl: string | null;
  version: number;
  /** What it asks, in its order. */
  requests: { text: string; addressee: string | null; paragraph: string | null }[];
  dialogues: { slug: string; title: string; startsOn: Day; endsOn: Day }[];
};

const WITH_PARTS = {
  report: { select: { slug: true, title: true, symbol: true } },
  meetings: { orderBy: { number: "asc" } },
} satisfies Prisma.DialogueInclude;

type DialogueRow = Prisma.DialogueGetPayload<{ include: typeof WITH_PARTS }>;

function dialogueDto(row: DialogueRow): DialogueDto {
  return {
    id: row.id,
    slug: row.slug,
    title: row.title,
    kind: row.kind,
    ordinal: row.ordinal,
    startsOn: dayOf(row.startsOn),
    endsOn: dayOf(row.endsOn),
    body: row.body,
    report: row.report?.slug ?? null,
    considers: row.report,
    meetings: row.meetings.map(({ number, date, label }) => ({ number, date: dayOf(date), label })),
    note: row.note,
    sourceUrl: row.sourceUrl,
    version: row.version,
  };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A record's key by id, when the reference is one, or else by slug. */
function keyOf(ref: string): { id: string } | { slug: string } {
  return UUID.test(ref) ? { id: ref.toLowerCase() } : { slug: ref };
}

export async function findDialogue(source: Source, ref: string): Promise<DialogueDto | null> {
  const row = await reading(source).dialogue.findUnique({ where: keyOf(ref), include: WITH_PARTS });
  return row && dialogueDto(row);
}

/** The dialogue with this slug or id, or NOT_FOUND. */
export async function getDialogue(source: Source, ref: string): Promise<DialogueDto> {
  const dialogue = await findDialogue(source, ref);
  if (!dialogue) throw notFound("dialogue", ref);
  return dialogue;
}

export type DialogueFilter = { kind?: DialogueKind; q?: string; reportId?: string };
/** Where the last page ended: dialogues are listed newest first, those of one day by id. */
export type DialoguePlace = { startsOn: Day; id: string };

function matching({ kind, q, reportId }: DialogueFilter): Prisma.DialogueWhereInput {
  return {
    ...(kind ? { kind } : {}),
    ...(reportId ? { reportId } : {}),
    ...(q ? { OR: [{ title: { contains: q, mode: "insensitive" } }, { slug: { contains: q.toLowerCase() } }] } : {}),
  };
}

/** Dialogues, newest first, at most `limit` after `place`. */
export async function listDialogues(
  source: Source,
  filter: DialogueFilter,
  { limit, place }: { limit: number; place?: DialoguePlace },
): Promise<{ dialogues: DialogueDto[]; total: number }> {
  const db = reading(source);
  const where = matching(filter);
  const after = place && {
    OR: [{ startsOn: { lt: dateOf(place.startsOn) } }, { startsOn: dateOf(place.startsOn), id: { lt: place.id } }],
  };
  const rows = await db.dialogue.findMany({
    where: after ? { AND: [where, after] } : where,
    include: WITH_PARTS,
    orderBy: [{ startsOn: "desc" }, { id: "desc" }],
    take: limit,
  });
  const total = await db.dialogue.count({ where });
  return { dialogues: rows.map(dialogueDto), total };
}

const WITH_DIALOGUES = {
  dialogues: { select: { slug: true, title: true, startsOn: true, endsOn: true }, orderBy: { startsOn: "asc" } },
  requests: { select: { text: true, addressee: true, paragraph: true }, orderBy: { place: "asc" } },
} satisfies Prisma.ReportInclude;

type ReportRow = Prisma.ReportGetPayload<{ include: typeof WITH_DIALOGUES }>;

function reportDto({ publishedOn, dialogues, ...row }: ReportRow): ReportDto {
  return {
    ...row,
    publishedOn: publishedOn && dayOf(publishedOn),
    dialogues: dialogues.map((dialogue) => ({
      ...dialogue,
      startsOn: dayOf(dialogue.startsOn),
      endsOn: dayOf(dialogue.endsOn),
    })),
  };
}

/** The report with this slug, symbol or id, or null. */
export async function findReport(source: Source, ref: string): Promise<ReportDto | null> {
  const row = await reading(source).report.findFirst({
    where: UUID.test(ref) ? { id: ref.toLowerCase() } : { OR: [{ slug: ref }, { symbol: ref }] },
    include: WITH_DIALOGUES,
  });
  return row && reportDto(row);
}

/** The report with this slug, symbol or id, or NOT_FOUND. */
export async function getReport(source: Source, ref: string): Promise<ReportDto> {
  const report = await findReport(source, ref);
  if (!report) throw notFound("report", ref);
  return report;
}

function sought(q: string): Prisma.ReportWhereInput {
  const contains = { contains: q, mode: "insensitive" } as const;
  return { OR: [{ title: contains }, { symbol: contains }] };
}

/**
 * Reports, newest first: by the first dialogue that considered them, or by publication. With `q` those that have it in
 * their title or symbol. At most 500.
 */
export async function listReports(source: Source, q?: string): Promise<ReportDto[]> {
  const rows = await reading(source).report.findMany({
    ...(q ? { where: sought(q) } : {}),
    include: WITH_DIALOGUES,
    orderBy: { slug: "desc" },
    take: 500,
  });
  const dayFor = (report: ReportDto): string => report.dialogues[0]?.startsOn ?? report.publishedOn ?? "";
  return rows.map(reportDto).sort((a, b) => (dayFor(a) < dayFor(b) ? 1 : -1));
}

const MOST_CHOICES = 1000;

/** The dialogues to choose one from, the newest first. */
export async function listDialogueChoices(source: Source): Promise<{ slug: string; title: string }[]> {
  const rows = await reading(source).dialogue.findMany({
    select: { slug: true, title: true, startsOn: true },
    orderBy: [{ startsOn: "desc" }, { slug: "asc" }],
    take: MOST_CHOICES,
  });
  return rows.map(({ slug, title, startsOn }) => ({ slug, title: `${title} (${dayOf(startsOn).slice(0, 4)})` }));
}
