import "server-only";
import { loadCast, type Cast } from "@/features/actors/queries/register";
import { compareText } from "@/features/actors/rules";
import { participant, type ParticipantDto } from "@/features/statements/queries/participants";
import { actorsIn, WITH_REPRESENTATIONS, type StatementRow } from "@/features/statements/queries/rows";
import { loadTouching, routesTo, type Touched } from "@/features/statements/queries/touching";
import type { Prisma } from "@/generated/prisma/client";
import { reading, type Source } from "@/lib/db";
import { dayOf, type Day } from "@/lib/format";

/** One statement among those of an actor over the years. */
export type ActorStatement = ParticipantDto & { dialogue: { slug: string; title: string; startsOn: Day } };

/** A statement that covers an actor without being its own, and in words by what: "through Nordic countries", "named", "aligned". */
export type CoveringStatement = ActorStatement & { through: string };

/** A page of a list by its number, from 1. */
export type NumberedPage = { page: number; size: number };

const WITH_DIALOGUE = {
  ...WITH_REPRESENTATIONS,
  dialogue: { select: { slug: true, startsOn: true, title: true } },
} satisfies Prisma.StatementInclude;

type Row = StatementRow & { dialogue: { title: string } };

const NEWEST_FIRST = [
  { dialogue: { startsOn: "desc" } },
  { dialogueId: "desc" },
  { order: "asc" },
] satisfies Prisma.StatementOrderByWithRelationInput[];

function actorStatement(row: Row, cast: Cast): ActorStatement {
  const { slug, title, startsOn } = row.dialogue;
  return { ...participant(row, { cast }), dialogue: { slug, title, startsOn: dayOf(startsOn) } };
}

async function page(
  source: Source,
  where: Prisma.StatementWhereInput,
  { page, size }: NumberedPage,
): Promise<{ statements: ActorStatement[]; total: number }> {
  const db = reading(source);
  const rows = await db.statement.findMany({
    where,
    include: WITH_DIALOGUE,
    orderBy: NEWEST_FIRST,
    skip: (page - 1) * size,
    take: size,
  });
  const total = await db.statement.count({ where });
  const cast = await loadCast(source, actorsIn(rows));
  return { statements: rows.map((row) => actorStatement(row, cast)), total };
}

/** Statements by id, in the order of the ids; those that are not there are left out. */
export async function statementsByIds(source: Source, ids: readonly string[]): Promise<ActorStatement[]> {
  const rows = await reading(source).statement.findMany({ where: { id: { in: [...ids] } }, include: WITH_DIALOGUE });
  const cast = await loadCast(source, actorsIn(rows));
  const found = new Map(rows.map((row) => [row.id, actorStatement(row, cast)]));
  return ids.flatMap((id) => found.get(id) ?? []);
}

/** What an actor delivered over the years, the newest dialogue first; withdrawn statements are left out. */
export async function listStatementsBy(source: Source, actorId: string, at: NumberedPage) {
  return page(source, { speakerId: actorId, withdrawnAt: null }, at);
}

/** What was delivered on behalf of a group by whomever, the newest dialogue first; withdrawn statements are left out. */
export async function listStatementsFor(source: Source, groupId: string, at: NumberedPage) {
  return page(source, { withdrawnAt: null, representations: { some: { basis: "group", actorId: groupId } } }, at);
}

/**
 * Statements by others that covered an actor: through a group on its day and not struck out, by name, or by alignment.
 * Whom a statement covers is decided by the one rule (`coverageOf`); the database only leaves out those that cannot.
 */
export async function listStatementsCovering(
  source: Source,
  actorId: string,
  { page, size }: NumberedPage,
  known?: Touched,
): Promise<{ statements: CoveringStatement[]; total: number }> {
  const { touching, register } = known ?? (await loadTouching(source, actorId));
  const routesOf = routesTo(actorId, register);
  const covering = touching
    .filter(({ statement }) => statement.speakerId !== actorId)
    .flatMap(({ statement, startsOn, dialogueId, order }) => {
      const routes = routesOf(statement);
      return routes.length > 0 ? [{ id: statement.id, routes, startsOn, dialogueId, order }] : [];
    })
    .sort(
      (a, b) => compareText(b.startsOn, a.startsOn) || compareText(b.dialogueId, a.dialogueId) || a.order - b.order,
    );
  const shown = covering.slice((page - 1) * size, page * size);
  const rows = await reading(source).statement.findMany({
    where: { id: { in: shown.map(({ id }) => id) } },
    include: WITH_DIALOGUE,
  });
  const cast = await loadCast(source, actorsIn(rows));
  return {
    statements: shown.flatMap(({ id, routes }) => {
      const row = rows.find((one) => one.id === id);
      return row ? [{ ...actorStatement(row, cast), through: throughInWords(routes, row, cast) }] : [];
    }),
    total: covering.length,
  };
}

function throughInWords(routes: readonly string[], row: Row, cast: Cast): string {
  const day = dayOf(row.meeting?.date ?? row.dialogue.startsOn);
  const words = routes.map((route) => {
    if (!route.startsWith("group:")) return route.slice(0, route.indexOf(":"));
    const group = cast.register.parties.find(({ ref }) => ref === route.slice("group:".length));
    return `through ${group ? cast.nameOn(group.id, day) : route}`;
  });
  return words.join("; ");
}
