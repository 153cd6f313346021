import "server-only";
import { createHash } from "node:crypto";
import { recordAudit, recordAuditMany } from "@/features/audit/mutations";
import type { DomainEvent } from "@/features/audit/schema";
import { eventOf } from "@/features/sources/mutations/quotations";
import type { QuotationDto } from "@/features/sources/queries/quotations";
import { getStatementOfTexts, getText, textSnapshot, type TextDto } from "@/features/sources/queries/texts";
import { reanchor, type Anchoring } from "@/features/sources/rules/reanchor";
import type { TextInput, TextKind, TextPatch } from "@/features/sources/schema";
import type { Caller } from "@/lib/auth/caller";
import { write, type Tx } from "@/lib/db";
import { DomainError, invalid, notFound } from "@/lib/errors";
import { dateOf } from "@/lib/format";
import { detectLanguage } from "@/lib/parsing/file-text";
import { uuidOf } from "@/lib/uuid";

type Editor = Caller<"text:edit">;

/** Most texts of one statement. */
const MOST = 24;
/** Milliseconds: a long text with many quotations takes its time. */
const TIMEOUT = 20_000;

/** What a change did to the quotations of a text, by id. */
export type Anchored = { untouched: string[]; reanchored: string[]; orphaned: string[] };
export type ChangedText = TextDto & { anchored: Anchored };

const NOTHING: Anchored = { untouched: [], reanchored: [], orphaned: [] };

function hashOf(body: string): string {
  return createHash("sha256").update(body, "utf8").digest("hex");
}

type Origin = { [Field in "source" | "sourceUrl" | "accessedOn" | "document"]?: string | null | undefined };

/** What was given of where a text comes from, as columns. A file has to be there. */
async function originOf(tx: Tx, { source, sourceUrl, accessedOn, document }: Origin) {
  if (document && !(await tx.document.findUnique({ where: { id: document }, select: { id: true } }))) {
    throw invalid("document", "There is no such file.");
  }
  return {
    ...(source === undefined ? {} : { source }),
    ...(sourceUrl === undefined ? {} : { sourceUrl }),
    ...(accessedOn === undefined ? {} : { accessedOn: accessedOn === null ? null : dateOf(accessedOn) }),
    ...(document === undefined ? {} : { documentId: document }),
  };
}

function textEvent(
  type: "text.recorded" | "text.revised",
  dialogueId: string,
  before: TextDto | null,
  after: TextDto,
): DomainEvent {
  return {
    type,
    subjectId: after.id,
    dialogueId,
    version: after.version,
    before: before && textSnapshot(before),
    after: textSnapshot(after),
  };
}

type Found = { id: string; dialogueId: string; language: string | null };

/** Holds a statement, so that two who give it a first text at once come one after the other. */
async function holdStatement(tx: Tx, ref: string): Promise<Found> {
  const statement = await getStatementOfTexts(tx, ref);
  await tx.$queryRaw`SELECT id FROM statement WHERE id = ${statement.id}::uuid FOR NO KEY UPDATE`;
  return statement;
}

type NewText = { kind: TextKind; language: string; text: string } & Origin;

async function insertText(tx: Tx, caller: Editor, statement: Found, input: NewText): Promise<ChangedText> {
  const { kind, language, text: body } = input;
  if ((await tx.statementText.count({ where: { statementId: statement.id } })) >= MOST) {
    throw new DomainError({ code: "CONFLICT", message: `A statement has at most ${MOST} texts.` });
  }
  const { id } = await tx.statementText.create({
    data: {
      statementId: statement.id,
      kind,
      language,
      body,
      sha256: hashOf(body),
      ...(await originOf(tx, input)),
    },
    select: { id: true },
  });
  const after = await getText(tx, id);
  await recordAudit(tx, caller, textEvent("text.recorded", statement.dialogueId, null, after));
  return { ...after, anchored: NOTHING };
}

/** The language that was said, or else is told from the text. */
async function languageOf({ language, text }: { language?: string | undefined; text: string }): Promise<string> {
  const told = language ?? (await detectLanguage(text));
  if (!told) throw invalid("language", "The language cannot be told from this text. Choose it.");
  return told;
}

/**
 * Stores a text that a statement does not have yet; without a language it is told from the text. CONFLICT when the statement
 * has a text of this kind and language.
 */
export async function recordText(
  caller: Editor,
  statementRef: string,
  given: Omit<NewText, "language"> & { language?: string | undefined },
): Promise<ChangedText> {
  const input: NewText = { ...given, language: await languageOf(given) };
  return write(
    caller,
    async (tx) => {
      const statement = await holdStatement(tx, statementRef);
      if (await existing(tx, statement.id, input)) {
        throw new DomainError({
          code: "CONFLICT",
          message: "The statement has a text of this kind in this language already. Correct that one.",
        });
      }
      return insertText(tx, caller, statement, input);
    },
    TIMEOUT,
  );
}

function existing(tx: Tx, statementId: string, { kind, language }: { kind: TextKind; language: string }) {
  return tx.statementText.findUnique({
    where: { statementId_kind_language: { statementId, kind, language } },
    select: { id: true },
  });
}

/** New places of quotations, as one UPDATE takes them. */
type Row = Record<string, string | number | null>;

function rowOf({ id }: QuotationDto, anchoring: Anchoring): Row {
  if (anchoring.outcome === "orphaned") return { id, outcome: "orphaned" };
  const { exact, prefix, suffix, start, end, paragraph, page } = anchoring.selectors;
  return { id, outcome: anchoring.outcome, exact, prefix, suffix, start, end, paragraph, page };
}

/** Whether something that a reader is told changed: an orphan stays one, and context alone is no place. */
function moved(quotation: QuotationDto, anchoring: Anchoring): boolean {
  if (anchoring.outcome === "orphaned") return quotation.orphanedAt === null;
  const { start, exact, paragraph, page } = anchoring.selectors;
  return (
    quotation.start !== start ||
    quotation.exact !== exact ||
    quotation.paragraph !== paragraph ||
    quotation.page !== page
  );
}

/**
 * Writes what a change of a text does to its quotations: one UPDATE for all. Those whose place changed, or is gone, get a new
 * version; an orphan keeps its words and the context that it had.
 */
async function moveQuotations(tx: Tx, before: TextDto, body: string): Promise<Anchored> {
  const anchorings = reanchor(before.quotations, before.text, body);
  const outcomes: Anchored = { untouched: [], reanchored: [], orphaned: [] };
  const rows: Row[] = [];
  for (const [index, quotation] of before.quotations.entries()) {
    const anchoring = anchorings[index] ?? { outcome: "orphaned" };
    const changed = moved(quotation, anchoring);
    const outcome = anchoring.outcome === "orphaned" ? "orphaned" : changed ? "reanchored" : "untouched";
    outcomes[outcome].push(quotation.id);
    if (changed || outcome === "untouched") rows.push({ ...rowOf(quotation, anchoring), outcome });
  }
  if (rows.length === 0) return outcomes;
  await tx.$executeRaw`
    UPDATE quotation q SET
      exact = coalesce(n.exact, q.exact), prefix = coalesce(n.prefix, q.prefix), suffix = coalesce(n.suffix, q.suffix),
      start = n.start, "end" = n."end", paragraph = n.paragraph, page = n.page,
      orphaned_at = CASE WHEN n.outcome = 'orphaned' THEN now() END,
      version = q.version + CASE WHEN n.outcome = 'untouched' THEN 0 ELSE 1 END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS n(
      id uuid, outcome text, exact text, prefix text, suffix text, start int, "end" int, paragraph int, page int)
    WHERE q.id = n.id`;
  return outcomes;
}

function quotationEvents(dialogueId: string, before: TextDto, after: TextDto): DomainEvent[] {
  const now = new Map(after.quotations.map((quotation) => [quotation.id, quotation]));
  return before.quotations.flatMap((quotation) => {
    const then = now.get(quotation.id);
    if (!then || then.version === quotation.version) return [];
    const type = then.orphanedAt === null ? "quotation.reanchored" : "quotation.orphaned";
    return [eventOf(type, dialogueId, quotation, then)];
  });
}

async function changeText(tx: Tx, caller: Editor, before: TextDto, patch: TextPatch): Promise<ChangedText> {
  const { kind = before.kind, language = before.language, text: body = before.text } = patch;
  const { dialogueId } = await getStatementOfTexts(tx, before.statement);
  const other = await existing(tx, before.statement, { kind, language });
  if (other && other.id !== before.id) {
    throw invalid("language", "The statement has another text of this kind in this language.");
  }
  const changed = body !== before.text;
  if (changed) {
    const { id: textId, version, text, sha256 } = before;
    await tx.earlierText.create({ data: { textId, version, body: text, sha256, userName: caller.userName } });
  }
  await tx.statementText.update({
    where: { id: before.id, version: before.version },
    data: {
      kind,
      language,
      ...(await originOf(tx, patch)),
      ...(changed ? { body, sha256: hashOf(body) } : {}),
      version: { increment: 1 },
      updatedAt: new Date(),
    },
    select: { id: true },
  });
  const untouched = { ...NOTHING, untouched: before.quotations.map(({ id }) => id) };
  const anchored = changed ? await moveQuotations(tx, before, body) : untouched;
  const after = await getText(tx, before.id);
  const events = [textEvent("text.revised", dialogueId, before, after), ...quotationEvents(dialogueId, before, after)];
  await recordAuditMany(tx, caller, events);
  return { ...after, anchored };
}

/** The text as it stands, locked so that nobody quotes from it meanwhile; STALE with it when it is not at `version` any more. */
export async function lockText(tx: Tx, ref: string, version: number): Promise<TextDto> {
  const id = uuidOf(ref);
  if (id) await tx.$queryRaw`SELECT id FROM statement_text WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  const before = await getText(tx, ref);
  if (before.version !== version) throw new DomainError({ code: "STALE", current: before });
  return before;
}

/**
 * Changes a text from a version; fields that are absent stay. Its quotations keep their words or become orphans, in the same
 * transaction; the body that it had is kept.
 */
export async function reviseText(caller: Editor, id: string, version: number, patch: TextPatch): Promise<ChangedText> {
  return write(caller, async (tx) => changeText(tx, caller, await lockText(tx, id, version), patch), TIMEOUT);
}

type Which = { kind?: TextKind | undefined; language?: string | undefined };

/**
 * Stores the text of a statement under a kind and language: a new one when `version` is null and there is none, else a change
 * of the one that is there. `which` and the input may name both; they have to agree.
 * @throws DomainError PRECONDITION_REQUIRED when there is one and no version was given, STALE when it has another
 */
export async function putText(
  caller: Editor,
  statementRef: string,
  { which, version, input }: { which: Which; version: number | null; input: TextInput },
): Promise<ChangedText> {
  for (const name of ["kind", "language"] as const) {
    if (which[name] !== undefined && input[name] !== undefined && which[name] !== input[name]) {
      throw invalid(name, "The address and the body name different ones.");
    }
  }
  return write(
    caller,
    async (tx) => {
      const statement = await holdStatement(tx, statementRef);
      const kind = which.kind ?? input.kind ?? "as_delivered";
      const language = which.language ?? input.language ?? statement.language;
      if (!language) throw invalid("language", 'Say in which language the text is, such as "en" or "fr".');
      const there = await existing(tx, statement.id, { kind, language });
      if (!there) {
        if (version !== null) throw new DomainError({ code: "STALE", message: "There is no such text yet." });
        return insertText(tx, caller, statement, { ...input, kind, language });
      }
      if (version === null) {
        throw new DomainError({
          code: "PRECONDITION_REQUIRED",
          message: "There is a text of this kind and language already. Send If-Match with its ETag to change it.",
        });
      }
      const before = await lockText(tx, there.id, version);
      return changeText(tx, caller, before, { ...input, kind, language });
    },
    TIMEOUT,
  );
}

/** Puts back the body that a text had at a version. */
export async function restoreText(caller: Editor, id: string, version: number, earlier: number): Promise<ChangedText> {
  return write(
    caller,
    async (tx) => {
      const before = await lockText(tx, id, version);
      const row = await tx.earlierText.findUnique({
        where: { textId_version: { textId: before.id, version: earlier } },
      });
      if (!row) throw notFound("version", String(earlier));
      return changeText(tx, caller, before, { text: row.body });
    },
    TIMEOUT,
  );
}
