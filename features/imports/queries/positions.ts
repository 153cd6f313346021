import "server-only";
import type { Tx } from "@/lib/db";

/** A statement as the rows of a file name it. `speaker` is how the API names who delivered it. */
export type DeliveredStatement = { id: string; speakerId: string; speaker: string; withdrawn: boolean };

/** Statements by "dialogue place", in one query. Places without a statement are absent. */
export async function findDelivered(
  tx: Tx,
  places: { dialogue: string; order: string }[],
): Promise<Map<string, DeliveredStatement>> {
  const rows = await tx.$queryRaw<(DeliveredStatement & { written: string })[]>`
    SELECT statement.id, speaker_id AS "speakerId", coalesce(speaker.iso3, speaker.slug) AS speaker,
      withdrawn_at IS NOT NULL AS withdrawn, place.dialogue || ' ' || place."order" AS written
    FROM jsonb_to_recordset(${JSON.stringify(places)}::jsonb) AS place (dialogue uuid, "order" text)
      JOIN statement ON statement.dialogue_id = place.dialogue AND statement."order" = place."order"::int
      JOIN actor speaker ON speaker.id = speaker_id`;
  return new Map(rows.map(({ written, ...statement }) => [written, statement]));
}

/** What is coded of these statements, as "statement issue kind". */
export async function findCoded(tx: Tx, statementIds: string[]): Promise<Set<string>> {
  const rows = await tx.position.findMany({
    where: { statementId: { in: [...new Set(statementIds)] } },
    select: { statementId: true, issueId: true, kind: true },
  });
  return new Set(rows.map(({ statementId, issueId, kind }) => `${statementId} ${issueId} ${kind}`));
}

/** What sources attribute to these actors without a statement, as "dialogue-or-year actor issue kind occasion". */
export async function findAttributed(tx: Tx, actorIds: string[]): Promise<Set<string>> {
  const rows = await tx.position.findMany({
    where: { actorId: { in: [...new Set(actorIds)] }, statementId: null },
    select: { dialogueId: true, year: true, actorId: true, issueId: true, kind: true, occasion: true },
  });
  return new Set(
    rows.map(({ dialogueId, year, actorId, issueId, kind, occasion }) =>
      [dialogueId ?? year, actorId, issueId, kind, occasion].join(" "),
    ),
  );
}
