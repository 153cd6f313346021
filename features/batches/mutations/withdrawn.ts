import "server-only";
import { netOf, whoColumns, whoValues, type Reverser, type Undoing } from "@/features/batches/mutations/reverser";
import { Prisma } from "@/generated/prisma/client";
import type { Tx } from "@/lib/db";

/** What was put aside when the act withdrew records of a kind. */
function keptOf(subjectType: string): Prisma.Sql {
  return Prisma.sql`
    (SELECT net.id, net.version, net.dialogue_id, net.before, kept.record
     FROM ${netOf(subjectType)} net
       JOIN withdrawn_record kept ON kept.subject_id = net.id AND kept.subject_type = ${subjectType}
         AND kept.batch_id = (SELECT batch_id FROM audit_event WHERE id = net.event)
     WHERE net.after IS NULL)`;
}

const hold =
  (subjectType: string) =>
  (tx: Tx, { batchId }: Undoing) =>
    tx.$queryRaw`
      SELECT subject_id FROM withdrawn_record
      WHERE batch_id = ${batchId}::uuid AND subject_type = ${subjectType} ORDER BY subject_id FOR UPDATE`;

/** Writes that the records are back, and keeps them aside no longer. */
async function finish(tx: Tx, subjectType: string, { caller, batchId, reason }: Undoing): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO audit_event (type, subject_type, subject_id, dialogue_id, version, before, after, reason, ${whoColumns})
    SELECT ${`${subjectType}.restored`}, ${subjectType}, id, dialogue_id, version + 1, NULL, before, ${reason}, ${whoValues(caller)}
    FROM ${keptOf(subjectType)} kept ORDER BY id`;
  await tx.$executeRaw`
    DELETE FROM withdrawn_record WHERE batch_id = ${batchId}::uuid AND subject_type = ${subjectType}`;
}

const TEXTS = keptOf("text");

/** Texts that the act withdrew are there again, with their earlier bodies and their quotations. */
export const texts: Reverser = {
  hold: hold("text"),

  obstacles: async (tx) => {
    const [taken] = await tx.$queryRaw<{ texts: bigint }[]>`
      SELECT count(*) AS texts FROM ${TEXTS} kept
        JOIN statement_text other ON other.statement_id = (kept.record -> 'text' ->> 'statement_id')::uuid
          AND other.kind::text = kept.record -> 'text' ->> 'kind' AND other.language = kept.record -> 'text' ->> 'language'`;
    return Number(taken?.texts ?? 0) === 0
      ? []
      : ["The statement has another text of this kind in this language by now. Withdraw that one first."];
  },

  reverse: async (tx, undoing) => {
    const back = await tx.$executeRaw`
      INSERT INTO statement_text
      SELECT (jsonb_populate_record(NULL::statement_text, kept.record -> 'text' || jsonb_build_object('version', kept.version + 1))).*
      FROM ${TEXTS} kept`;
    await tx.$executeRaw`
      INSERT INTO earlier_text
      SELECT (jsonb_populate_recordset(NULL::earlier_text, kept.record -> 'earlier')).* FROM ${TEXTS} kept`;
    await tx.$executeRaw`
      INSERT INTO quotation
      SELECT (jsonb_populate_recordset(NULL::quotation, kept.record -> 'quotations')).* FROM ${TEXTS} kept`;
    await finish(tx, "text", undoing);
    return back;
  },
};

const VOTES = keptOf("vote");

/** Recorded votes that the act withdrew are there again, each with how every state voted. */
export const votes: Reverser = {
  hold: hold("vote"),

  obstacles: async (tx) => {
    const taken = await tx.$queryRaw<{ title: string }[]>`
      SELECT other.title FROM ${VOTES} kept
        JOIN recorded_vote other ON other.slug = kept.record -> 'vote' ->> 'slug' OR other.symbol = kept.record -> 'vote' ->> 'symbol'`;
    return taken.map(({ title }) => `“${title}” has the same address or symbol by now.`);
  },

  reverse: async (tx, undoing) => {
    const back = await tx.$executeRaw`
      INSERT INTO recorded_vote
      SELECT (jsonb_populate_record(NULL::recorded_vote, kept.record -> 'vote' || jsonb_build_object('version', kept.version + 1))).*
      FROM ${VOTES} kept`;
    // A state that was merged into another meanwhile votes as that one.
    await tx.$executeRaw`
      INSERT INTO vote (recorded_vote_id, actor_id, value, printed)
      SELECT voted.recorded_vote_id, coalesce(actor.merged_into_id, actor.id), voted.value, voted.printed
      FROM ${VOTES} kept, jsonb_populate_recordset(NULL::vote, kept.record -> 'votes') voted
        JOIN actor ON actor.id = voted.actor_id`;
    await finish(tx, "vote", undoing);
    return back;
  },
};
