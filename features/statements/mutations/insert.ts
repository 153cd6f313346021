import "server-only";
import { loadCast, type Cast } from "@/features/actors/queries/register";
import { findActorIds } from "@/features/actors/queries/resolve";
import { recordAudit, recordAuditMany } from "@/features/audit/mutations";
import type { EventType } from "@/features/audit/schema";
import { statementDetail, statementSnapshot, type StatementDetail } from "@/features/statements/queries/statement";
import { checkRepresentation, type Represents } from "@/features/statements/rules";
import type { RepresentsInput, StatementInput, StatementRole } from "@/features/statements/schema";
import type { Caller } from "@/lib/auth/caller";
import type { Tx } from "@/lib/db";
import { DomainError, invalid, notFound, type Issue } from "@/lib/errors";
import { dayOf } from "@/lib/format";
import { uuidOf } from "@/lib/uuid";

/** Who may record statements. */
export type Recorder = Caller<"statement:record">;

/** A dialogue as a place where statements are recorded. */
export type Place = {
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

/** The dialogue with this slug or id, with its meetings, or NOT_FOUND. */
export async function findPlace(tx: Tx, ref: string): Promise<Place> {
  const id = uuidOf(ref);
  const place = await tx.dialogue.findFirst({ where: id ? { id } : { slug: ref }, select: PLACE });
  if (!place) throw notFound("dialogue", ref);
  return place;
}

/**
 * Holds a dialogue until the end of the transaction: places in the order of speaking are given out one by one, and a statement
 * that is read under the lock does not change any more. Returns the dialogue's version, null when there is no such dialogue.
 */
export async function lockDialogue(
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

/** The meeting of this number, null without one; INVALID under `meeting` when there is none such. */
export function meetingOf(dialogue: Place, number: number | null | undefined): Place["meetings"][number] | null {
  if (number === null || number === undefined) return null;
  const meeting = dialogue.meetings.find((one) => one.number === number);
  if (!meeting) throw invalid("meeting", `This dialogue has no meeting ${number}.`);
  return meeting;
}

/** The references of an input with the field that each stands in. */
export function refsOf(speaker: string | undefined, represents: RepresentsInput[]): { path: string; ref: string }[] {
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

/** The ids of references, in one query however many there are; INVALID with the field of each that nobody has. */
export async function idsFor(tx: Tx, refs: { path: string; ref: string }[]): Promise<Map<string, string>> {
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

/** The rows of an input with their references found; own capacity when there are none. */
export function partiesOf(represents: RepresentsInput[], ids: Map<string, string>): Represents[] {
  const id = (ref: string): string => ids.get(ref) ?? "";
  const rows = represents.map((row): Represents => {
    if (row.basis === "own") return { basis: "own", actorId: null, excluded: [] };
    if (row.basis === "group") return { basis: "group", actorId: id(row.group), excluded: row.exclude.map(id) };
    return { basis: row.basis, actorId: id(row.actor), excluded: [] };
  });
  return rows.length > 0 ? rows : [{ basis: "own", actorId: null, excluded: [] }];
}

type Proposal = { speakerId: string; role: StatementRole; day: string; represents: Represents[] };

/** Every actor that a proposal names. */
function involvedIn({ speakerId, represents }: Proposal): string[] {
  return [speakerId, ...represents.flatMap(({ actorId, excluded }) => [...(actorId ? [actorId] : []), ...excluded])];
}

/** Checks a proposal by the rules of representation, with the actors' names of that day in the messages. */
export async function checkProposal(tx: Tx, proposal: Proposal): Promise<Cast> {
  const { day } = proposal;
  const cast = await loadCast(tx, involvedIn(proposal));
  checkRepresentation(proposal, cast.register, ({ id }) => cast.nameOn(id, day));
  return cast;
}

/** Rows per query: Postgres takes 32,767 values in one statement. */
const PORTION = 1000;

function portionsOf<T>(rows: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / PORTION) }, (_, at) =>
    rows.slice(at * PORTION, (at + 1) * PORTION),
  );
}

/** Writes for whom statements were delivered, in a few queries however many they are. */
export async function insertRepresentations(
  tx: Tx,
  statements: readonly { id: string; represents: readonly Represents[] }[],
): Promise<void> {
  const rows = statements.flatMap(({ id, represents }) =>
    represents.map(({ basis, actorId }, index) => ({ statementId: id, basis, actorId, position: index + 1 })),
  );
  const excluded = new Map(
    statements.flatMap(({ id, represents }) =>
      represents.map((row, index) => [`${id} ${index + 1}`, row.excluded] as const),
    ),
  );
  for (const data of portionsOf(rows)) {
    const made = await tx.representation.createManyAndReturn({
      data,
      select: { id: true, statementId: true, position: true },
    });
    const exclusions = made.flatMap(({ id, statementId, position }) =>
      (excluded.get(`${statementId} ${position}`) ?? []).map((actorId) => ({ representationId: id, actorId })),
    );
    for (const some of portionsOf(exclusions)) await tx.exclusion.createMany({ data: some });
  }
}

/** Writes what happened to a statement. */
export async function audit(
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

/** Makes place at `order`: when it is taken, that statement and all after it move one on. Undefined: the place after the last. */
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

type Checked = { input: StatementInput; meeting: Place["meetings"][number] | null; proposal: Proposal };

/** Where an issue about one of several statements stands: `rows.3.speaker`. */
export type PathOf = (row: number, field: string) => string;

/** Collects the issues of all rows, each under its own path, so that one answer says all that is wrong. */
function collecting<T>(rows: readonly T[], pathOf: PathOf, check: (row: T, place: number) => void): void {
  const issues: Issue[] = [];
  for (const [place, row] of rows.entries()) {
    try {
      check(row, place);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== "INVALID") throw error;
      for (const { path, message } of error.issues) {
        issues.push({ path: pathOf(place, path.join(".")).split("."), message });
      }
    }
  }
  if (issues.length > 0) throw new DomainError({ code: "INVALID", issues });
}

/** All statements checked by the rules of representation, with the cast that they name. */
async function checkAll(
  tx: Tx,
  dialogue: Place,
  inputs: readonly StatementInput[],
  pathOf: PathOf,
): Promise<{ checked: Checked[]; cast: Cast }> {
  const refs = inputs.flatMap(({ speaker, represents }, row) =>
    refsOf(speaker, represents).map(({ path, ref }) => ({ path: pathOf(row, path), ref })),
  );
  const ids = await idsFor(tx, refs);
  const checked: Checked[] = [];
  collecting(inputs, pathOf, (input) => {
    const meeting = meetingOf(dialogue, input.meeting);
    const day = dayOf(meeting?.date ?? dialogue.startsOn);
    const represents = partiesOf(input.represents, ids);
    checked.push({
      input,
      meeting,
      proposal: { speakerId: ids.get(input.speaker) ?? "", role: input.role, day, represents },
    });
  });
  const cast = await loadCast(tx, new Set(checked.flatMap(({ proposal }) => involvedIn(proposal))));
  collecting(checked, pathOf, ({ proposal }) => {
    checkRepresentation(proposal, cast.register, ({ id }) => cast.nameOn(id, proposal.day));
  });
  return { checked, cast };
}

function columnsOf(dialogue: Place, { input, meeting, proposal: { speakerId } }: Checked, order: number) {
  return {
    dialogueId: dialogue.id,
    meetingId: meeting?.id ?? null,
    speakerId,
    order,
    role: input.role,
    printed: input.printed ?? null,
    language: input.language ?? null,
    personName: input.person?.name ?? null,
    personTitle: input.person?.title ?? null,
    sourceUrl: input.sourceUrl ?? null,
    note: input.note ?? null,
  };
}

/**
 * Records statements inside a transaction that is already open, one after the other in the order of speaking, from the place
 * that the first asks for or else at the end. The queries do not grow with their number. Holds the dialogue from then on.
 * @param pathOf where issues about a statement stand
 * @throws DomainError INVALID with the path of each field that does not fit
 */
export async function insertStatements(
  tx: Tx,
  caller: Recorder,
  dialogueRef: string,
  inputs: readonly StatementInput[],
  pathOf: PathOf,
): Promise<StatementDetail[]> {
  const dialogue = await findPlace(tx, dialogueRef);
  const { checked, cast } = await checkAll(tx, dialogue, inputs, pathOf);
  // Only now, so that many who write at once wait for each other as briefly as can be.
  const locked = await lockDialogue(tx, { dialogueId: dialogue.id });
  // Its days were changed meanwhile: once more, under the lock, where they stay.
  if (locked?.version !== dialogue.version) return insertStatements(tx, caller, dialogueRef, inputs, pathOf);
  const first = await placeAt(tx, dialogue.id, inputs[0]?.order);
  const statements: StatementDetail[] = [];
  for (const [at, portion] of portionsOf(checked).entries()) {
    const start = first + at * PORTION;
    const made = await tx.statement.createManyAndReturn({
      data: portion.map((one, place) => columnsOf(dialogue, one, start + place)),
    });
    const rows = made
      .toSorted((a, b) => a.order - b.order)
      .map((stored, place) => ({ stored, ...(portion[place] as Checked) }));
    await insertRepresentations(
      tx,
      rows.map(({ stored, proposal: { represents } }) => ({ id: stored.id, represents })),
    );
    for (const { stored, meeting, proposal } of rows) {
      const representations = proposal.represents.map(({ basis, actorId, excluded }) => ({
        basis,
        actorId,
        exclusions: excluded.map((id) => ({ actorId: id })),
      }));
      statements.push(statementDetail({ ...stored, dialogue, meeting, representations, coding: null }, cast));
    }
  }
  await recordAuditMany(
    tx,
    caller,
    statements.map((statement) => ({
      type: "statement.recorded",
      subjectId: statement.id,
      dialogueId: dialogue.id,
      version: statement.version,
      before: null,
      after: statementSnapshot(statement),
    })),
  );
  return statements;
}
