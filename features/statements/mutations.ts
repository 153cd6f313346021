import "server-only";
import { findActorIds } from "@/features/actors/queries/resolve";
import { loadCast, type Cast } from "@/features/actors/queries/register";
import { recordAudit } from "@/features/audit/mutations";
import type { EventType } from "@/features/audit/schema";
import { WITH_REPRESENTATIONS } from "@/features/statements/queries/rows";
import {
  getStatement,
  statementDetail,
  statementSnapshot,
  type StatementDetail,
} from "@/features/statements/queries/statement";
import { checkRepresentation, type Represents } from "@/features/statements/rules";
import type { RepresentsInput, StatementInput, StatementPatch, StatementRole } from "@/features/statements/schema";
import type { Caller } from "@/lib/auth/caller";
import { write, type Tx } from "@/lib/db";
import { DomainError, invalid, notFound, type Issue } from "@/lib/errors";
import { dayOf } from "@/lib/format";
import { uuidOf } from "@/lib/uuid";

type Recorder = Caller<"statement:record">;

type Place = {
  id: string;
  slug: string;
  version: number;
  startsOn: Date;
  meetings: { id: string; number: number; date: Date }[];
};

const PLACE = {
  id: true,
  slug: true,
  version: true,
  startsOn: true,
  meetings: { select: { id: true, number: true, date: true } },
} as const;

async function findPlace(tx: Tx, ref: string): Promise<Place> {
  const id = uuidOf(ref);
  const place = await tx.dialogue.findFirst({ where: id ? { id } : { slug: ref }, select: PLACE });
  if (!place) throw notFound("dialogue", ref);
  return place;
}

/**
 * Holds a dialogue until the end of the transaction: places in the order of speaking are given out one by one, and a statement
 * that is read under the lock does not change any more. Returns the dialogue's version, null when there is no such dialogue.
 */
async function lockDialogue(
  tx: Tx,
  of: { dialogueId: string } | { statementId: string },
): Promise<{ id: string; version: number } | null> {
  const [locked] =
    "dialogueId" in of
      ? await tx.$queryRaw<{ id: string; version: number }[]>`
          SELECT id, version FROM dialogue WHERE id = ${of.dialogueId}::uuid FOR NO KEY UPDATE`
      : await tx.$queryRaw<{ id: string; version: number }[]>`
          SELECT id, version FROM dialogue
          WHERE id = (SELECT dialogue_id FROM statement WHERE id = ${uuidOf(of.statementId)}::uuid) FOR NO KEY UPDATE`;
  return locked ?? null;
}

function meetingOf(dialogue: Place, number: number | null | undefined): Place["meetings"][number] | null {
  if (number === null || number === undefined) return null;
  const meeting = dialogue.meetings.find((one) => one.number === number);
  if (!meeting) throw invalid("meeting", `This dialogue has no meeting ${number}.`);
  return meeting;
}

/** The references of an input with the field that each stands in. */
function refsOf(speaker: string | undefined, represents: RepresentsInput[]): { path: string; ref: string }[] {
  return [
    ...(speaker === undefined ? [] : [{ path: "speaker", ref: speaker }]),
    ...represents.flatMap((row, index) => {
      const path = `represents.${index}`;
      if (row.basis === "own") return [];
      if (row.basis !== "group") return [{ path: `${path}.actor`, ref: row.actor }];
      const struck = row.exclude.map((ref, place) => ({ path: `${path}.exclude.${place}`, ref }));
      return [{ path: `${path}.group`, ref: row.group }, ...struck];
    }),
  ];
}

async function idsFor(tx: Tx, refs: { path: string; ref: string }[]): Promise<Map<string, string>> {
  const ids = await findActorIds(
    tx,
    refs.map(({ ref }) => ref),
  );
  const issues: Issue[] = refs
    .filter(({ ref }) => !ids.has(ref))
    .map(({ path, ref }) => ({ path: path.split("."), message: `No actor is known as "${ref}".` }));
  if (issues.length > 0) throw new DomainError({ code: "INVALID", issues });
  return ids;
}

function partiesOf(represents: RepresentsInput[], ids: Map<string, string>): Represents[] {
  const id = (ref: string): string => ids.get(ref) ?? "";
  const rows = represents.map((row): Represents => {
    if (row.basis === "own") return { basis: "own", actorId: null, excluded: [] };
    if (row.basis === "group") return { basis: "group", actorId: id(row.group), excluded: row.exclude.map(id) };
    return { basis: row.basis, actorId: id(row.actor), excluded: [] };
  });
  return rows.length > 0 ? rows : [{ basis: "own", actorId: null, excluded: [] }];
}

type Proposal = { speakerId: string; role: StatementRole; day: string; represents: Represents[] };

/** Checks a proposal by the rules of representation, with the actors' names of that day in the messages. */
async function checkProposal(tx: Tx, proposal: Proposal): Promise<Cast> {
  const { speakerId, represents, day } = proposal;
  const involved = represents.flatMap(({ actorId, excluded }) => [...(actorId ? [actorId] : []), ...excluded]);
  const cast = await loadCast(tx, [speakerId, ...involved]);
  checkRepresentation(proposal, cast.register, ({ id }) => cast.nameOn(id, day));
  return cast;
}

/** Writes for whom a statement was delivered, in two queries however many they are. */
async function insertRepresentations(tx: Tx, statementId: string, represents: Represents[]): Promise<void> {
  const made = await tx.representation.createManyAndReturn({
    data: represents.map(({ basis, actorId }, index) => ({ statementId, basis, actorId, position: index + 1 })),
    select: { id: true, position: true },
  });
  const exclusions = made.flatMap(({ id, position }) =>
    (represents[position - 1]?.excluded ?? []).map((actorId) => ({ representationId: id, actorId })),
  );
  if (exclusions.length > 0) await tx.exclusion.createMany({ data: exclusions });
}

/** Makes place at `order`: when it is taken, that statement and all after it move one on. Null: the place after the last. */
async function placeAt(tx: Tx, dialogueId: string, order: number | undefined): Promise<number> {
  if (order === undefined) {
    const last = await tx.statement.aggregate({ where: { dialogueId }, _max: { order: true } });
    return (last._max.order ?? 0) + 1;
  }
  const taken = await tx.statement.findUnique({
    where: { dialogueId_order: { dialogueId, order } },
    select: { id: true },
  });
  if (taken) {
    await tx.$executeRaw`
      UPDATE statement SET "order" = "order" + 1 WHERE dialogue_id = ${dialogueId}::uuid AND "order" >= ${order}`;
  }
  return order;
}

async function audit(
  tx: Tx,
  caller: Recorder,
  type: EventType,
  before: StatementDetail | null,
  after: StatementDetail,
  dialogueId: string,
  reason?: string,
): Promise<void> {
  await recordAudit(tx, caller, {
    type,
    subjectId: after.id,
    dialogueId,
    version: after.version,
    before: before && statementSnapshot(before),
    after: statementSnapshot(after),
    ...(reason === undefined ? {} : { reason }),
  });
}

/**
 * Records a statement inside a transaction that is already open; `recordStatement` opens one. Holds the dialogue from then on.
 * @throws DomainError INVALID with the path of each field that does not fit
 */
export async function insertStatement(
  tx: Tx,
  caller: Recorder,
  dialogueRef: string,
  input: StatementInput,
): Promise<StatementDetail> {
  const dialogue = await findPlace(tx, dialogueRef);
  const meeting = meetingOf(dialogue, input.meeting);
  const ids = await idsFor(tx, refsOf(input.speaker, input.represents));
  const speakerId = ids.get(input.speaker) ?? "";
  const represents = partiesOf(input.represents, ids);
  const day = dayOf(meeting?.date ?? dialogue.startsOn);
  const cast = await checkProposal(tx, { speakerId, role: input.role, day, represents });
  // Only now, so that many who write at once wait for each other as briefly as can be.
  const locked = await lockDialogue(tx, { dialogueId: dialogue.id });
  // Its days were changed meanwhile: once more, under the lock, where they stay.
  if (locked?.version !== dialogue.version) return insertStatement(tx, caller, dialogueRef, input);
  const stored = await tx.statement.create({
    data: {
      dialogueId: dialogue.id,
      meetingId: meeting?.id ?? null,
      speakerId,
      order: await placeAt(tx, dialogue.id, input.order),
      role: input.role,
      printed: input.printed ?? null,
      language: input.language ?? null,
      personName: input.person?.name ?? null,
      personTitle: input.person?.title ?? null,
      sourceUrl: input.sourceUrl ?? null,
      note: input.note ?? null,
    },
  });
  await insertRepresentations(tx, stored.id, represents);
  const statement = statementDetail(
    {
      ...stored,
      dialogue,
      meeting,
      representations: represents.map(({ basis, actorId, excluded }) => ({
        basis,
        actorId,
        exclusions: excluded.map((id) => ({ actorId: id })),
      })),
    },
    cast,
  );
  await audit(tx, caller, "statement.recorded", null, statement, dialogue.id);
  return statement;
}

/** Records a statement at the end of the order of speaking, or at `order`, moving later ones on. */
export async function recordStatement(
  caller: Recorder,
  dialogueRef: string,
  input: StatementInput,
): Promise<StatementDetail> {
  return write(caller, (tx) => insertStatement(tx, caller, dialogueRef, input));
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
      await insertRepresentations(tx, before.id, represents);
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
