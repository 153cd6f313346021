import "server-only";
import { recordAudit, recordAuditMany } from "@/features/audit/mutations";
import type { DomainEvent } from "@/features/audit/schema";
import {
  getQuotation,
  quotationDto,
  quotationSnapshot,
  WITH_TEXT,
  type QuotationDto,
} from "@/features/sources/queries/quotations";
import { getStatementOfTexts } from "@/features/sources/queries/texts";
import { readText, type ReadText } from "@/features/sources/rules/folding";
import { findQuote, type FoundQuote, type QuoteHint } from "@/features/sources/rules/quotes";
import { layoutOf, selectorsOf, type Layout } from "@/features/sources/rules/selectors";
import type { PlacingInput, QuotationInput } from "@/features/sources/schema";
import type { Caller } from "@/lib/auth/caller";
import { write, type Tx } from "@/lib/db";
import { DomainError, invalid, notFound, type Issue } from "@/lib/errors";
import { uuidOf } from "@/lib/uuid";

/** Quoting is part of storing texts, of coding positions and of importing them. */
type Quoter = Caller<"text:edit"> | Caller<"position:code"> | Caller<"import:run">;

/** Most quotations of one text. */
const MOST = 1000;

type Opened = { id: string; text: ReadText; layout: Layout };

/**
 * The texts of a statement, held as they are until the end of the transaction, so that no change of a text can leave a
 * quotation behind that is being recorded. Bodies are read one by one, when words are looked for in them.
 */
class HeldTexts {
  private readonly opened = new Map<string, Opened>();

  constructor(
    private readonly tx: Tx,
    /** Texts that are held, in the order in which words are looked for. */
    readonly ids: string[],
  ) {}

  static async of(tx: Tx, statementId: string): Promise<HeldTexts> {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM statement_text WHERE statement_id = ${statementId}::uuid ORDER BY kind, created_at, id FOR NO KEY UPDATE`;
    return new HeldTexts(
      tx,
      rows.map(({ id }) => id),
    );
  }

  async open(id: string): Promise<Opened> {
    const known = this.opened.get(id);
    if (known) return known;
    const { body } = await this.tx.statementText.findUniqueOrThrow({ where: { id }, select: { body: true } });
    const opened = { id, text: readText(body), layout: layoutOf(body) };
    this.opened.set(id, opened);
    return opened;
  }
}

/** Why words cannot be quoted, as a sentence for whoever typed them. */
function refusalOf(found: FoundQuote | null, single: boolean): string {
  if (!found) return "This statement has no text yet: store one, then quote from it.";
  if (found.withinWords) return "These letters stand in the text only as a part of longer words. Quote whole words.";
  return single
    ? "These words are not in the text. A quotation has to be verbatim; only white space and typographic marks may differ."
    : "These words are in none of the statement's texts. A quotation has to be verbatim.";
}

function hintOf({ prefix, suffix, start }: PlacingInput): QuoteHint {
  return {
    ...(prefix === undefined ? {} : { prefix }),
    ...(suffix === undefined ? {} : { suffix }),
    ...(start === undefined ? {} : { start }),
  };
}

type Placed = { opened: Opened; found: FoundQuote & { place: NonNullable<FoundQuote["place"]> } };

async function placeIn(texts: HeldTexts, input: QuotationInput): Promise<Placed | string> {
  const wanted = input.text?.toLowerCase();
  if (wanted !== undefined && !texts.ids.includes(wanted)) return "This is not a text of the statement.";
  let last: FoundQuote | null = null;
  for (const id of wanted === undefined ? texts.ids : [wanted]) {
    const opened = await texts.open(id);
    const found = findQuote(opened.text, input.quote, hintOf(input));
    if (found.place) return { opened, found: { ...found, place: found.place } };
    if (!last?.withinWords) last = found;
  }
  return refusalOf(last, wanted !== undefined || texts.ids.length === 1);
}

/** Why words cannot be quoted from the texts of a statement, for each of `inputs`; null for those that can. Nothing is recorded. */
export async function refusedQuotes(
  tx: Tx,
  statementId: string,
  inputs: readonly QuotationInput[],
): Promise<(string | null)[]> {
  const texts = await HeldTexts.of(tx, statementId);
  const refusals: (string | null)[] = [];
  for (const input of inputs) {
    const placed = await placeIn(texts, input);
    refusals.push(typeof placed === "string" ? placed : null);
  }
  return refusals;
}

/** What was quoted: `existing` when the same place had been quoted before, `note` when the place was a choice. */
export type Quoted = { quotation: QuotationDto; existing: boolean; note: string | null };

async function quotePlace(tx: Tx, { opened, found }: Placed): Promise<Quoted> {
  const { start, end } = found.place;
  const { note } = found;
  const before = await tx.quotation.findFirst({ where: { textId: opened.id, start, end }, include: WITH_TEXT });
  if (before) return { quotation: quotationDto(before), existing: true, note };
  if ((await tx.quotation.count({ where: { textId: opened.id } })) >= MOST) {
    throw new DomainError({ code: "CONFLICT", message: `A text has at most ${MOST} quotations.` });
  }
  const data = { textId: opened.id, ...selectorsOf(opened.text, start, end, opened.layout) };
  return { quotation: quotationDto(await tx.quotation.create({ data, include: WITH_TEXT })), existing: false, note };
}

/**
 * Quotes words from the texts of a statement, inside a transaction that is already open: all or none. The texts are held
 * until it ends. A place that is quoted already keeps its one quotation. Answers are in the order of `inputs`; `pathOf` says
 * which field an input came from.
 * @throws DomainError INVALID with the path of every quote that is not found verbatim; NOT_FOUND without such a statement
 */
export async function recordQuotations(
  tx: Tx,
  caller: Quoter,
  statementRef: string,
  inputs: readonly QuotationInput[],
  pathOf: (index: number) => string[] = () => ["quote"],
): Promise<Quoted[]> {
  const { id: statementId, dialogueId } = await getStatementOfTexts(tx, statementRef);
  const texts = await HeldTexts.of(tx, statementId);
  const places: Placed[] = [];
  const issues: Issue[] = [];
  for (const [index, input] of inputs.entries()) {
    const placed = await placeIn(texts, input);
    if (typeof placed === "string") issues.push({ path: pathOf(index), message: placed });
    else places.push(placed);
  }
  if (issues.length > 0) throw new DomainError({ code: "INVALID", issues });
  const quoted: Quoted[] = [];
  for (const placed of places) quoted.push(await quotePlace(tx, placed));
  const events = quoted
    .filter(({ existing }) => !existing)
    .map(({ quotation }): DomainEvent => eventOf("quotation.recorded", dialogueId, null, quotation));
  await recordAuditMany(tx, caller, events);
  return quoted;
}

/** Quotes words from a statement's text. */
export async function quoteText(caller: Quoter, statementRef: string, input: QuotationInput): Promise<Quoted> {
  return write(caller, async (tx) => {
    const [quoted] = await recordQuotations(tx, caller, statementRef, [input]);
    if (!quoted) throw notFound("quotation", statementRef);
    return quoted;
  });
}

/** The event of a quotation's change; `before` is null for a new one. */
export function eventOf(
  type: "quotation.recorded" | "quotation.reanchored" | "quotation.orphaned",
  dialogueId: string,
  before: QuotationDto | null,
  after: QuotationDto,
): DomainEvent {
  return {
    type,
    subjectId: after.id,
    dialogueId,
    version: after.version,
    before: before && quotationSnapshot(before),
    after: quotationSnapshot(after),
  };
}

/** The quotation with its text held, so that neither changes before the transaction ends; STALE when it is not at `version`. */
async function holdQuotation(
  tx: Tx,
  ref: string,
  version: number | null,
): Promise<{ before: QuotationDto; dialogueId: string }> {
  const id = uuidOf(ref);
  await tx.$queryRaw`
    SELECT t.id FROM statement_text t JOIN quotation q ON q.text_id = t.id WHERE q.id = ${id}::uuid FOR NO KEY UPDATE OF t`;
  const before = await getQuotation(tx, ref);
  if (version !== null && before.version !== version) throw new DomainError({ code: "STALE", current: before });
  return { before, dialogueId: (await getStatementOfTexts(tx, before.statement)).dialogueId };
}

/** Gives a quotation another place in its text: above all an orphan, whose words a person found again. */
export async function placeQuotation(
  caller: Quoter,
  id: string,
  version: number,
  input: PlacingInput,
): Promise<QuotationDto> {
  return write(caller, async (tx) => {
    const { before, dialogueId } = await holdQuotation(tx, id, version);
    const placed = await placeIn(new HeldTexts(tx, [before.text]), { ...input, text: before.text });
    if (typeof placed === "string") throw invalid("quote", placed);
    const { start, end } = placed.found.place;
    const taken = await tx.quotation.findFirst({
      where: { textId: before.text, start, end, NOT: { id: before.id } },
      select: { id: true },
    });
    if (taken) throw new DomainError({ code: "CONFLICT", message: "This place has a quotation of its own already." });
    const row = await tx.quotation.update({
      where: { id: before.id },
      include: WITH_TEXT,
      data: {
        ...selectorsOf(placed.opened.text, start, end, placed.opened.layout),
        orphanedAt: null,
        version: { increment: 1 },
      },
    });
    const after = quotationDto(row);
    await recordAudit(tx, caller, eventOf("quotation.reanchored", dialogueId, before, after));
    return after;
  });
}

async function remove(tx: Tx, caller: Quoter, before: QuotationDto, dialogueId: string): Promise<void> {
  await tx.quotation.delete({ where: { id: before.id } });
  await recordAudit(tx, caller, {
    type: "quotation.removed",
    subjectId: before.id,
    dialogueId,
    version: before.version + 1,
    before: quotationSnapshot(before),
    after: null,
  });
}

/** Removes a quotation. Refused while a coded position rests on it: what is said there would have no evidence. */
export async function removeQuotation(caller: Quoter, id: string, version: number): Promise<QuotationDto> {
  return write(caller, async (tx) => {
    const { before, dialogueId } = await holdQuotation(tx, id, version);
    if ((await tx.position.count({ where: { quotationId: before.id } })) > 0) {
      throw new DomainError({
        code: "CONFLICT",
        message: "A coded position rests on this quotation. Give the position another quotation first.",
      });
    }
    await remove(tx, caller, before, dialogueId);
    return before;
  });
}
