import "server-only";
import { loadMerges } from "@/features/codebook/queries/merges";
import type { PositionValue } from "@/features/codebook/schema";
import { pairsOf } from "@/features/positions/queries/read-as";
import { COUNTED_SQL, OWN_CAPACITY } from "@/features/positions/queries/scope";
import { compositionOf, noValues, type Composition, type ValueCounts } from "@/features/positions/rules/composition";
import { Prisma } from "@/generated/prisma/client";
import { reading, readMany, type Source } from "@/lib/db";
import { dayOf, type Day } from "@/lib/format";

/** What member states said on an issue at one dialogue. */
export type CompositionAt = Composition & { slug: string; title: string; startsOn: Day };

type Counted = { dialogue_id: string; value: PositionValue; n: number };

/**
 * Member states by dialogue and value: the position of each in its own voice that decides at the dialogue. The same as the matrix
 * of that dialogue shows (`settle`): the later statement stands over the earlier one, the issue itself over one merged into it, and
 * nothing that came through somebody else counts.
 */
async function ownByDialogue(source: Source, issue: string, issues: readonly string[]): Promise<Counted[]> {
  return readMany<Counted>(
    source,
    Prisma.sql`
    SELECT dialogue_id, value, count(*)::int AS n FROM (
      SELECT DISTINCT ON (p.dialogue_id, p.actor_id) p.dialogue_id, p.value
      FROM position p JOIN actor a ON a.id = p.actor_id LEFT JOIN statement s ON s.id = p.statement_id
      WHERE p.issue_id = ANY(${issues}::uuid[]) AND p.kind = 'position' AND p.dialogue_id IS NOT NULL AND p.through_id IS NULL
        AND a.kind = 'member_state' AND a.merged_into_id IS NULL AND (a.admitted_on IS NULL OR a.admitted_on <= p.day)
        AND p.own_capacity AND (p.statement_id IS NULL OR (${COUNTED_SQL}))
      ORDER BY p.dialogue_id, p.actor_id, s."order" DESC NULLS LAST, (p.issue_id = ${issue}::uuid) DESC, p.id DESC) latest
    GROUP BY dialogue_id, value`,
  );
}

/** Statements of member states in own capacity that were coded under a version that has one of the issues, by dialogue. */
async function codedByDialogue(source: Source, issues: readonly string[]): Promise<Map<string, number>> {
  const rows = await readMany<{ dialogue_id: string; n: number }>(
    source,
    Prisma.sql`
    SELECT s.dialogue_id, count(*)::int AS n
    FROM statement s JOIN actor a ON a.id = s.speaker_id AND a.kind = 'member_state'
      JOIN coding c ON c.statement_id = s.id AND c.submitted_at IS NOT NULL
    WHERE ${COUNTED_SQL} AND ${OWN_CAPACITY}
      AND c.version_id IN (SELECT version_id FROM issue_definition WHERE issue_id = ANY(${issues}::uuid[]))
    GROUP BY s.dialogue_id`,
  );
  return new Map(rows.map(({ dialogue_id, n }) => [dialogue_id, n]));
}

/**
 * What member states said on an issue in their own voice, dialogue by dialogue in the order of their days. What was coded under an
 * issue that was merged into it by the version (the newest published one without) is read under it. Four queries in all.
 */
export async function listComposition(source: Source, issueId: string, codebook?: number): Promise<CompositionAt[]> {
  const { from } = pairsOf([issueId], await loadMerges(source, codebook));
  const counted = await ownByDialogue(source, issueId, from);
  const coded = await codedByDialogue(source, from);
  const dialogues = await reading(source).dialogue.findMany({
    select: { id: true, slug: true, title: true, startsOn: true },
    orderBy: [{ startsOn: "asc" }, { id: "asc" }],
  });
  const byDialogue = new Map<string, ValueCounts>();
  for (const { dialogue_id, value, n } of counted) {
    const counts = byDialogue.get(dialogue_id) ?? noValues();
    counts[value] = n;
    byDialogue.set(dialogue_id, counts);
  }
  return dialogues.map(({ id, startsOn, ...dialogue }) => ({
    ...dialogue,
    startsOn: dayOf(startsOn),
    ...compositionOf(byDialogue.get(id) ?? noValues(), coded.get(id) ?? 0),
  }));
}
