import "server-only";
import type { Snapshot } from "@/features/audit/schema";
import { loadIssueCodes, type IssueCodes } from "@/features/positions/queries/issues";
import type { PositionValue } from "@/features/codebook/schema";
import type { Confidence, PositionKind } from "@/features/positions/schema";
import type { Prisma } from "@/generated/prisma/client";
import { reading, type Source } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { uuidOf } from "@/lib/uuid";

export const WITH_QUOTATION = {
  quotation: {
    select: { id: true, exact: true, textId: true, start: true, paragraph: true, page: true, orphanedAt: true },
  },
  codebook: { select: { number: true } },
} satisfies Prisma.PositionInclude;

/** A stored position with its quotation. */
export type PositionRow = Prisma.PositionGetPayload<{ include: typeof WITH_QUOTATION }>;

/** Where the words of a position stand in a stored text; `orphaned` when a change of the text left them without a place. */
export type QuotationBrief = {
  id: string;
  text: string;
  /** Where they start in the text, in Unicode code points from 0. */
  start: number | null;
  paragraph: number | null;
  page: number | null;
  orphaned: boolean;
};

/** One coding of a statement as pages and the API show it. */
export type PositionDto = {
  id: string;
  issue: string;
  kind: PositionKind;
  value: PositionValue | null;
  quote: string | null;
  quotation: QuotationBrief | null;
  noQuoteReason: string | null;
  note: string | null;
  confidence: Confidence | null;
  sourceUrl: string | null;
  /** Number of the version of the codebook under which it was coded. */
  codebook: number;
  coder: string;
};

/** All that was coded of one statement. */
export type StatementPositions = {
  statement: string;
  /** Of the coding; 0 while there is none. Positions that a source attributes may then be on record all the same. */
  version: number;
  codebook: number | null;
  submittedAt: string | null;
  coder: string | null;
  memo: string | null;
  positions: PositionDto[];
};

function quotationBrief(quotation: PositionRow["quotation"]): QuotationBrief | null {
  if (!quotation) return null;
  const { id, textId, start, paragraph, page, orphanedAt } = quotation;
  return { id, text: textId, start, paragraph, page, orphaned: orphanedAt !== null };
}

export function positionDto(row: PositionRow, codes: IssueCodes): PositionDto {
  const { id, kind, value, noQuoteReason, note, confidence, sourceUrl } = row;
  return {
    id,
    issue: codes.codeOf(row.issueId),
    kind,
    value,
    quote: row.quotation?.exact ?? null,
    quotation: quotationBrief(row.quotation),
    noQuoteReason,
    note,
    confidence,
    sourceUrl,
    codebook: row.codebook.number,
    coder: row.coderName,
  };
}

/** What the audit trail keeps of a position. */
export function positionSnapshot({ id: _, quotation, coder: __, ...position }: PositionDto): Snapshot {
  return { ...position, quotation: quotation?.id ?? null };
}

/** The stored positions of a statement. */
export async function positionsOf(source: Source, statementId: string): Promise<PositionRow[]> {
  return reading(source).position.findMany({
    where: { statementId },
    include: WITH_QUOTATION,
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
}

/** The positions of a statement with the state of its coding, by the codes of the issues. */
export async function findStatementPositions(source: Source, statementId: string): Promise<StatementPositions> {
  const codes = await loadIssueCodes(source);
  const rows = await positionsOf(source, statementId);
  const coding = await reading(source).coding.findUnique({
    where: { statementId },
    include: { codebook: { select: { number: true } } },
  });
  return {
    statement: statementId,
    version: coding?.version ?? 0,
    codebook: coding?.codebook.number ?? null,
    submittedAt: coding?.submittedAt?.toISOString() ?? null,
    coder: coding?.coderName ?? null,
    memo: coding?.memo ?? null,
    positions: rows.map((row) => positionDto(row, codes)),
  };
}

/** As `findStatementPositions`, or NOT_FOUND when there is no such statement. */
export async function getStatementPositions(source: Source, ref: string): Promise<StatementPositions> {
  const id = uuidOf(ref);
  const found = id && (await reading(source).statement.findUnique({ where: { id }, select: { id: true } }));
  if (!found) throw notFound("statement", ref);
  return findStatementPositions(source, found.id);
}
