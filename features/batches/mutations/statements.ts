import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { netOf, whoColumns, whoValues, type Reverser } from "@/features/batches/mutations/reverser";

const NET = netOf("statement");

/** Statements that the batch recorded are withdrawn: nothing that was on record ever vanishes. They keep their places. */
function withdrawRecorded(reason: string): Prisma.Sql {
  return Prisma.sql`
    UPDATE statement SET withdrawn_at = now(), withdrawn_reason = ${reason}, version = statement.version + 1, updated_at = now()
    FROM ${NET} net
    WHERE statement.id = net.id AND statement.version = net.version AND net.before IS NULL`;
}

/** Those that it revised, withdrew or restored become again what they were, at the place that they have by now. */
const RESTORE_REVISED = Prisma.sql`
  UPDATE statement SET
    speaker_id = speaker.id,
    meeting_id = meeting.id,
    role = (net.before ->> 'role')::"StatementRole",
    printed = net.before ->> 'printed',
    language = net.before ->> 'language',
    person_name = net.before -> 'person' ->> 'name',
    person_title = net.before -> 'person' ->> 'title',
    source_url = net.before ->> 'sourceUrl',
    note = net.before ->> 'note',
    withdrawn_at = CASE WHEN net.before -> 'withdrawn' ->> 'reason' IS NULL THEN NULL ELSE coalesce(statement.withdrawn_at, now()) END,
    withdrawn_reason = net.before -> 'withdrawn' ->> 'reason',
    version = statement.version + 1,
    updated_at = now()
  FROM ${NET} net
    JOIN actor speaker ON speaker.iso3 = net.before ->> 'speaker' OR speaker.slug = net.before ->> 'speaker'
    LEFT JOIN meeting ON meeting.dialogue_id = net.dialogue_id AND meeting.number = (net.before ->> 'meeting')::int
  WHERE statement.id = net.id AND statement.version = net.version AND net.before IS NOT NULL
    AND (meeting.id IS NOT NULL OR net.before ->> 'meeting' IS NULL)`;

/** Rows whose parties the batch changed. */
const OTHER_PARTIES = Prisma.sql`
  (SELECT net.id, party.value AS party, party.place
   FROM ${NET} net, jsonb_array_elements(net.before -> 'represents') WITH ORDINALITY AS party (value, place)
   WHERE net.before -> 'represents' IS DISTINCT FROM net.after -> 'represents')`;

const REMOVE_PARTIES = Prisma.sql`
  DELETE FROM representation USING ${NET} net
  WHERE representation.statement_id = net.id AND net.before IS NOT NULL
    AND net.before -> 'represents' IS DISTINCT FROM net.after -> 'represents'`;

const INSERT_PARTIES = Prisma.sql`
  INSERT INTO representation (id, statement_id, basis, actor_id, position)
  SELECT gen_random_uuid(), old.id, (old.party ->> 'basis')::"Basis", actor.id, old.place
  FROM ${OTHER_PARTIES} old
    LEFT JOIN actor ON coalesce(old.party ->> 'group', old.party ->> 'actor') IN (actor.iso3, actor.slug)`;

const INSERT_EXCLUSIONS = Prisma.sql`
  INSERT INTO exclusion (representation_id, actor_id)
  SELECT representation.id, actor.id
  FROM ${OTHER_PARTIES} old
    JOIN representation ON representation.statement_id = old.id AND representation.position = old.place
    CROSS JOIN jsonb_array_elements_text(coalesce(old.party -> 'exclude', '[]')) AS struck (ref)
    JOIN actor ON struck.ref IN (actor.iso3, actor.slug)`;

/** As statements: every write to one holds its dialogue. A place in the order may have moved since; it is no change of the statement. */
export const statements: Reverser = {
  hold: (tx, { batchId }) => tx.$queryRaw`
    SELECT id FROM dialogue
    WHERE id IN (SELECT dialogue_id FROM audit_event WHERE batch_id = ${batchId}::uuid AND subject_type = 'statement')
    ORDER BY id FOR NO KEY UPDATE`,

  reverse: async (tx, { caller, reason }) => {
    const withdrawn = await tx.$executeRaw`${withdrawRecorded(reason)}`;
    const revised = await tx.$executeRaw`${RESTORE_REVISED}`;
    await tx.$executeRaw`${REMOVE_PARTIES}`;
    await tx.$executeRaw`${INSERT_PARTIES}`;
    await tx.$executeRaw`${INSERT_EXCLUSIONS}`;
    await tx.$executeRaw`
      INSERT INTO audit_event (type, subject_type, subject_id, dialogue_id, version, before, after, reason, ${whoColumns})
      SELECT
        CASE
          WHEN statement.withdrawn_at IS NOT NULL AND net.after -> 'withdrawn' ->> 'reason' IS NULL THEN 'statement.withdrawn'
          WHEN statement.withdrawn_at IS NULL AND net.after -> 'withdrawn' ->> 'reason' IS NOT NULL THEN 'statement.restored'
          ELSE 'statement.revised' END,
        'statement', net.id, net.dialogue_id, statement.version,
        net.after || place.now,
        coalesce(net.before, net.after || jsonb_build_object('withdrawn', jsonb_build_object('reason', ${reason}::text))) || place.now,
        ${reason}, ${whoValues(caller)}
      FROM ${NET} net JOIN statement ON statement.id = net.id,
        LATERAL (SELECT jsonb_build_object('order', statement."order") AS now) place
      ORDER BY statement.dialogue_id, statement."order"`;
    return withdrawn + revised;
  },
};
