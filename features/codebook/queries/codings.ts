import "server-only";
import { printedName, WITH_NAMES } from "@/features/actors/queries/actor";
import type { ActorKind } from "@/features/actors/rules";
import { loadMerges } from "@/features/codebook/queries/merges";
import type { CodebookDto, IssueName, PositionValue } from "@/features/codebook/schema";
import type { NumberedPage } from "@/features/statements/queries/of-actor";
import type { Prisma } from "@/generated/prisma/client";
import type { Occasion, PositionKind } from "@/generated/prisma/enums";
import { reading, type Source } from "@/lib/db";
import { dateOf, dayOf } from "@/lib/format";

/** One coding of an issue: who, where, what, and under which version of the codebook. */
export type CodingDto = {
  id: string;
  kind: PositionKind;
  value: PositionValue | null;
  actor: { slug: string; name: string; kind: ActorKind };
  year: number;
  occasion: Occasion;
  dialogue: { slug: string; title: string } | null;
  statementId: string | null;
  note: string | null;
  sourceUrl: string | null;
  /** Number of the version under which it was coded. */
  codedUnder: number;
};

const WITH_ALL = {
  actor: { include: WITH_NAMES },
  dialogue: { select: { slug: true, title: true, startsOn: true } },
  codebook: { select: { number: true } },
} satisfies Prisma.PositionInclude;

/** Codings of statements that were withdrawn are out of every count and list. */
const STANDING = {
  OR: [{ statementId: null }, { statement: { withdrawnAt: null } }],
} satisfies Prisma.PositionWhereInput;

type Row = Prisma.PositionGetPayload<{ include: typeof WITH_ALL }>;

function codingDto({ actor, dialogue, codebook, ...row }: Row): CodingDto {
  const day = dayOf(dialogue?.startsOn ?? dateOf(`${row.year}-12-31`));
  return {
    id: row.id,
    kind: row.kind,
    value: row.value,
    actor: { slug: actor.slug, name: printedName(actor, day), kind: actor.kind },
    year: row.year,
    occasion: row.occasion,
    dialogue: dialogue && { slug: dialogue.slug, title: dialogue.title },
    statementId: row.statementId,
    note: row.note,
    sourceUrl: row.sourceUrl,
    codedUnder: codebook.number,
  };
}

/** How often each issue was coded, in one query: positions, mentions and signatures together. */
export async function countCodings(source: Source): Promise<Map<string, number>> {
  const rows = await reading(source).position.groupBy({
    by: ["issueId"],
    where: STANDING,
    _count: { _all: true },
  });
  return new Map(rows.map(({ issueId, _count }) => [issueId, _count._all]));
}

/** How often each issue of a version was coded, with the codings of those that were merged into it by then, by id. */
export async function countCodingsIn(source: Source, { number }: CodebookDto): Promise<Map<string, number>> {
  const merges = await loadMerges(source, number);
  const counts = new Map<string, number>();
  for (const [id, count] of await countCodings(source)) {
    const under = merges.get(id) ?? id;
    counts.set(under, (counts.get(under) ?? 0) + count);
  }
  return counts;
}

/** The issues whose codings are read under another one in a version, because they were merged into it, by their last names. */
export async function readUnder(source: Source, issueId: string, version: number): Promise<IssueName[]> {
  const merges = await loadMerges(source, version);
  const originals = [...merges].flatMap(([from, to]) => (to === issueId ? [from] : []));
  if (originals.length === 0) return [];
  const rows = await reading(source).issueDefinition.findMany({
    where: { issueId: { in: originals }, version: { number: { lte: version } } },
    orderBy: { version: { number: "asc" } },
    select: { issueId: true, code: true, title: true },
  });
  return [...new Map(rows.map(({ issueId: id, ...name }) => [id, { id, ...name }])).values()];
}

/** The codings of issues by id, the newest year first; withdrawn statements are left out. */
export async function listCodings(
  source: Source,
  issueIds: readonly string[],
  { page, size }: NumberedPage,
): Promise<{ rows: CodingDto[]; total: number }> {
  const db = reading(source);
  const where: Prisma.PositionWhereInput = {
    issueId: { in: [...issueIds] },
    ...STANDING,
  };
  const rows = await db.position.findMany({
    where,
    include: WITH_ALL,
    orderBy: [{ year: "desc" }, { actor: { slug: "asc" } }, { id: "asc" }],
    skip: (page - 1) * size,
    take: size,
  });
  return { rows: rows.map(codingDto), total: await db.position.count({ where }) };
}

/** A coding whose issue was split since: it waits to be coded again under one of the new issues. */
export type RecodeDto = CodingDto & {
  from: IssueName;
  /** The issues that it was split into, as the version that did it names them. */
  to: IssueName[];
  /** Number of that version. */
  splitIn: number;
};

/**
 * The codings that wait to be coded again: their issue was split by a version after theirs, and nothing of the same actor at the
 * same place is coded under what it was split into. With a number, the splits of later versions of the codebook are left out.
 */
export async function listRecodeQueue(
  source: Source,
  { page, size }: NumberedPage,
  codebook?: number,
): Promise<{ rows: RecodeDto[]; total: number }> {
  const db = reading(source);
  const waiting = await db.$queryRaw<{ id: string; split: number; total: bigint }[]>`
    SELECT position.id, min(version.number) AS split, count(*) OVER () AS total
    FROM position
    JOIN crosswalk_step step ON step.from_id = position.issue_id AND step.kind = 'split'
    JOIN codebook_version version ON version.id = step.version_id AND version.status = 'published'
    JOIN codebook_version coded ON coded.id = position.version_id AND coded.number < version.number
    LEFT JOIN statement ON statement.id = position.statement_id
    WHERE statement.withdrawn_at IS NULL AND (${codebook ?? null}::int IS NULL OR version.number <= ${codebook ?? null}::int)
      AND NOT EXISTS (
      SELECT FROM position again
      JOIN crosswalk_step into_step ON into_step.to_id = again.issue_id
        AND into_step.from_id = position.issue_id AND into_step.kind = 'split'
      WHERE again.actor_id = position.actor_id AND again.year = position.year AND again.occasion = position.occasion
        AND again.statement_id IS NOT DISTINCT FROM position.statement_id
        AND again.dialogue_id IS NOT DISTINCT FROM position.dialogue_id)
    GROUP BY position.id
    ORDER BY position.year DESC, position.id
    LIMIT ${size} OFFSET ${(page - 1) * size}`;
  const ids = waiting.map(({ id }) => id);
  const found = await db.position.findMany({ where: { id: { in: ids } }, include: WITH_ALL });
  const steps = await db.crosswalkStep.findMany({
    where: { kind: "split", fromId: { in: found.map(({ issueId }) => issueId) }, version: { status: "published" } },
    orderBy: { id: "asc" },
    include: { version: { include: { definitions: { select: { issueId: true, code: true, title: true } } } } },
  });
  const originals = await db.issueDefinition.findMany({
    where: { issueId: { in: found.map(({ issueId }) => issueId) } },
    orderBy: { version: { number: "asc" } },
    select: { issueId: true, code: true, title: true },
  });
  const nameOf = new Map(originals.map(({ issueId, ...name }) => [issueId, { id: issueId, ...name }]));
  const rows = waiting.flatMap(({ id, split }): RecodeDto[] => {
    const row = found.find((one) => one.id === id);
    const from = row && nameOf.get(row.issueId);
    if (!row || !from) return [];
    const to = steps.flatMap(({ fromId, toId, version }) => {
      const name = version.definitions.find(({ issueId }) => issueId === toId);
      return fromId === row.issueId && name ? [{ id: name.issueId, code: name.code, title: name.title }] : [];
    });
    return [{ ...codingDto(row), from, to, splitIn: split }];
  });
  return { rows, total: Number(waiting[0]?.total ?? 0) };
}
