import "server-only";
import { foldName } from "@/features/actors/rules";
import { netOf, whoColumns, whoValues, type Reverser } from "@/features/batches/mutations/reverser";
import type { Tx } from "@/lib/db";
import { plural } from "@/lib/format";

const NET = netOf("actor");
const MOST_SENTENCES = 20;
const AT_ONCE = 500;

/** Names come back by their folded form, which the application makes: in portions, from the snapshots. */
async function restoreNames(tx: Tx): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM actor_name USING ${NET} net WHERE actor_name.actor_id = net.id AND net.before IS NOT NULL`;
  let last = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const rows = await tx.$queryRaw<{ id: string; names: { name: string }[] }[]>`
      SELECT id, before -> 'names' AS names FROM ${NET} net
      WHERE before IS NOT NULL AND id > ${last}::uuid ORDER BY id LIMIT ${AT_ONCE}`;
    const names = rows.flatMap(({ id, names }) => names.map((name) => ({ ...name, id, folded: foldName(name.name) })));
    await tx.$executeRaw`
      INSERT INTO actor_name (id, actor_id, name, folded, kind, language, valid_from, valid_until, source)
      SELECT gen_random_uuid(), id, name, folded, kind::"ActorNameKind", language, "from", until, source
      FROM jsonb_to_recordset(${JSON.stringify(names)}::jsonb)
        AS old (id uuid, name text, folded text, kind text, language text, "from" date, until date, source text)`;
    last = rows.at(-1)?.id ?? last;
    if (rows.length < AT_ONCE) return;
  }
}

/** What the batch recorded is removed, unless somebody names it by now; what it revised is as before. */
export const actors: Reverser = {
  hold: (tx, { batchId }) => tx.$queryRaw`
    SELECT id FROM actor
    WHERE id IN (SELECT subject_id FROM audit_event WHERE batch_id = ${batchId}::uuid AND subject_type = 'actor')
    ORDER BY id FOR UPDATE`,

  obstacles: async (tx) => {
    const used = await tx.$queryRaw<{ name: string; times: bigint }[]>`
      SELECT coalesce((SELECT min(name) FROM actor_name WHERE actor_id = net.id AND kind = 'short'), net.after ->> 'slug') AS name,
        count(*) AS times
      FROM ${NET} net JOIN (
          SELECT speaker_id AS id FROM statement
          UNION ALL SELECT actor_id FROM representation UNION ALL SELECT actor_id FROM exclusion
          UNION ALL SELECT group_id FROM published_figure UNION ALL SELECT actor_id FROM position
          UNION ALL SELECT through_id FROM position UNION ALL SELECT actor_id FROM vote
          UNION ALL SELECT merged_into_id FROM actor
          UNION ALL SELECT unnest(ARRAY[group_id, member_id]) FROM membership
            WHERE id NOT IN (SELECT id FROM batch_net WHERE subject_type = 'membership' AND before IS NULL)) use USING (id)
      WHERE net.before IS NULL GROUP BY net.id, net.after ORDER BY 1 LIMIT ${MOST_SENTENCES}`;
    return used.map(({ name, times }) => `${name} is named by ${plural(Number(times), "record", "records")} by now.`);
  },

  reverse: async (tx, { caller, reason }) => {
    const removed = await tx.$executeRaw`
      DELETE FROM actor USING ${NET} net WHERE actor.id = net.id AND actor.version = net.version AND net.before IS NULL`;
    const revised = await tx.$executeRaw`
      UPDATE actor SET kind = (net.before ->> 'kind')::"ActorKind", iso2 = net.before ->> 'iso2', iso3 = net.before ->> 'iso3',
        m49 = net.before ->> 'm49', admitted_on = (net.before ->> 'admittedOn')::date, m49_region = net.before ->> 'm49Region',
        m49_subregion = net.before ->> 'm49Subregion', note = net.before ->> 'note', source = net.before ->> 'source',
        merged_into_id = (SELECT id FROM actor other WHERE net.before ->> 'mergedInto' IN (other.iso3, other.slug)),
        version = actor.version + 1, updated_at = now()
      FROM ${NET} net WHERE actor.id = net.id AND actor.version = net.version AND net.before IS NOT NULL`;
    await restoreNames(tx);
    await tx.$executeRaw`
      INSERT INTO audit_event (type, subject_type, subject_id, version, before, after, reason, ${whoColumns})
      SELECT CASE WHEN net.before IS NULL THEN 'actor.removed' ELSE 'actor.revised' END, 'actor', net.id,
        CASE WHEN net.before IS NULL THEN net.version ELSE net.version + 1 END, net.after, net.before, ${reason}, ${whoValues(caller)}
      FROM ${NET} net ORDER BY net.id`;
    return removed + revised;
  },
};
