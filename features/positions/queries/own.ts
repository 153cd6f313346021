import "server-only";
import type { PositionValue } from "@/features/codebook/schema";
import type { ReadAs } from "@/features/positions/queries/read-as";
import { COUNTED_SQL, OWN_CAPACITY, statementsIn, type Scope } from "@/features/positions/queries/scope";
import type { Delivery, OwnPosition } from "@/features/positions/rules/settled";
import { Prisma } from "@/generated/prisma/client";
import { readMany, type Source } from "@/lib/db";
import type { Day } from "@/lib/format";

type OwnRow = {
  actor_id: string;
  issue_id: string;
  id: string;
  statement_id: string | null;
  value: PositionValue;
  through: string | null;
  dialogue_id: string | null;
  day: Day;
  order: number | null;
};

/**
 * The latest position of each actor on each issue in its own voice, or as a source attributes it. One step down the index
 * (actor, issue, own capacity, day) for each pair, however many older ones there are.
 */
export async function latestOwn(
  source: Source,
  scope: Scope,
  actors: readonly string[],
  { from, to }: ReadAs,
): Promise<OwnPosition[]> {
  const within =
    "dialogueId" in scope
      ? Prisma.sql`p.day = (SELECT starts_on FROM dialogue WHERE id = ${scope.dialogueId}::uuid) AND p.dialogue_id = ${scope.dialogueId}::uuid`
      : Prisma.sql`p.day <= ${scope.asOf}::date`;
  // What was coded under the issue itself comes last, so that it decides over what was said of a merged one in the same breath.
  const rows = await readMany<OwnRow>(
    source,
    Prisma.sql`
    SELECT a.id AS actor_id, m.to_id AS issue_id, latest.id, statement_id, value, coalesce(g.iso3, g.slug) AS through,
      dialogue_id, day, "order"
    FROM (SELECT id FROM unnest(${actors}::uuid[]) AS given(id) WHERE EXISTS (SELECT FROM position WHERE actor_id = given.id)) a
      CROSS JOIN unnest(${from}::uuid[], ${to}::uuid[]) AS m(from_id, to_id)
      CROSS JOIN LATERAL (
        SELECT p.id, p.statement_id, p.value, p.through_id, p.dialogue_id, p.day,
          (SELECT s."order" FROM statement s WHERE s.id = p.statement_id) AS "order"
        FROM position p
        WHERE p.actor_id = a.id AND p.issue_id = m.from_id AND p.own_capacity AND p.kind = 'position' AND ${within}
          AND (p.statement_id IS NULL
            OR EXISTS (SELECT FROM statement s WHERE s.id = p.statement_id AND ${COUNTED_SQL}))
        ORDER BY p.day DESC, p.dialogue_id DESC NULLS LAST, (p.through_id IS NULL) DESC, "order" DESC NULLS LAST, p.id DESC
        LIMIT 1) latest
      LEFT JOIN actor g ON g.id = latest.through_id
    ORDER BY m.from_id = m.to_id, latest.id`,
  );
  return rows.map((row) => ({
    positionId: row.id,
    statementId: row.statement_id,
    actorId: row.actor_id,
    issueId: row.issue_id,
    value: row.value,
    through: row.through,
    at: { dialogue: row.dialogue_id, day: row.day, order: row.order ?? 0 },
  }));
}

/** Who spoke in its own capacity, and under which versions of the codebook that was coded. */
export async function deliveries(source: Source, scope: Scope, actors: readonly string[]): Promise<Delivery[]> {
  const rows = await readMany<{ actor_id: string; version_id: string | null }>(
    source,
    Prisma.sql`
    SELECT DISTINCT s.speaker_id AS actor_id, CASE WHEN c.submitted_at IS NOT NULL THEN c.version_id END AS version_id
    FROM statement s JOIN dialogue d ON d.id = s.dialogue_id LEFT JOIN coding c ON c.statement_id = s.id
    WHERE ${statementsIn(scope)} AND ${OWN_CAPACITY} AND s.speaker_id = ANY(${actors}::uuid[])`,
  );
  return rows.map(({ actor_id, version_id }) => ({ actorId: actor_id, codedUnder: version_id }));
}
