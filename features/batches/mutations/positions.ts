import "server-only";
import { netOf, whoColumns, whoValues, type Reverser } from "@/features/batches/mutations/reverser";
import { plural } from "@/lib/format";

const POSITIONS = netOf("position");
const QUOTATIONS = netOf("quotation");

/** Positions that the batch recorded are removed, as a coder removes them; the coding of their statement is a new version. */
export const positions: Reverser = {
  hold: (tx, { batchId }) => tx.$queryRaw`
    SELECT statement.id FROM statement
    WHERE id IN (SELECT statement_id FROM position JOIN audit_event event ON event.subject_id = position.id
      WHERE event.batch_id = ${batchId}::uuid AND event.subject_type = 'position')
    ORDER BY statement.id FOR NO KEY UPDATE`,

  reverse: async (tx, { caller, reason }) => {
    await tx.$executeRaw`
      UPDATE coding SET version = coding.version + 1, updated_at = now()
      WHERE statement_id IN (SELECT statement_id FROM position JOIN ${POSITIONS} net USING (id))`;
    const removed = await tx.$executeRaw`
      DELETE FROM position USING ${POSITIONS} net
      WHERE position.id = net.id AND position.version = net.version AND net.before IS NULL`;
    await tx.$executeRaw`
      INSERT INTO audit_event (type, subject_type, subject_id, dialogue_id, version, before, after, reason, ${whoColumns})
      SELECT 'position.withdrawn', 'position', net.id, net.dialogue_id, net.version, net.after, NULL, ${reason}, ${whoValues(caller)}
      FROM ${POSITIONS} net WHERE net.before IS NULL ORDER BY net.id`;
    return removed;
  },
};

/**
 * Quotations that the batch recorded are removed, unless a position that somebody coded since rests on one; those that went with
 * a text that was withdrawn are there again.
 */
export const quotations: Reverser = {
  hold: (tx, { batchId }) => tx.$queryRaw`
    SELECT id FROM quotation
    WHERE id IN (SELECT subject_id FROM audit_event WHERE batch_id = ${batchId}::uuid AND subject_type = 'quotation')
    ORDER BY id FOR UPDATE`,

  obstacles: async (tx) => {
    const [used] = await tx.$queryRaw<{ positions: bigint }[]>`
      SELECT count(*) AS positions FROM position JOIN ${QUOTATIONS} net ON net.id = position.quotation_id
      WHERE net.before IS NULL AND position.id NOT IN (SELECT id FROM ${POSITIONS} mine WHERE mine.before IS NULL)`;
    const positions = Number(used?.positions ?? 0);
    return positions === 0
      ? []
      : [`${plural(positions, "position rests", "positions rest")} on a quotation of this by now.`];
  },

  reverse: async (tx, { caller, reason }) => {
    const removed = await tx.$executeRaw`
      DELETE FROM quotation USING ${QUOTATIONS} net
      WHERE quotation.id = net.id AND quotation.version = net.version AND net.before IS NULL`;
    const back = await tx.$executeRaw`
      UPDATE quotation SET version = net.version + 1 FROM ${QUOTATIONS} net
      WHERE quotation.id = net.id AND net.after IS NULL`;
    await tx.$executeRaw`
      INSERT INTO audit_event (type, subject_type, subject_id, dialogue_id, version, before, after, reason, ${whoColumns})
      SELECT CASE WHEN net.before IS NULL THEN 'quotation.removed' ELSE 'quotation.recorded' END, 'quotation', net.id,
        net.dialogue_id, net.version + 1, net.after, net.before, ${reason}, ${whoValues(caller)}
      FROM ${QUOTATIONS} net WHERE net.before IS NULL OR net.after IS NULL ORDER BY net.id`;
    return removed + back;
  },
};
