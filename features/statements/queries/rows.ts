import "server-only";
import type { Prisma } from "@/generated/prisma/client";
import type { CountedStatement } from "@/features/statements/rules";
import { reading, type Source } from "@/lib/db";
import { dayOf, type Day } from "@/lib/format";

/** A statement with everything that counting and printing it needs. */
export const WITH_REPRESENTATIONS = {
  meeting: { select: { number: true, date: true } },
  dialogue: { select: { slug: true, startsOn: true } },
  coding: { select: { submittedAt: true, codebook: { select: { number: true } } } },
  representations: {
    orderBy: { position: "asc" },
    select: { basis: true, actorId: true, exclusions: { select: { actorId: true } } },
  },
} satisfies Prisma.StatementInclude;

export type StatementRow = Prisma.StatementGetPayload<{ include: typeof WITH_REPRESENTATIONS }>;

/** Statements per query: a relation is read by the ids of its rows, and Postgres takes 32,767 values in one statement. */
const PORTION = 10_000;

/** All statements that fit, in the order of speaking; read in portions, so that their number has no limit. */
export async function readStatements(source: Source, where: Prisma.StatementWhereInput): Promise<StatementRow[]> {
  const rows: StatementRow[] = [];
  for (;;) {
    const last = rows.at(-1);
    const portion = await reading(source).statement.findMany({
      where: last ? { AND: [where, { id: { gt: last.id } }] } : where,
      include: WITH_REPRESENTATIONS,
      orderBy: { id: "asc" },
      take: PORTION,
    });
    for (const row of portion) rows.push(row);
    if (portion.length < PORTION) return rows.sort((a, b) => a.order - b.order);
  }
}

/** The day on which a statement's memberships are read: its meeting's, or else the dialogue's first. */
export function dayOfStatement({ meeting, dialogue }: Pick<StatementRow, "meeting" | "dialogue">): Day {
  return dayOf(meeting?.date ?? dialogue.startsOn);
}

/** A stored statement as the counting rules see it. */
export function toCounted(row: StatementRow): CountedStatement {
  return {
    id: row.id,
    speakerId: row.speakerId,
    role: row.role,
    day: dayOfStatement(row),
    meeting: row.meeting?.number ?? null,
    withdrawn: row.withdrawnAt !== null,
    representations: row.representations.map(({ basis, actorId, exclusions }) => ({
      basis,
      actorId,
      excluded: exclusions.map((exclusion) => exclusion.actorId),
    })),
  };
}

/** Every actor that statements name: speakers, parties, members struck out. */
export function actorsIn(rows: StatementRow[]): Set<string> {
  const ids = new Set<string>();
  for (const { speakerId, representations } of rows) {
    ids.add(speakerId);
    for (const { actorId, exclusions } of representations) {
      if (actorId) ids.add(actorId);
      for (const exclusion of exclusions) ids.add(exclusion.actorId);
    }
  }
  return ids;
}
