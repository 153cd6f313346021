import "server-only";
import { printedName, WITH_NAMES } from "@/features/actors/queries/actor";
import { findCurrentVersion } from "@/features/codebook/queries/codebook";
import { loadReading } from "@/features/codebook/queries/reading";
import type { IssueReading } from "@/features/codebook/rules";
import { COUNTED } from "@/features/positions/queries/scope";
import { codingStatus, type CodingStatus } from "@/features/positions/schema";
import type { Prisma } from "@/generated/prisma/client";
import { reading, type Source } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { dayOf, type Day } from "@/lib/format";
import { uuidOf } from "@/lib/uuid";

/** How far the coding of one statement is. */
export type CodingState = {
  status: CodingStatus;
  /** Number of the version of the codebook under which it was coded; null when it is not. */
  codebook: number | null;
  coder: string | null;
  submittedAt: string | null;
  /**
   * Positions, mentions and signatures on record on issues of the version, what was merged into them included; and those on
   * issues that it does not have.
   */
  positions: number;
  apart: number;
  /** Stored texts to code from. */
  texts: number;
};

/** How many of a dialogue's statements are coded. Openings, panellists and withdrawn statements are not asked for. */
export type CodingProgress = { coded: number; total: number };

const CODED = { coding: { submittedAt: { not: null } } } satisfies Prisma.StatementWhereInput;
const UNCODED = { OR: [{ coding: null }, { coding: { submittedAt: null } }] } satisfies Prisma.StatementWhereInput;

/** How many positions each statement of a dialogue has, by whether the version has the issue under which each is read. */
async function countPositions(source: Source, dialogueId: string, issues: IssueReading) {
  const rows = await reading(source).position.groupBy({
    by: ["statementId", "issueId"],
    where: { dialogueId, statementId: { not: null } },
    _count: { _all: true },
  });
  const counts = new Map<string, { positions: number; apart: number }>();
  for (const { statementId, issueId, _count } of rows) {
    const known = counts.get(statementId ?? "") ?? { positions: 0, apart: 0 };
    known[issues.read(issueId).reading === "absent" ? "apart" : "positions"] += _count._all;
    counts.set(statementId ?? "", known);
  }
  return counts;
}

/**
 * The state of the coding of each statement of a dialogue, by its id, against a version of the codebook (the newest published one
 * without a number); withdrawn statements are left out. Throws INVALID under `codebook` for a number that no version has.
 */
export async function codingStates(
  source: Source,
  dialogueId: string,
  codebook?: number,
): Promise<Map<string, CodingState>> {
  const issues = await loadReading(source, codebook);
  const counts = await countPositions(source, dialogueId, issues);
  const rows = await reading(source).statement.findMany({
    where: { dialogueId, withdrawnAt: null },
    select: {
      id: true,
      coding: { select: { submittedAt: true, coderName: true, codebook: { select: { number: true } } } },
      _count: { select: { texts: true } },
    },
  });
  return new Map(
    rows.map(({ id, coding, _count: { texts } }) => {
      const submitted = coding?.submittedAt ? coding : null;
      const number = submitted?.codebook.number ?? null;
      return [
        id,
        {
          status: codingStatus(number, issues.number),
          codebook: number,
          coder: submitted?.coderName ?? null,
          submittedAt: submitted?.submittedAt?.toISOString() ?? null,
          texts,
          ...(counts.get(id) ?? { positions: 0, apart: 0 }),
        },
      ];
    }),
  );
}

/** How far the coding of a dialogue is. */
export async function codingProgress(source: Source, dialogueId: string): Promise<CodingProgress> {
  const db = reading(source);
  const where = { ...COUNTED, dialogueId };
  return {
    coded: await db.statement.count({ where: { ...where, ...CODED } }),
    total: await db.statement.count({ where }),
  };
}

/** A statement by its place: `path` is the address of its page. */
export type StatementPlace = { id: string; dialogue: string; path: string };

function placeOf({ id, dialogue: { slug } }: { id: string; dialogue: { slug: string } }): StatementPlace {
  return { id, dialogue: slug, path: `/dialogues/${slug}/statements/${id}` };
}

const PLACE = { id: true, dialogue: { select: { slug: true } } } satisfies Prisma.StatementSelect;

/**
 * The statement of the same dialogue that is to be coded after this one: the next in the order of speaking that is not coded,
 * then from the first on; null when all are. NOT_FOUND when there is no such statement.
 */
export async function findNextUncoded(
  source: Source,
  statementId: string,
): Promise<{ here: StatementPlace; next: StatementPlace | null }> {
  const db = reading(source);
  const at = await db.statement.findUnique({
    where: { id: statementId },
    select: { ...PLACE, dialogueId: true, order: true },
  });
  if (!at) throw notFound("statement", statementId);
  const where = { ...COUNTED, ...UNCODED, dialogueId: at.dialogueId, NOT: { id: at.id } };
  const after = { where: { ...where, order: { gt: at.order } }, orderBy: { order: "asc" }, select: PLACE } as const;
  const next =
    (await db.statement.findFirst(after)) ??
    (await db.statement.findFirst({ where, orderBy: { order: "asc" }, select: PLACE }));
  return { here: placeOf(at), next: next && placeOf(next) };
}

/** A dialogue in which something waits to be coded. */
export type DialogueToCode = CodingProgress & {
  slug: string;
  title: string;
  startsOn: Day;
  /** Statements not coded that have a text to code from. */
  withText: number;
  /** Of the coded ones, those under an earlier version than the one that is asked for. */
  before: number;
};

/**
 * Dialogues with statements that are not coded yet, the newest first, with how far each is against a version of the codebook (the
 * newest published one without a number).
 */
export async function listDialoguesToCode(source: Source, codebook?: number): Promise<DialogueToCode[]> {
  const db = reading(source);
  const number = codebook ?? (await findCurrentVersion(source))?.number ?? 0;
  const totals = await db.statement.groupBy({ by: ["dialogueId"], where: COUNTED, _count: { id: true } });
  const coded = await db.statement.groupBy({
    by: ["dialogueId"],
    where: { ...COUNTED, ...CODED },
    _count: { id: true },
  });
  const withText = await db.statement.groupBy({
    by: ["dialogueId"],
    where: { ...COUNTED, ...UNCODED, texts: { some: {} } },
    _count: { id: true },
  });
  const before = await db.statement.groupBy({
    by: ["dialogueId"],
    where: { ...COUNTED, coding: { submittedAt: { not: null }, codebook: { number: { lt: number } } } },
    _count: { id: true },
  });
  const dialogues = await db.dialogue.findMany({
    where: { id: { in: totals.map(({ dialogueId }) => dialogueId) } },
    select: { id: true, slug: true, title: true, startsOn: true },
    orderBy: [{ startsOn: "desc" }, { id: "desc" }],
  });
  const countOf = (rows: typeof totals, id: string): number =>
    rows.find(({ dialogueId }) => dialogueId === id)?._count.id ?? 0;
  return dialogues
    .map(({ id, startsOn, ...dialogue }) => ({
      ...dialogue,
      startsOn: dayOf(startsOn),
      coded: countOf(coded, id),
      total: countOf(totals, id),
      withText: countOf(withText, id),
      before: countOf(before, id),
    }))
    .filter(({ coded, total }) => coded < total);
}

/** A statement that was coded, for the page that follows. */
export type CodedStatement = { path: string; speaker: string; positions: number };

/** The coded statement with this id; null when there is none, for the id comes from an address. */
export async function findCoded(source: Source, ref: string | undefined): Promise<CodedStatement | null> {
  const id = ref && uuidOf(ref);
  const found =
    id &&
    (await reading(source).statement.findFirst({
      where: { id, withdrawnAt: null, ...CODED },
      select: {
        ...PLACE,
        dialogue: { select: { slug: true, startsOn: true } },
        speaker: { include: WITH_NAMES },
        _count: { select: { positions: true } },
      },
    }));
  if (!found) return null;
  const { speaker, dialogue, _count } = found;
  return {
    path: placeOf(found).path,
    speaker: printedName(speaker, dayOf(dialogue.startsOn)),
    positions: _count.positions,
  };
}

/** How far the coding of several dialogues is, by their ids: two queries, however many they are. */
export async function listCodingProgress(
  source: Source,
  dialogueIds: readonly string[],
): Promise<Map<string, CodingProgress>> {
  const db = reading(source);
  const where = { ...COUNTED, dialogueId: { in: [...dialogueIds] } };
  const totals = await db.statement.groupBy({ by: ["dialogueId"], where, _count: { id: true } });
  const coded = await db.statement.groupBy({
    by: ["dialogueId"],
    where: { ...where, ...CODED },
    _count: { id: true },
  });
  const codedOf = new Map(coded.map(({ dialogueId, _count }) => [dialogueId, _count.id]));
  return new Map(
    totals.map(({ dialogueId, _count }) => [dialogueId, { total: _count.id, coded: codedOf.get(dialogueId) ?? 0 }]),
  );
}
