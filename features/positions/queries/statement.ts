import "server-only";
import type { Snapshot } from "@/features/audit/schema";
import { loadReading } from "@/features/codebook/queries/reading";
import type { IssueReading } from "@/features/codebook/rules";
import type { PositionValue, Reading } from "@/features/codebook/schema";
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
  /** Code and title of the issue under which the version that is shown reads it. */
  issue: string;
  issueTitle: string;
  /** Whether that is the issue itself, one into which it was merged, or no issue of the version. */
  reading: Reading;
  /** Code of the issue in the version under which it was coded. */
  codedAs: string;
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

/** A stored position, its issue as a version of the codebook reads it. */
export function positionDto(row: PositionRow, issues: IssueReading): PositionDto {
  const { id, kind, value, noQuoteReason, note, confidence, sourceUrl } = row;
  const { code, title, reading: as } = issues.read(row.issueId);
  return {
    id,
    issue: code,
    issueTitle: title,
    reading: as,
    codedAs: issues.codeIn(row.issueId, row.codebook.number),
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
export function positionSnapshot(position: PositionDto): Snapshot {
  const { issue, kind, value, quote, quotation, noQuoteReason, note, confidence, sourceUrl, codebook } = position;
  return {
    issue,
    kind,
    value,
    quote,
    quotation: quotation?.id ?? null,
    noQuoteReason,
    note,
    confidence,
    sourceUrl,
    codebook,
  };
}

/** The stored positions of a statement. */
export async function positionsOf(source: Source, statementId: string): Promise<PositionRow[]> {
  return reading(source).position.findMany({
    where: { statementId },
    include: WITH_QUOTATION,
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
}

/**
 * The positions of a statement with the state of its coding: by the issues of a version of the codebook (the newest published one
 * without a number) in its order, then those on other issues. Throws INVALID under `codebook` for a number that no version has.
 */
export async function findStatementPositions(
  source: Source,
  statementId: string,
  codebook?: number,
): Promise<StatementPositions> {
  const issues = await loadReading(source, codebook);
  const placeOf = ({ issueId }: PositionRow): number => issues.read(issueId).place ?? Number.MAX_SAFE_INTEGER;
  const rows = (await positionsOf(source, statementId)).toSorted((a, b) => placeOf(a) - placeOf(b));
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
    positions: rows.map((row) => positionDto(row, issues)),
  };
}

/** As `findStatementPositions`, or NOT_FOUND when there is no such statement. */
export async function getStatementPositions(
  source: Source,
  ref: string,
  codebook?: number,
): Promise<StatementPositions> {
  const id = uuidOf(ref);
  const found = id && (await reading(source).statement.findUnique({ where: { id }, select: { id: true } }));
  if (!found) throw notFound("statement", ref);
  return findStatementPositions(source, found.id, codebook);
}
