import "server-only";
import { findActorIds } from "@/features/actors/queries/resolve";
import { loadCast, type Cast } from "@/features/actors/queries/register";
import { compareText } from "@/features/actors/rules";
import { loadReading } from "@/features/codebook/queries/reading";
import type { IssueReading } from "@/features/codebook/rules";
import { findDialogue } from "@/features/dialogues/queries";
import { loadBearings } from "@/features/positions/queries/reach";
import { COUNTED, type Scope } from "@/features/positions/queries/scope";
import { positionDto, WITH_QUOTATION, type PositionDto } from "@/features/positions/queries/statement";
import { findPositionsOf } from "@/features/positions/queries/tally";
import { groupsOf, reachedBy } from "@/features/positions/rules/settled";
import type { Mode, Occasion, PositionsQuery } from "@/features/positions/schema";
import { actorsIn, readStatements, toCounted, WITH_REPRESENTATIONS } from "@/features/statements/queries/rows";
import { representationsOf, type CountedStatement } from "@/features/statements/rules";
import type { Prisma } from "@/generated/prisma/client";
import { reading, type Source } from "@/lib/db";
import { invalid } from "@/lib/errors";
import { dayOf, type Day } from "@/lib/format";

const WITH_EVIDENCE = {
  ...WITH_QUOTATION,
  statement: { include: WITH_REPRESENTATIONS },
  dialogue: { select: { slug: true, startsOn: true } },
} satisfies Prisma.PositionInclude;

type EvidenceRow = Prisma.PositionGetPayload<{ include: typeof WITH_EVIDENCE }>;

/** A position as one actor has it: in its own voice, or because a statement for others covers it. */
export type ActorPosition = PositionDto & {
  /** Null on another occasion than a dialogue. */
  dialogue: string | null;
  year: number;
  occasion: Occasion;
  /** Null where a source attributes it without a statement on record. */
  statement: string | null;
  /** ISO3 of a state or observer, else the slug. */
  actor: string;
  actorName: string;
  mode: Mode;
  /** The group, or the actor that spoke for it; null in its own voice. */
  through: string | null;
};

/** Where a page ended: positions are listed in the order in which they were coded, and of one by the actor's ref. */
export type PositionPlace = { id: string; actor: string };

type Having = { actorId: string; mode: Mode; through: string | null };

/** Who has the positions of a statement, and how. A group has its own voice in them when `groupId` asks for it. */
function havingStatement(
  statement: CountedStatement,
  { register }: Cast,
  { aligned }: PositionsQuery,
  groupId: string | null,
): Having[] {
  const isOwn = representationsOf(statement).some(({ basis }) => basis === "own");
  const own = [...(isOwn ? [statement.speakerId] : []), ...groupsOf(statement).filter((id) => id === groupId)];
  return [
    ...own.map((actorId): Having => ({ actorId, mode: "own", through: null })),
    ...reachedBy(statement, register, aligned)
      .filter(({ actorId }) => !own.includes(actorId))
      .map(({ actorId, through }): Having => ({ actorId, mode: "delegated", through })),
  ];
}

/** Who has a stored position, and how, by ref. */
function havingIt(row: EvidenceRow, cast: Cast, query: PositionsQuery, groupId: string | null): Having[] {
  if (row.statement) {
    const refOf = ({ actorId }: Having) => cast.brief(actorId).ref;
    return havingStatement(toCounted(row.statement), cast, query, groupId).sort((a, b) =>
      compareText(refOf(a), refOf(b)),
    );
  }
  const through = row.throughId === null ? null : cast.brief(row.throughId).ref;
  return [{ actorId: row.actorId, mode: through === null ? "own" : "delegated", through }];
}

/** Only positions that can reach the actor: its own, those of its groups, those for it by name. The one rule decides. */
async function touching(source: Source, actorId: string): Promise<Prisma.PositionWhereInput> {
  const groups = await reading(source).membership.findMany({
    where: { memberId: actorId },
    select: { groupId: true },
    distinct: ["groupId"],
  });
  const parties = [actorId, ...groups.map(({ groupId }) => groupId)];
  return { OR: [{ actorId }, { statement: { representations: { some: { actorId: { in: parties } } } } }] };
}

async function filtersOf(
  source: Source,
  query: PositionsQuery,
  issues: IssueReading,
): Promise<Pick<Filters, "where" | "actorId">> {
  const { dialogue, actor, issue, value, kind } = query;
  const dialogueId = dialogue === undefined ? undefined : (await findDialogue(source, dialogue))?.id;
  if (dialogue !== undefined && dialogueId === undefined) {
    throw invalid("dialogue", `There is no dialogue "${dialogue}".`);
  }
  const actorId = actor === undefined ? null : (await findActorIds(source, [actor])).get(actor);
  if (actorId === undefined) throw invalid("actor", `No actor is known as "${actor}".`);
  const issueIds = issue === undefined ? undefined : issues.idsOf(issue);
  if (issueIds?.length === 0) throw invalid("issue", `The codebook has no issue "${issue}".`);
  return {
    actorId,
    where: {
      AND: [
        { OR: [{ statementId: null }, { statement: COUNTED }] },
        dialogueId === undefined ? {} : { dialogueId },
        issueIds === undefined ? {} : { issueId: { in: issueIds } },
        value === undefined ? {} : { value },
        kind === undefined ? {} : { kind },
        actorId === null ? {} : await touching(source, actorId),
      ],
    },
  };
}

async function castFor(source: Source, rows: EvidenceRow[]): Promise<Cast> {
  const statements = rows.flatMap(({ statement }) => (statement ? [statement] : []));
  const through = rows.flatMap(({ actorId, throughId }) => (throughId ? [actorId, throughId] : [actorId]));
  return loadCast(source, [...actorsIn(statements), ...through]);
}

function dto(row: EvidenceRow, { actorId, mode, through }: Having, cast: Cast, issues: IssueReading): ActorPosition {
  const day: Day = row.dialogue ? dayOf(row.dialogue.startsOn) : `${row.year}-12-31`;
  return {
    ...positionDto(row, issues),
    dialogue: row.dialogue?.slug ?? null,
    year: row.year,
    occasion: row.occasion,
    statement: row.statementId,
    actor: cast.brief(actorId).ref,
    actorName: cast.nameOn(actorId, day),
    mode,
    through,
  };
}

/** Positions of which nobody but the speaker, or the actor that a source names, has part. */
const ALONE: Prisma.PositionWhereInput = {
  OR: [{ statementId: null }, { statement: { representations: { every: { basis: "own" } } } }],
};

/** How many rows all pages have: what one actor has is counted by the database, the rest by whom each statement reaches. */
async function countRows(
  source: Source,
  { where, actorId, query, isWanted }: Filters & { isWanted: (having: Having) => boolean },
): Promise<number> {
  const db = reading(source);
  const mine = actorId === null ? {} : { actorId };
  // Only what a source attributes has a group beside the actor.
  const part = query.mode === undefined ? {} : { throughId: query.mode === "own" ? null : { not: null } };
  const alone = await db.position.count({ where: { AND: [where, ALONE, mine, part] } });
  const shared = await db.position.groupBy({
    by: ["statementId"],
    where: { AND: [where, { NOT: ALONE }] },
    _count: { id: true },
  });
  const counts = new Map(shared.map(({ statementId, _count }) => [statementId, _count.id]));
  const statements = await readStatements(source, {
    AND: [{ positions: { some: where } }, { representations: { some: { basis: { not: "own" } } } }],
  });
  const cast = await loadCast(source, actorsIn(statements));
  return statements.reduce((sum, row) => {
    const having = havingStatement(toCounted(row), cast, query, actorId).filter(isWanted).length;
    return sum + having * (counts.get(row.id) ?? 0);
  }, alone);
}

type Filters = { where: Prisma.PositionWhereInput; actorId: string | null; query: PositionsQuery };

/**
 * Positions as actors have them, one row per actor: in its own voice, or delegated where a statement for others covers it on its
 * day. Issues are read by a version of the codebook, the newest published one without a number. Positions of statements that do
 * not count (withdrawn ones, openings, panels) are left out. At most `limit` rows after `place`; `total` counts all.
 * Throws INVALID for a dialogue, actor, issue or version that does not exist.
 */
export async function listPositions(
  source: Source,
  query: PositionsQuery,
  { limit, place }: { limit: number; place?: PositionPlace },
): Promise<{ positions: ActorPosition[]; total: number }> {
  const issues = await loadReading(source, query.codebook);
  const { where, actorId } = await filtersOf(source, query, issues);
  const isWanted = (having: Having): boolean =>
    (query.mode === undefined || having.mode === query.mode) && (actorId === null || having.actorId === actorId);
  const total = await countRows(source, { where, actorId, query, isWanted });
  const positions: ActorPosition[] = [];
  let after: Prisma.PositionWhereInput = place ? { id: { gte: place.id } } : {};
  while (positions.length < limit) {
    const rows = await reading(source).position.findMany({
      where: { AND: [where, after] },
      include: WITH_EVIDENCE,
      orderBy: { id: "asc" },
      take: limit,
    });
    const cast = await castFor(source, rows);
    for (const row of rows) {
      for (const having of havingIt(row, cast, query, actorId)) {
        const isPast = place?.id === row.id && cast.brief(having.actorId).ref <= place.actor;
        if (!isPast && isWanted(having)) positions.push(dto(row, having, cast, issues));
      }
    }
    const last = rows.at(-1);
    if (!last || rows.length < limit) break;
    after = { id: { gt: last.id } };
  }
  return { positions: positions.slice(0, limit), total };
}

/** Which positions of an actor are listed: codes of issues, and at one dialogue alone or up to a day. */
export type OfActorQuery = Pick<PositionsQuery, "mode" | "value" | "codebook"> & {
  issues?: string[] | undefined;
  scope?: Scope | undefined;
};

/** One page of the positions of an actor, the newest first; mentions, signatures and votes are not among them. */
export async function listPositionsOf(
  source: Source,
  actorId: string,
  { mode, value, issues: codes, codebook, scope }: OfActorQuery,
  at: { page: number; size: number },
): Promise<{ positions: ActorPosition[]; total: number }> {
  const issues = await loadReading(source, codebook);
  const issueIds = codes?.flatMap((code) => issues.idsOf(code));
  const { bearings } = await loadBearings(source, actorId);
  const { rows: found, total } = await findPositionsOf(source, actorId, bearings, { mode, value, issueIds, scope }, at);
  const positions = await positionsByIds(
    source,
    found.map((one) => ({ ...one, actorId })),
    issues,
  );
  return { positions, total };
}

/** Stored positions as actors have them, in the order given; those that are gone are left out. */
export async function positionsByIds(
  source: Source,
  wanted: readonly (Having & { id: string })[],
  issues: IssueReading,
): Promise<ActorPosition[]> {
  const rows = await reading(source).position.findMany({
    where: { id: { in: wanted.map(({ id }) => id) } },
    include: WITH_EVIDENCE,
  });
  const statements = rows.flatMap(({ statement }) => (statement ? [statement] : []));
  const cast = await loadCast(source, [...actorsIn(statements), ...wanted.map(({ actorId }) => actorId)]);
  const found = new Map(rows.map((row) => [row.id, row]));
  return wanted.flatMap(({ id, ...having }) => {
    const row = found.get(id);
    return row ? [dto(row, having, cast, issues)] : [];
  });
}
