import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { netOf, whoColumns, whoValues, type Reverser } from "@/features/batches/mutations/reverser";

const NET = netOf("membership");

/** Group, member and period of a membership as the audit trail keeps it, in the order of the columns. */
const OLD = Prisma.sql`
  (SELECT net.id, net.version, net.after IS NULL AS removed, grouping.id AS group_id, member.id AS member_id,
     (net.before ->> 'from')::date AS valid_from, (net.before ->> 'until')::date AS valid_until,
     (net.before ->> 'knownOn')::date AS known_on, net.before ->> 'source' AS source, net.before ->> 'note' AS note
   FROM ${NET} net
     JOIN actor grouping ON net.before ->> 'group' IN (grouping.iso3, grouping.slug)
     JOIN actor member ON net.before ->> 'member' IN (member.iso3, member.slug))`;

/** What the batch recorded is removed, what it revised is as before, what it removed is there again with its id. */
export const memberships: Reverser = {
  hold: (tx, { batchId }) => tx.$queryRaw`
    SELECT id FROM membership
    WHERE id IN (SELECT subject_id FROM audit_event WHERE batch_id = ${batchId}::uuid AND subject_type = 'membership')
    ORDER BY id FOR UPDATE`,

  reverse: async (tx, { caller, reason }) => {
    const removed = await tx.$executeRaw`
      DELETE FROM membership USING ${NET} net
      WHERE membership.id = net.id AND membership.version = net.version AND net.before IS NULL`;
    const revised = await tx.$executeRaw`
      UPDATE membership SET group_id = old.group_id, member_id = old.member_id, valid_from = old.valid_from,
        valid_until = old.valid_until, known_on = old.known_on, source = old.source, note = old.note,
        version = membership.version + 1
      FROM ${OLD} old
      WHERE membership.id = old.id AND membership.version = old.version AND NOT old.removed`;
    const back = await tx.$executeRaw`
      INSERT INTO membership (id, group_id, member_id, valid_from, valid_until, known_on, source, note, version)
      SELECT id, group_id, member_id, valid_from, valid_until, known_on, source, note, version + 1 FROM ${OLD} old WHERE removed`;
    await tx.$executeRaw`
      INSERT INTO audit_event (type, subject_type, subject_id, version, before, after, reason, ${whoColumns})
      SELECT
        CASE WHEN net.before IS NULL THEN 'membership.removed' WHEN net.after IS NULL THEN 'membership.recorded'
          ELSE 'membership.revised' END,
        'membership', net.id, CASE WHEN net.before IS NULL THEN net.version ELSE net.version + 1 END,
        net.after, net.before, ${reason}, ${whoValues(caller)}
      FROM ${NET} net ORDER BY net.id`;
    return removed + revised + back;
  },
};
