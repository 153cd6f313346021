import "server-only";
import type { Prisma } from "@/generated/prisma/client";
import type { Snapshot } from "@/features/audit/schema";
import { quotationDto, READING_ORDER, WITH_TEXT, type QuotationDto } from "@/features/sources/queries/quotations";
import type { TextKind } from "@/features/sources/schema";
import { reading, type Source } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { dayOf, type Day } from "@/lib/format";
import { uuidOf } from "@/lib/uuid";

const WITH_DOCUMENT = {
  document: { select: { id: true, sha256: true, size: true, mediaType: true, fileName: true } },
} satisfies Prisma.StatementTextInclude;
type TextRow = Omit<Prisma.StatementTextGetPayload<{ include: typeof WITH_DOCUMENT }>, "body">;

/** A file as somebody sent it, without its bytes. */
export type DocumentBrief = { id: string; sha256: string; size: number; mediaType: string; fileName: string };

/** A text of a statement without its body. `sha256` is that of the body in UTF-8, in hex. */
export type TextBrief = {
  id: string;
  statement: string;
  kind: TextKind;
  language: string;
  sha256: string;
  source: string | null;
  sourceUrl: string | null;
  accessedOn: Day | null;
  document: DocumentBrief | null;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type TextDto = TextBrief & { text: string; quotations: QuotationDto[] };

function textBrief(row: TextRow): TextBrief {
  return {
    id: row.id,
    statement: row.statementId,
    kind: row.kind,
    language: row.language,
    sha256: row.sha256,
    source: row.source,
    sourceUrl: row.sourceUrl,
    accessedOn: row.accessedOn && dayOf(row.accessedOn),
    document: row.document,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** What the audit trail keeps of a text: never its body, which has its own place, but by what it can be told. */
export function textSnapshot(text: TextDto): Snapshot {
  const { statement, kind, language, sha256, source, sourceUrl, accessedOn, document } = text;
  const characters = Array.from(text.text).length;
  return {
    statement,
    kind,
    language,
    characters,
    sha256,
    source,
    sourceUrl,
    accessedOn,
    file: document?.fileName ?? null,
  };
}

async function quotationsOf(source: Source, textId: string): Promise<QuotationDto[]> {
  const rows = await reading(source).quotation.findMany({
    where: { textId },
    include: WITH_TEXT,
    orderBy: [...READING_ORDER],
  });
  return rows.map(quotationDto);
}

/** The text with this id, its body and quotations, or NOT_FOUND. */
export async function getText(source: Source, ref: string): Promise<TextDto> {
  const id = uuidOf(ref);
  const row = id && (await reading(source).statementText.findUnique({ where: { id }, include: WITH_DOCUMENT }));
  if (!row) throw notFound("text", ref);
  return { ...textBrief(row), text: row.body, quotations: await quotationsOf(source, row.id) };
}

/** Kinds in the order of their tabs, then the oldest first: also the order in which words are looked for. */
const BY_KIND = [{ kind: "asc" }, { createdAt: "asc" }, { id: "asc" }] as const;

/** The texts of a statement without their bodies. */
export async function listTexts(source: Source, statementId: string): Promise<TextBrief[]> {
  const rows = await reading(source).statementText.findMany({
    where: { statementId },
    omit: { body: true },
    include: WITH_DOCUMENT,
    orderBy: [...BY_KIND],
  });
  return rows.map(textBrief);
}

/**
 * The id of a statement's text of a kind, or null. Without a language: the one in the statement's own language, or else the
 * oldest. NOT_FOUND when there is no such statement.
 */
export async function findTextId(
  source: Source,
  statementRef: string,
  { kind, language }: { kind: TextKind; language?: string | undefined },
): Promise<string | null> {
  const statement = await getStatementOfTexts(source, statementRef);
  const texts = await reading(source).statementText.findMany({
    where: { statementId: statement.id, kind, ...(language === undefined ? {} : { language }) },
    select: { id: true, language: true },
    orderBy: [...BY_KIND],
  });
  return (texts.find((text) => text.language === statement.language) ?? texts[0])?.id ?? null;
}

/** What texts need to know of their statement, or NOT_FOUND. */
export async function getStatementOfTexts(
  source: Source,
  ref: string,
): Promise<{ id: string; dialogueId: string; language: string | null }> {
  const id = uuidOf(ref);
  const select = { id: true, dialogueId: true, language: true } as const;
  const statement = id && (await reading(source).statement.findUnique({ where: { id }, select }));
  if (!statement) throw notFound("statement", ref);
  return statement;
}

/** A body that a text had, or has: `until` and `by` say when and by whom it was replaced, null for the one that stands. */
export type TextVersion = { version: number; sha256: string; until: string | null; by: string | null };

/** The bodies of a text, the newest first. Versions that changed other fields only have the body of the next one. */
export async function listTextVersions(source: Source, textId: string): Promise<TextVersion[]> {
  const db = reading(source);
  const now = await db.statementText.findUniqueOrThrow({
    where: { id: textId },
    select: { version: true, sha256: true },
  });
  const earlier = await db.earlierText.findMany({
    where: { textId },
    select: { version: true, sha256: true, until: true, userName: true },
    orderBy: { version: "desc" },
  });
  return [
    { ...now, until: null, by: null },
    ...earlier.map(({ version, sha256, until, userName }) => ({
      version,
      sha256,
      until: until.toISOString(),
      by: userName,
    })),
  ];
}

/** The body that a text had at a version, or null when it never had that version. */
export async function findTextVersion(
  source: Source,
  text: TextDto,
  version: number,
): Promise<(TextVersion & { text: string }) | null> {
  if (version < 1 || version > text.version) return null;
  const row = await reading(source).earlierText.findFirst({
    where: { textId: text.id, version: { gte: version } },
    orderBy: { version: "asc" },
  });
  if (!row) return { version, sha256: text.sha256, until: null, by: null, text: text.text };
  return { version, sha256: row.sha256, until: row.until.toISOString(), by: row.userName, text: row.body };
}
