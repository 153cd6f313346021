import "server-only";
import { recordAuditMany } from "@/features/audit/mutations";
import type { DomainEvent, Snapshot } from "@/features/audit/schema";
import { findCurrentVersion, findIssueIds, loadCodebook } from "@/features/codebook/queries/codebook";
import { loadReading } from "@/features/codebook/queries/reading";
import {
  findStatementPositions,
  positionDto,
  positionSnapshot,
  positionsOf,
  WITH_QUOTATION,
  type PositionRow,
  type StatementPositions,
} from "@/features/positions/queries/statement";
import { checkPositions } from "@/features/positions/rules/input";
import type { PositionInput } from "@/features/positions/schema";
import { recordQuotations } from "@/features/sources/mutations/quotations";
import type { Caller } from "@/lib/auth/caller";
import { write, type Tx } from "@/lib/db";
import { DomainError, invalid, notFound } from "@/lib/errors";
import { dayOf } from "@/lib/format";
import { uuidOf } from "@/lib/uuid";

type Coder = Caller<"position:code">;

type Coded = { id: string; dialogueId: string; speakerId: string; year: number };

/** The statement, held until the transaction ends: two who code it at once come one after the other. */
async function holdStatement(tx: Tx, ref: string): Promise<Coded> {
  const id = uuidOf(ref);
  await tx.$queryRaw`SELECT id FROM statement WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  const found = id
    ? await tx.statement.findUnique({
        where: { id },
        select: {
          id: true,
          dialogueId: true,
          speakerId: true,
          withdrawnAt: true,
          dialogue: { select: { startsOn: true } },
        },
      })
    : null;
  if (!found) throw notFound("statement", ref);
  if (found.withdrawnAt) {
    throw new DomainError({ code: "CONFLICT", message: "This statement is withdrawn: restore it, then code it." });
  }
  return {
    id: found.id,
    dialogueId: found.dialogueId,
    speakerId: found.speakerId,
    year: Number(dayOf(found.dialogue.startsOn).slice(0, 4)),
  };
}

function checkVersion(before: StatementPositions, version: number | null): void {
  if (before.version === version || (before.version === 0 && version === null)) return;
  if (version !== null) throw new DomainError({ code: "STALE", current: before });
  throw new DomainError({
    code: "PRECONDITION_REQUIRED",
    message: "Somebody has coded this statement: say which version you change.",
  });
}

/** The ids of the issues, in the order of the input. Throws INVALID with the path of every code that the codebook lacks. */
async function issuesFor(tx: Tx, inputs: readonly PositionInput[]): Promise<string[]> {
  const ids = await findIssueIds(
    tx,
    inputs.map(({ issue }) => issue),
  );
  const issues = inputs.flatMap(({ issue }, place) =>
    ids.has(issue) ? [] : [{ path: [String(place), "issue"], message: `The codebook has no issue "${issue}".` }],
  );
  if (issues.length > 0) throw new DomainError({ code: "INVALID", issues });
  return inputs.map(({ issue }) => ids.get(issue) ?? "");
}

/** Quotes what is quoted, in the same transaction. The ids are in the order of the input, null where nothing is quoted. */
async function quotationsFor(
  tx: Tx,
  caller: Coder,
  statementId: string,
  inputs: readonly PositionInput[],
): Promise<(string | null)[]> {
  const quoting = inputs.flatMap((input, place) => (input.quote ? [{ quote: input.quote, input, place }] : []));
  const quoted = await recordQuotations(
    tx,
    caller,
    statementId,
    quoting.map(({ quote, input: { text, start } }) => ({
      quote,
      ...(text ? { text } : {}),
      ...(start === undefined || start === null ? {} : { start }),
    })),
    (index) => [String(quoting[index]?.place ?? 0), "quote"],
  );
  const ids = new Map(quoting.map(({ place }, index) => [place, quoted[index]?.quotation.id ?? null]));
  return inputs.map((_, place) => ids.get(place) ?? null);
}

/** What one coding says, as the table holds it. */
type Values = Pick<PositionRow, "issueId" | "kind" | "value" | "quotationId" | "noQuoteReason" | "note" | "confidence">;

function valuesOf(input: PositionInput, issueId: string, quotationId: string | null): Values {
  const { kind, value, noQuoteReason, note, confidence } = input;
  return {
    issueId,
    kind,
    value: value ?? null,
    quotationId,
    noQuoteReason: noQuoteReason ?? null,
    note: note ?? null,
    confidence: confidence ?? null,
  };
}

const FIELDS = ["value", "quotationId", "noQuoteReason", "note", "confidence"] as const;

/** Coded again under a newer version of the codebook is a change, whatever it says. */
function isSame(before: PositionRow, after: Values, versionId: string): boolean {
  return before.versionId === versionId && FIELDS.every((field) => before[field] === after[field]);
}

const keyOf = ({ issueId, kind }: Pick<Values, "issueId" | "kind">): string => `${issueId} ${kind}`;

/** Brings the stored positions of a statement to what was given. Returns what happened, for the audit trail. */
async function replacePositions(
  tx: Tx,
  caller: Coder,
  { statement, versionId }: { statement: Coded; versionId: string },
  { before, after }: { before: PositionRow[]; after: Values[] },
): Promise<DomainEvent[]> {
  const stamp = { versionId, coderId: caller.userId, coderName: caller.userName };
  const issues = await loadReading(tx);
  const snapshot = (row: PositionRow | null) => row && positionSnapshot(positionDto(row, issues));
  const stored = new Map(before.map((position) => [keyOf(position), position]));
  const wanted = new Set(after.map(keyOf));
  const events: DomainEvent[] = [];
  const happened = (type: DomainEvent["type"], id: string, was: PositionRow | null, is: PositionRow | null) =>
    events.push({
      type,
      subjectId: id,
      dialogueId: statement.dialogueId,
      version: (is ?? was)?.version ?? 1,
      before: snapshot(was),
      after: snapshot(is),
    });

  const gone = before.filter((position) => !wanted.has(keyOf(position)));
  await tx.position.deleteMany({ where: { id: { in: gone.map(({ id }) => id) } } });
  for (const position of gone) happened("position.withdrawn", position.id, position, null);
  for (const values of after) {
    const known = stored.get(keyOf(values));
    if (known && isSame(known, values, versionId)) continue;
    const data = { ...values, ...stamp };
    const row = known
      ? await tx.position.update({
          where: { id: known.id },
          data: { ...data, version: { increment: 1 }, updatedAt: new Date() },
          include: WITH_QUOTATION,
        })
      : await tx.position.create({
          data: {
            ...data,
            statementId: statement.id,
            dialogueId: statement.dialogueId,
            actorId: statement.speakerId,
            year: statement.year,
          },
          include: WITH_QUOTATION,
        });
    happened(known ? "position.revised" : "position.recorded", row.id, known ?? null, row);
  }
  return events;
}

/** The positions that a coding takes the place of. What was coded on an issue that the codebook no longer has stays as it is. */
async function replaceable(tx: Tx, statementId: string): Promise<PositionRow[]> {
  const issues = new Set((await loadCodebook(tx))?.issues.map(({ id }) => id));
  const stored = await positionsOf(tx, statementId);
  return stored.filter(({ issueId, kind }) => kind !== "vote" && issues.has(issueId));
}

/** What a coding says besides its positions. */
type CodingMore = {
  /** Absent: it stays as it is. */
  memo?: string | null;
  /** Number of the version of the codebook by which the statement was read; refused when a newer one is published. */
  codebook?: number;
};

function codingSnapshot({ codebook, positions, memo }: StatementPositions): Snapshot {
  return { codebook, positions: positions.length, memo };
}

/**
 * Codes a statement: the list is all that it says on the issues of the codebook, and takes the place of what was coded before.
 * What is not in it the statement did not address; what was coded on issues that the codebook no longer has stays on record.
 * `version` is that of the coding that was opened, 0 when there was none; null says nothing about it, and codes a statement that
 * is not coded yet. Quotations are found in the stored texts in the same transaction.
 * @throws DomainError INVALID with the path of every position that does not fit, STALE when somebody coded it meanwhile,
 * CONFLICT for a withdrawn statement, or when another version of the codebook was published meanwhile
 */
export async function codeStatement(
  caller: Coder,
  ref: string,
  version: number | null,
  inputs: readonly PositionInput[],
  { memo, codebook: readBy }: CodingMore = {},
): Promise<StatementPositions> {
  return write(caller, async (tx) => {
    const statement = await holdStatement(tx, ref);
    const before = await findStatementPositions(tx, statement.id);
    checkVersion(before, version);
    checkPositions(inputs);
    const codebook = await findCurrentVersion(tx);
    if (!codebook) throw invalid("", "There is no published version of the codebook to code by.");
    if (readBy !== undefined && readBy !== codebook.number) {
      throw new DomainError({
        code: "CONFLICT",
        message: `Version ${codebook.number} of the codebook was published while you coded by version ${readBy}. Your draft is kept: open the page again, look at what changed, and submit.`,
      });
    }
    const issueIds = await issuesFor(tx, inputs);
    const quotationIds = await quotationsFor(tx, caller, statement.id, inputs);
    const after = inputs.map((input, place) => valuesOf(input, issueIds[place] ?? "", quotationIds[place] ?? null));
    const events = await replacePositions(
      tx,
      caller,
      { statement, versionId: codebook.id },
      { before: await replaceable(tx, statement.id), after },
    );
    const coding = {
      versionId: codebook.id,
      submittedAt: new Date(),
      coderId: caller.userId,
      coderName: caller.userName,
      updatedAt: new Date(),
      ...(memo === undefined ? {} : { memo }),
    };
    await tx.coding.upsert({
      where: { statementId: statement.id },
      create: { statementId: statement.id, ...coding },
      update: { ...coding, version: { increment: 1 } },
    });
    const coded = await findStatementPositions(tx, statement.id);
    await recordAuditMany(tx, caller, [
      ...events,
      {
        type: "coding.submitted",
        subjectId: statement.id,
        dialogueId: statement.dialogueId,
        version: coded.version,
        before: before.version === 0 ? null : codingSnapshot(before),
        after: codingSnapshot(coded),
      },
    ]);
    return coded;
  });
}
