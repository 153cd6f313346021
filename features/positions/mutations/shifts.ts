import "server-only";
import { recordAudit } from "@/features/audit/mutations";
import type { EventType, Snapshot } from "@/features/audit/schema";
import { getShift, type ShiftDto } from "@/features/positions/queries/shifts";
import type { ShiftDecisionInput, ShiftRef } from "@/features/positions/schema";
import type { Caller } from "@/lib/auth/caller";
import { write, type Tx } from "@/lib/db";
import { DomainError } from "@/lib/errors";

type Decider = Caller<"shift:decide">;

/** What the audit trail keeps of a decision. */
function shiftSnapshot({ actor, issue, earlier, later, decision }: ShiftDto): Snapshot {
  return {
    actor,
    issue,
    verdict: decision?.verdict ?? null,
    reason: decision?.reason ?? null,
    earlierValue: earlier.value,
    laterValue: later.value,
    earlier: earlier.id,
    later: later.id,
  };
}

/** Both codings, held until the transaction ends: nobody codes them anew while somebody decides. */
async function holdCodings(tx: Tx, { earlier, later }: ShiftRef): Promise<void> {
  await tx.$queryRaw`SELECT id FROM position WHERE id IN (${earlier}::uuid, ${later}::uuid) ORDER BY id FOR NO KEY UPDATE`;
}

/** The decision on record, also one on an actor that was merged into this one since. */
async function findDecision(tx: Tx, { actorId, earlier, later }: ShiftDto): Promise<{ id: string } | null> {
  return tx.shiftDecision.findFirst({
    where: { earlierId: earlier.id, laterId: later.id, OR: [{ actorId }, { actor: { mergedIntoId: actorId } }] },
    select: { id: true },
  });
}

function checkVersion(shift: ShiftDto, version: number | null): void {
  if (shift.version === (version ?? 0)) return;
  if (version !== null) throw new DomainError({ code: "STALE", current: shift });
  throw new DomainError({
    code: "PRECONDITION_REQUIRED",
    message: "Somebody has decided on this shift: say which version you change.",
  });
}

/**
 * Confirms or dismisses a shift, with the reason. `version` is that of the decision that was seen, 0 or null when there was none;
 * `seen` are the versions of the codings that were looked at, where the caller knows them.
 * @throws DomainError NOT_FOUND when these two positions are no shift (any more); STALE when somebody decided meanwhile, or a coding
 * changed; PRECONDITION_REQUIRED when there is a decision and no version was given
 */
export async function decideShift(
  caller: Decider,
  ref: ShiftRef,
  version: number | null,
  { verdict, reason }: ShiftDecisionInput,
  seen?: ShiftDto["seen"],
): Promise<ShiftDto> {
  return write(caller, async (tx) => {
    await holdCodings(tx, ref);
    const before = await getShift(tx, ref);
    checkVersion(before, version);
    if (seen && (seen.earlier !== before.seen.earlier || seen.later !== before.seen.later)) {
      throw new DomainError({ code: "STALE", current: before });
    }
    const known = await findDecision(tx, before);
    const decided = {
      earlierVersion: before.seen.earlier,
      laterVersion: before.seen.later,
      verdict,
      reason,
      decidedById: caller.userId,
      decidedBy: caller.userName,
      decidedAt: new Date(),
    };
    const { id } = known
      ? await tx.shiftDecision.update({ where: known, data: { ...decided, version: { increment: 1 } } })
      : await tx.shiftDecision.create({
          data: { ...decided, actorId: before.actorId, earlierId: before.earlier.id, laterId: before.later.id },
        });
    const after = await getShift(tx, ref);
    await audit(tx, caller, `shift.${verdict}`, id, { before: before.decision && before, after });
    return after;
  });
}

/** Takes a decision back: the shift is proposed again. Throws as `decideShift`, and CONFLICT where nothing was decided. */
export async function reopenShift(caller: Decider, ref: ShiftRef, version: number): Promise<ShiftDto> {
  return write(caller, async (tx) => {
    await holdCodings(tx, ref);
    const before = await getShift(tx, ref);
    const known = await findDecision(tx, before);
    if (!known) throw new DomainError({ code: "CONFLICT", message: "Nothing is decided on this shift." });
    checkVersion(before, version);
    await tx.shiftDecision.delete({ where: known });
    await audit(tx, caller, "shift.reopened", known.id, { before, after: null });
    return getShift(tx, ref);
  });
}

async function audit(
  tx: Tx,
  caller: Decider,
  type: EventType,
  subjectId: string,
  { before, after }: { before: ShiftDto | null; after: ShiftDto | null },
): Promise<void> {
  await recordAudit(tx, caller, {
    type,
    subjectId,
    version: (after ?? before)?.version ?? 1,
    before: before && shiftSnapshot(before),
    after: after && shiftSnapshot(after),
    ...(after?.decision ? { reason: after.decision.reason } : {}),
  });
}
