import "server-only";
import type { Prisma } from "@/generated/prisma/client";
import { POSITION_VALUES, type CodebookDto, type IssueDto, type VersionDto } from "@/features/codebook/schema";
import { reading, type Source } from "@/lib/db";
import { notFound } from "@/lib/errors";

const VERSION = {
  id: true,
  number: true,
  status: true,
  note: true,
  publishedAt: true,
  publishedBy: true,
  version: true,
} satisfies Prisma.CodebookVersionSelect;

const WITH_ISSUES = {
  ...VERSION,
  definitions: { orderBy: [{ place: "asc" }, { id: "asc" }], include: { scale: true } },
} satisfies Prisma.CodebookVersionSelect;

type Row = Prisma.CodebookVersionGetPayload<{ select: typeof WITH_ISSUES }>;

function issueDto({ issueId, scale, id: _, versionId: __, ...wording }: Row["definitions"][number]): IssueDto {
  const steps = POSITION_VALUES.flatMap((value) => scale.filter((step) => step.value === value));
  return { ...wording, id: issueId, scale: steps.map(({ value, meaning }) => ({ value, meaning })) };
}

/** The newest published version without its issues, under which codings are stamped. Null while none is published. */
export async function findCurrentVersion(source: Source): Promise<VersionDto | null> {
  return reading(source).codebookVersion.findFirst({
    where: { status: "published" },
    orderBy: { number: "desc" },
    select: VERSION,
  });
}

/** The version with this number, a draft included; without a number the newest published one. Null when there is none. */
export async function loadCodebook(source: Source, version?: number): Promise<CodebookDto | null> {
  const row = await reading(source).codebookVersion.findFirst({
    where: version === undefined ? { status: "published" } : { number: version },
    orderBy: { number: "desc" },
    select: WITH_ISSUES,
  });
  if (!row) return null;
  const { definitions, ...rest } = row;
  return { ...rest, issues: definitions.map(issueDto) };
}

/** As `loadCodebook`, or NOT_FOUND in words. */
export async function getCodebook(source: Source, version?: number): Promise<CodebookDto> {
  const codebook = await loadCodebook(source, version);
  if (!codebook) throw notFound("version of the codebook", version === undefined ? "published" : String(version));
  return codebook;
}

/** The ids of issues by code as a version names them, the newest published one without a number. Unknown codes are absent. */
export async function findIssueIds(
  source: Source,
  codes: Iterable<string>,
  version?: number,
): Promise<Map<string, string>> {
  const wanted = [...new Set(codes)];
  const number = version ?? (await findCurrentVersion(source))?.number;
  if (number === undefined || wanted.length === 0) return new Map();
  const rows = await reading(source).issueDefinition.findMany({
    where: { version: { number }, code: { in: wanted } },
    select: { code: true, issueId: true },
  });
  return new Map(rows.map(({ code, issueId }) => [code, issueId]));
}
