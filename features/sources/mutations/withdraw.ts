import "server-only";
import { openBatch, recordAuditMany } from "@/features/audit/mutations";
import { printedName, WITH_NAMES } from "@/features/actors/queries/actor";
import type { DomainEvent } from "@/features/audit/schema";
import { loadReading } from "@/features/codebook/queries/reading";
import { VALUE_NAMES } from "@/features/codebook/schema";
import { lockText } from "@/features/sources/mutations/texts";
import { quotationSnapshot } from "@/features/sources/queries/quotations";
import { getStatementOfTexts, textSnapshot, type TextDto } from "@/features/sources/queries/texts";
import { TEXT_KIND_NAMES } from "@/features/sources/schema";
import type { Caller } from "@/lib/auth/caller";
import { write, type Tx } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { dayOf, languageInWords, plural } from "@/lib/format";

/** Milliseconds: a long text with many quotations takes its time. */
const TIMEOUT = 20_000;

/** Refuses while positions rest on words of the text, and names each: what they say would have no evidence. */
async function refuseUsed(tx: Tx, { quotations }: TextDto): Promise<void> {
  const rows = await tx.position.findMany({
    where: { quotationId: { in: quotations.map(({ id }) => id) } },
    select: { issueId: true, value: true, kind: true, actor: { include: WITH_NAMES }, year: true },
    orderBy: { id: "asc" },
  });
  if (rows.length === 0) return;
  const issues = await loadReading(tx);
  throw new DomainError({
    code: "CONFLICT",
    message: `${plural(rows.length, "position rests", "positions rest")} on words of this text. Give each other words, or a reason why there are none, then withdraw the text.`,
    issues: rows.map(({ issueId, value, kind, actor, year }) => ({
      path: [],
      message: `${printedName(actor, `${year}-12-31`)} on ${issues.read(issueId).title}: ${value ? VALUE_NAMES[value].toLowerCase() : kind}.`,
    })),
  });
}

async function titleOf(tx: Tx, text: TextDto): Promise<string> {
  const { speaker, dialogue } = await tx.statement.findUniqueOrThrow({
    where: { id: text.statement },
    select: { speaker: { include: WITH_NAMES }, dialogue: { select: { title: true, startsOn: true } } },
  });
  const what = `${TEXT_KIND_NAMES[text.kind].toLowerCase()}, ${languageInWords(text.language)}`;
  return `Withdrawal of a text (${what}) of the statement by ${printedName(speaker, dayOf(dialogue.startsOn))}, ${dialogue.title}`;
}

/** A text that was withdrawn, and the act by whose undoing it comes back. */
export type WithdrawnText = TextDto & { act: string };

/**
 * Withdraws a text with its earlier versions and its quotations, as an act that can be undone. The file that it came from stays.
 * @throws DomainError STALE when somebody changed it; CONFLICT with each position that rests on words of it
 */
export async function withdrawText(
  caller: Caller<"text:edit">,
  ref: string,
  version: number,
  reason: string,
): Promise<WithdrawnText> {
  return write(
    caller,
    async (tx) => {
      const before = await lockText(tx, ref, version);
      await refuseUsed(tx, before);
      const { dialogueId } = await getStatementOfTexts(tx, before.statement);
      const { id: act, caller: actor } = await openBatch(tx, caller, "withdrawal", await titleOf(tx, before));
      await tx.$executeRaw`
        INSERT INTO withdrawn_record (batch_id, subject_id, subject_type, record)
        SELECT ${act}::uuid, t.id, 'text', jsonb_build_object(
          'text', to_jsonb(t) - 'search',
          'earlier', (SELECT coalesce(jsonb_agg(to_jsonb(e)), '[]') FROM earlier_text e WHERE e.text_id = t.id),
          'quotations', (SELECT coalesce(jsonb_agg(to_jsonb(q) - 'search'), '[]') FROM quotation q WHERE q.text_id = t.id))
        FROM statement_text t WHERE t.id = ${before.id}::uuid`;
      await tx.quotation.deleteMany({ where: { textId: before.id } });
      await tx.statementText.delete({ where: { id: before.id }, select: { id: true } });
      const gone = { dialogueId, after: null, reason };
      await recordAuditMany(tx, actor, [
        ...before.quotations.map((quotation): DomainEvent => ({
          ...gone,
          type: "quotation.removed",
          subjectId: quotation.id,
          version: quotation.version + 1,
          before: quotationSnapshot(quotation),
        })),
        {
          ...gone,
          type: "text.withdrawn",
          subjectId: before.id,
          version: before.version + 1,
          before: textSnapshot(before),
        },
      ]);
      return { ...before, act };
    },
    TIMEOUT,
  );
}
