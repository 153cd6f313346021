import "server-only";
import type { Prisma } from "@/generated/prisma/client";
import type { Snapshot } from "@/features/audit/schema";
import type { TextKind } from "@/features/sources/schema";
import { reading, type Source } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { uuidOf } from "@/lib/uuid";

export const WITH_TEXT = {
  text: { select: { statementId: true, kind: true, language: true } },
} satisfies Prisma.QuotationInclude;
export type QuotationRow = Prisma.QuotationGetPayload<{ include: typeof WITH_TEXT }>;

/** W3C Web Annotation Data Model, sections 4.2.4 and 4.2.5. */
export type Selector =
  | { type: "TextQuoteSelector"; exact: string; prefix: string; suffix: string }
  | { type: "TextPositionSelector"; start: number; end: number };

/**
 * A quotation as pages and the API show it. `start` and `end` count Unicode code points of the text from 0; they, `paragraph`
 * and `page` are null when a change of the text left the words without a place: then `orphanedAt` says since when.
 */
export type QuotationDto = {
  id: string;
  statement: string;
  text: string;
  kind: TextKind;
  language: string;
  exact: string;
  prefix: string;
  suffix: string;
  start: number | null;
  end: number | null;
  paragraph: number | null;
  page: number | null;
  selector: Selector[];
  orphanedAt: string | null;
  version: number;
};

export function quotationDto(row: QuotationRow): QuotationDto {
  const { id, textId, text, exact, prefix, suffix, start, end, paragraph, page, orphanedAt, version } = row;
  const placed = start === null || end === null ? [] : [{ type: "TextPositionSelector" as const, start, end }];
  return {
    id,
    statement: text.statementId,
    text: textId,
    kind: text.kind,
    language: text.language,
    exact,
    prefix,
    suffix,
    start,
    end,
    paragraph,
    page,
    selector: [{ type: "TextQuoteSelector", exact, prefix, suffix }, ...placed],
    orphanedAt: orphanedAt?.toISOString() ?? null,
    version,
  };
}

/** What the audit trail keeps of a quotation. */
export function quotationSnapshot(quotation: QuotationDto): Snapshot {
  const { statement, text, kind, language, exact, start, end, paragraph, page, orphanedAt } = quotation;
  return { statement, text, kind, language, exact, start, end, paragraph, page, orphaned: orphanedAt !== null };
}

/** Placed quotations in reading order, then orphans, the oldest first. */
export const READING_ORDER = [{ start: { sort: "asc", nulls: "last" } }, { end: "asc" }, { id: "asc" }] as const;

/** The quotation with this id, or null. */
export async function findQuotation(source: Source, ref: string): Promise<QuotationDto | null> {
  const id = uuidOf(ref);
  const row = id && (await reading(source).quotation.findUnique({ where: { id }, include: WITH_TEXT }));
  return row ? quotationDto(row) : null;
}

/** The quotation with this id, or NOT_FOUND. */
export async function getQuotation(source: Source, ref: string): Promise<QuotationDto> {
  const quotation = await findQuotation(source, ref);
  if (!quotation) throw notFound("quotation", ref);
  return quotation;
}

/** The quotations from all texts of a statement: by text, in reading order, orphans last. */
export async function listQuotations(source: Source, statementId: string): Promise<QuotationDto[]> {
  const rows = await reading(source).quotation.findMany({
    where: { text: { statementId } },
    include: WITH_TEXT,
    orderBy: [{ text: { kind: "asc" } }, { textId: "asc" }, ...READING_ORDER],
  });
  return rows.map(quotationDto);
}
