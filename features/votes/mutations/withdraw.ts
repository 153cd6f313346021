import "server-only";
import { openBatch, recordAudit } from "@/features/audit/mutations";
import { snapshot } from "@/features/votes/mutations";
import { getRollCall, type RollCallDto } from "@/features/votes/queries/votes";
import type { Caller } from "@/lib/auth/caller";
import { write } from "@/lib/db";
import { DomainError } from "@/lib/errors";

/** A roll call that was withdrawn, and the act by whose undoing it comes back. */
export type WithdrawnVote = RollCallDto & { act: string };

/**
 * Withdraws a recorded vote with how every state voted, as an act that can be undone.
 * @throws DomainError NOT_FOUND; STALE when somebody changed it
 */
export async function withdrawVote(
  caller: Caller<"vote:edit">,
  ref: string,
  version: number,
  reason: string,
): Promise<WithdrawnVote> {
  return write(caller, async (tx) => {
    const { id } = await getRollCall(tx, ref);
    await tx.$queryRaw`SELECT id FROM recorded_vote WHERE id = ${id}::uuid FOR UPDATE`;
    const before = await getRollCall(tx, id);
    if (before.version !== version) throw new DomainError({ code: "STALE", current: before });
    const title = `Withdrawal of the recorded vote ${before.symbol ?? `“${before.title}”`}`;
    const { id: act, caller: actor } = await openBatch(tx, caller, "withdrawal", title);
    const [kept] = await tx.$queryRaw<{ dialogue_id: string | null }[]>`
      WITH kept AS (
        INSERT INTO withdrawn_record (batch_id, subject_id, subject_type, record)
        SELECT ${act}::uuid, r.id, 'vote', jsonb_build_object(
          'vote', to_jsonb(r), 'votes', (SELECT coalesce(jsonb_agg(to_jsonb(v)), '[]') FROM vote v WHERE v.recorded_vote_id = r.id))
        FROM recorded_vote r WHERE r.id = ${id}::uuid
        RETURNING subject_id)
      SELECT r.dialogue_id FROM recorded_vote r JOIN kept ON kept.subject_id = r.id`;
    await tx.recordedVote.delete({ where: { id } });
    await recordAudit(tx, actor, {
      type: "vote.withdrawn",
      subjectId: id,
      ...(kept?.dialogue_id ? { dialogueId: kept.dialogue_id } : {}),
      version: version + 1,
      before: snapshot(before),
      after: null,
      reason,
    });
    return { ...before, act };
  });
}
