import "server-only";
import { WITH_REPRESENTATIONS } from "@/features/statements/queries/rows";
import { getStatement, statementDetail, type StatementDetail } from "@/features/statements/queries/statement";
import {
  audit,
  checkProposal,
  findPlace,
  idsFor,
  insertRepresentations,
  insertStatements,
  lockDialogue,
  meetingOf,
  partiesOf,
  refsOf,
  type Place,
  type Recorder,
} from "@/features/statements/mutations/insert";
import type { StatementInput, StatementPatch } from "@/features/statements/schema";
import { write, type Tx } from "@/lib/db";
import { DomainError, notFound } from "@/lib/errors";
import { dayOf } from "@/lib/format";

/** Records a statement at the end of the order of speaking, or at `order`, moving later ones on. */
export async function recordStatement(
  caller: Recorder,
  dialogueRef: string,
  input: StatementInput,
): Promise<StatementDetail> {
  return write(caller, async (tx) => {
    const [statement] = await insertStatements(tx, caller, dialogueRef, [input], (_, field) => field);
    if (!statement) throw new Error("One statement was recorded, and none came back.");
    return statement;
  });
}

/** The statement as it stands, with its dialogue locked; STALE with it when it is not at `version` any more. */
async function lockStatement(
  tx: Tx,
  id: string,
  version: number,
): Promise<{ before: StatementDetail; dialogue: Place }> {
  const locked = await lockDialogue(tx, { statementId: id });
  if (!locked) throw notFound("statement", id);
  const dialogue = await findPlace(tx, locked.id);
  const before = await getStatement(tx, id);
  if (before.version !== version) throw new DomainError({ code: "STALE", current: before });
  return { before, dialogue };
}

/** Moves a statement to another place; those between move by one, as when a card is moved in a stack. */
async function moveTo(tx: Tx, dialogueId: string, from: number, to: number): Promise<void> {
  if (from === to) return;
  const step = to < from ? 1 : -1;
  const [low, high] = to < from ? [to, from - 1] : [from + 1, to];
  // One UPDATE: the unique constraint is looked at when the transaction ends.
  await tx.$executeRaw`
    UPDATE statement SET "order" = CASE WHEN "order" = ${from} THEN ${to} ELSE "order" + ${step} END
    WHERE dialogue_id = ${dialogueId}::uuid AND ("order" = ${from} OR "order" BETWEEN ${low} AND ${high})`;
}

/** Changes a statement from a version. Fields that are absent stay; `represents` replaces the whole list. */
export async function reviseStatement(
  caller: Recorder,
  id: string,
  version: number,
  patch: StatementPatch,
): Promise<StatementDetail> {
  return write(caller, async (tx) => {
    const { before, dialogue } = await lockStatement(tx, id, version);
    const stored = await tx.statement.findUniqueOrThrow({
      where: { id: before.id },
      select: { speakerId: true, representations: { select: { basis: true, actorId: true, exclusions: true } } },
    });
    const number = patch.meeting === undefined ? before.meeting : patch.meeting;
    const meeting = meetingOf(dialogue, number);
    const ids = await idsFor(tx, refsOf(patch.speaker, patch.represents ?? []));
    const speakerId = patch.speaker === undefined ? stored.speakerId : (ids.get(patch.speaker) ?? "");
    const represents = patch.represents
      ? partiesOf(patch.represents, ids)
      : stored.representations.map(({ basis, actorId, exclusions }) => ({
          basis,
          actorId,
          excluded: exclusions.map((exclusion) => exclusion.actorId),
        }));
    const day = dayOf(meeting?.date ?? dialogue.startsOn);
    const cast = await checkProposal(tx, { speakerId, role: patch.role ?? before.role, day, represents });
    if (patch.order !== undefined) await moveTo(tx, dialogue.id, before.order, patch.order);
    if (patch.represents) {
      await tx.representation.deleteMany({ where: { statementId: before.id } });
      await insertRepresentations(tx, [{ id: before.id, represents }]);
    }
    const { printed, role, language, sourceUrl, note, person } = patch;
    const given = Object.fromEntries(
      Object.entries({ printed, role, language, sourceUrl, note }).filter(([, value]) => value !== undefined),
    );
    const row = await tx.statement.update({
      where: { id: before.id, version },
      include: WITH_REPRESENTATIONS,
      data: {
        ...given,
        speakerId,
        meetingId: meeting?.id ?? null,
        ...(person === undefined ? {} : { personName: person?.name ?? null, personTitle: person?.title ?? null }),
        version: { increment: 1 },
        updatedAt: new Date(),
      },
    });
    const after = statementDetail(row, cast);
    await audit(tx, caller, "statement.revised", before, after, dialogue.id);
    return after;
  });
}

async function setWithdrawn(
  caller: Recorder,
  id: string,
  version: number,
  reason: string | null,
): Promise<StatementDetail> {
  return write(caller, async (tx) => {
    const { before, dialogue } = await lockStatement(tx, id, version);
    const withdraw = reason !== null;
    if (withdraw === (before.withdrawn !== null)) {
      throw new DomainError({
        code: "CONFLICT",
        message: withdraw ? "This statement is already withdrawn." : "This statement is not withdrawn.",
      });
    }
    await tx.statement.update({
      where: { id: before.id, version },
      data: {
        withdrawnAt: withdraw ? new Date() : null,
        withdrawnReason: reason,
        version: { increment: 1 },
        updatedAt: new Date(),
      },
    });
    const after = await getStatement(tx, before.id);
    await audit(
      tx,
      caller,
      withdraw ? "statement.withdrawn" : "statement.restored",
      before,
      after,
      dialogue.id,
      reason ?? undefined,
    );
    return after;
  });
}

/** Takes a statement out of every figure and list, with a reason. It keeps its place and can be restored. */
export async function withdrawStatement(
  caller: Recorder,
  id: string,
  version: number,
  reason: string,
): Promise<StatementDetail> {
  return setWithdrawn(caller, id, version, reason);
}

/** Puts a withdrawn statement back where it was. */
export async function restoreStatement(caller: Recorder, id: string, version: number): Promise<StatementDetail> {
  return setWithdrawn(caller, id, version, null);
}
