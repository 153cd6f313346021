import "server-only";
import { actorSnapshot } from "@/features/actors/mutations";
import { getActor } from "@/features/actors/queries/actor";
import { previewMerge, type MergePreview } from "@/features/actors/queries/merge";
import { loadCast } from "@/features/actors/queries/register";
import { foldName } from "@/features/actors/rules";
import type { ActorDto } from "@/features/actors/schema";
import { openBatch, recordAuditMany } from "@/features/audit/mutations";
import type { DomainEvent, Snapshot } from "@/features/audit/schema";
import { actorsIn, readStatements, toCounted } from "@/features/statements/queries/rows";
import { statementDetail, statementSnapshot } from "@/features/statements/queries/statement";
import { checkRepresentation } from "@/features/statements/rules";
import type { Caller } from "@/lib/auth/caller";
import { write, type Tx } from "@/lib/db";
import { DomainError } from "@/lib/errors";

type Editor = Caller<"actor:edit">;

function refuseObstacles({ obstacles }: MergePreview): void {
  if (obstacles.length === 0) return;
  const issues = obstacles.map((message) => ({ path: ["into"], message }));
  throw new DomainError({ code: "CONFLICT", message: obstacles[0] ?? "", issues });
}

type Snapshots = Map<string, { snapshot: Snapshot; dialogueId: string; version: number }>;

/** Statements as the audit trail keeps them, by id; `check` sees to it that each still fits. */
async function snapshotsOf(tx: Tx, ids: string[], check: boolean): Promise<Snapshots> {
  const rows = await readStatements(tx, { id: { in: ids } });
  const cast = await loadCast(tx, actorsIn(rows));
  for (const row of check ? rows : []) {
    const { speakerId, role, day, representations } = toCounted(row);
    // What fitted while they were two may not fit now: a statement on its own behalf, the same party twice.
    checkRepresentation({ speakerId, role, day, represents: representations }, cast.register);
  }
  return new Map(
    rows.map((row) => {
      const snapshot = statementSnapshot(statementDetail(row, cast));
      return [row.id, { snapshot, dialogueId: row.dialogueId, version: row.version }];
    }),
  );
}

/** The statements that an actor delivered or that name it, as they are, held until the transaction ends. */
async function holdStatements(tx: Tx, actorId: string): Promise<Snapshots> {
  const rows = await tx.statement.findMany({
    where: {
      OR: [
        { speakerId: actorId },
        { representations: { some: { OR: [{ actorId }, { exclusions: { some: { actorId } } }] } } },
      ],
    },
    select: { id: true, dialogueId: true },
  });
  const dialogues = [...new Set(rows.map(({ dialogueId }) => dialogueId))];
  await tx.$queryRaw`SELECT id FROM dialogue WHERE id = ANY(${dialogues}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
  return snapshotsOf(
    tx,
    rows.map(({ id }) => id),
    false,
  );
}

async function moveStatements(tx: Tx, before: Snapshots, from: string, into: string): Promise<DomainEvent[]> {
  const ids = [...before.keys()];
  await tx.statement.updateMany({ where: { speakerId: from }, data: { speakerId: into } });
  await tx.representation.updateMany({ where: { actorId: from }, data: { actorId: into } });
  await tx.exclusion.updateMany({ where: { actorId: from }, data: { actorId: into } });
  await tx.statement.updateMany({
    where: { id: { in: ids } },
    data: { version: { increment: 1 }, updatedAt: new Date() },
  });
  const after = await snapshotsOf(tx, ids, true);
  return ids.map((id) => ({
    type: "statement.revised",
    subjectId: id,
    dialogueId: after.get(id)?.dialogueId ?? "",
    version: after.get(id)?.version ?? 1,
    before: before.get(id)?.snapshot ?? null,
    after: after.get(id)?.snapshot ?? null,
  }));
}

type MembershipRow = { id: string; version: number; group: string; member: string; rest: Snapshot };

async function membershipsOf(tx: Tx, ids: string[]): Promise<MembershipRow[]> {
  return tx.$queryRaw<MembershipRow[]>`
    SELECT m.id, m.version, coalesce(g.iso3, g.slug) AS "group", coalesce(a.iso3, a.slug) AS member,
      jsonb_build_object('from', m.valid_from, 'until', m.valid_until, 'knownOn', m.known_on, 'source', m.source, 'note', m.note) AS rest
    FROM membership m JOIN actor g ON g.id = m.group_id JOIN actor a ON a.id = m.member_id
    WHERE m.id = ANY(${ids}::uuid[]) ORDER BY m.id`;
}

async function moveMemberships(tx: Tx, from: string, into: string): Promise<DomainEvent[]> {
  const held = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM membership WHERE ${from}::uuid IN (group_id, member_id) ORDER BY id FOR UPDATE`;
  const ids = held.map(({ id }) => id);
  const before = await membershipsOf(tx, ids);
  await tx.membership.updateMany({ where: { groupId: from }, data: { groupId: into } });
  await tx.membership.updateMany({ where: { memberId: from }, data: { memberId: into } });
  await tx.membership.updateMany({ where: { id: { in: ids } }, data: { version: { increment: 1 } } });
  const after = await membershipsOf(tx, ids);
  const snapshot = ({ group, member, rest }: MembershipRow): Snapshot => ({ group, member, ...rest });
  return after.map((row, place) => ({
    type: "membership.revised",
    subjectId: row.id,
    version: row.version,
    before: before[place] ? snapshot(before[place]) : null,
    after: snapshot(row),
  }));
}

/** The names of the one become other names of the other, so that it is found by each of them. */
async function moveNames(tx: Tx, { from, into, names }: MergePreview): Promise<void> {
  const wanted = new Set(names);
  await tx.actorName.createMany({
    data: from.names
      .filter(({ name }, place) => wanted.has(name) && from.names.findIndex((one) => one.name === name) === place)
      .map(({ name, language }) => ({
        actorId: into.id,
        name,
        folded: foldName(name),
        kind: "alias" as const,
        language,
        source: `A name of "${from.slug}", which was merged into this actor`,
      })),
    skipDuplicates: true,
  });
}

/**
 * Merges an actor into another that is the same: its statements, the statements that name it, its memberships and its names
 * become the other's; its address and codes lead there. Nothing is lost: it is one act that can be undone.
 * @param version of the actor that is merged away
 * @throws DomainError NOT_FOUND; STALE when it was changed meanwhile; CONFLICT with everything that stands in the way
 */
export async function mergeActors(
  caller: Editor,
  ref: string,
  version: number,
  intoRef: string,
): Promise<{ into: ActorDto; batchId: string }> {
  return write(caller, async (tx) => {
    const first = await previewMerge(tx, ref, intoRef);
    await tx.$queryRaw`
      SELECT id FROM actor WHERE id IN (${first.from.id}::uuid, ${first.into.id}::uuid) ORDER BY id FOR UPDATE`;
    const preview = await previewMerge(tx, first.from.id, first.into.id);
    const { from, into } = preview;
    if (from.version !== version) throw new DomainError({ code: "STALE", current: from });
    refuseObstacles(preview);

    const batch = await openBatch(tx, caller, "merge", `Merge of ${from.name} into ${into.name}`);
    const before = await holdStatements(tx, from.id);
    const memberships = await moveMemberships(tx, from.id, into.id);
    const statements = await moveStatements(tx, before, from.id, into.id);
    await moveNames(tx, preview);
    const changed = { version: { increment: 1 }, updatedAt: new Date() };
    await tx.actor.update({ where: { id: from.id }, data: { ...changed, mergedIntoId: into.id } });
    await tx.actor.update({ where: { id: into.id }, data: changed });
    const after = await getActor(tx, into.id);
    const merged = actorSnapshot(from);
    await recordAuditMany(tx, batch.caller, [
      ...memberships,
      ...statements,
      {
        type: "actor.merged",
        subjectId: from.id,
        version: from.version + 1,
        before: { ...merged, mergedInto: null },
        after: { ...merged, mergedInto: into.iso3 ?? into.slug },
      },
      {
        type: "actor.revised",
        subjectId: into.id,
        version: after.version,
        before: actorSnapshot(into),
        after: actorSnapshot(after),
      },
    ]);
    return { into: after, batchId: batch.id };
  });
}
