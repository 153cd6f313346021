import "server-only";
import { findActorIds } from "@/features/actors/queries/resolve";
import { loadReading } from "@/features/codebook/queries/reading";
import { scopeOf } from "@/features/positions/queries/matrix";
import { loadBearings, type Bearing } from "@/features/positions/queries/reach";
import { COUNTED_SQL } from "@/features/positions/queries/scope";
import type { CodedShare } from "@/features/positions/rules/strength";
import type { StatementsQuery } from "@/features/positions/schema";
import { Prisma } from "@/generated/prisma/client";
import { reading, type Source } from "@/lib/db";
import { invalid } from "@/lib/errors";

/**
 * The versions of the codebook that ask about an issue, or about one that was merged into it up to version `codebook`: what was coded
 * under another version is not coded for it. Throws INVALID under `issue` for a code that no version has.
 */
export async function versionsWith(source: Source, code: string, codebook?: number): Promise<Set<string>> {
  const ids = (await loadReading(source, codebook)).idsOf(code);
  if (ids.length === 0) throw invalid("issue", `The codebook has no issue "${code}".`);
  const rows = await reading(source).issueDefinition.findMany({
    where: { issueId: { in: ids } },
    select: { versionId: true },
  });
  return new Set(rows.map(({ versionId }) => versionId));
}

/** How many of the statements that speak for an actor were read for the codebook, or for what some of its versions ask. */
export function shareOf(bearings: readonly Bearing[], versions?: ReadonlySet<string>): CodedShare {
  const isCoded = ({ codedUnder }: Bearing): boolean =>
    codedUnder !== null && (versions === undefined || versions.has(codedUnder));
  return { statements: bearings.length, coded: bearings.filter(isCoded).length };
}

async function ofActor(source: Source, { actor, mode }: StatementsQuery): Promise<Prisma.Sql> {
  if (actor === undefined) return Prisma.sql`true`;
  const id = (await findActorIds(source, [actor])).get(actor);
  if (id === undefined) throw invalid("actor", `No actor is known as "${actor}".`);
  const { bearings } = await loadBearings(source, id);
  const ids = bearings.flatMap((one) => (mode === undefined || one.mode === mode ? one.statement.id : []));
  return Prisma.sql`s.id = ANY(${ids}::uuid[])`;
}

async function inScope(source: Source, { dialogue, asOf }: StatementsQuery): Promise<Prisma.Sql> {
  if (dialogue === undefined && asOf === undefined) return Prisma.sql`true`;
  const { scope } = await scopeOf(source, { dialogue, asOf });
  if ("dialogueId" in scope) return Prisma.sql`s.dialogue_id = ${scope.dialogueId}::uuid`;
  return Prisma.sql`d.starts_on <= ${scope.asOf}::date`;
}

async function isCoded(source: Source, { issue, coded, codebook }: StatementsQuery): Promise<Prisma.Sql> {
  if (coded === undefined) return Prisma.sql`true`;
  const versions = issue === undefined ? null : [...(await versionsWith(source, issue, codebook))];
  const under = versions === null ? Prisma.sql`true` : Prisma.sql`c.version_id = ANY(${versions}::uuid[])`;
  const found = Prisma.sql`EXISTS (SELECT FROM coding c
    WHERE c.statement_id = s.id AND c.submitted_at IS NOT NULL AND ${under})`;
  return coded === "yes" ? found : Prisma.sql`NOT ${found}`;
}

/**
 * The statements that count, the newest dialogue first: of an actor those that speak for it, up to a day or at one dialogue, coded
 * or not (for an issue when one is named). Gives the ids of one page and how many there are.
 * Throws INVALID for an actor or issue that nobody has, NOT_FOUND for the dialogue.
 */
export async function findStatementsToCode(
  source: Source,
  query: StatementsQuery,
  { page, size }: { page: number; size: number },
): Promise<{ ids: string[]; total: number }> {
  const where = Prisma.sql`${COUNTED_SQL} AND ${await ofActor(source, query)} AND ${await inScope(source, query)}
    AND ${await isCoded(source, query)}`;
  const rows = await reading(source).$queryRaw<{ id: string }[]>`
    SELECT s.id FROM statement s JOIN dialogue d ON d.id = s.dialogue_id WHERE ${where}
    ORDER BY d.starts_on DESC, d.id DESC, s."order", s.id LIMIT ${size} OFFSET ${(page - 1) * size}`;
  const [counted] = await reading(source).$queryRaw<{ total: bigint }[]>`
    SELECT count(*) AS total FROM statement s JOIN dialogue d ON d.id = s.dialogue_id WHERE ${where}`;
  return { ids: rows.map(({ id }) => id), total: Number(counted?.total ?? 0) };
}
