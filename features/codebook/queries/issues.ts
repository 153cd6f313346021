import "server-only";
import { getCodebook, loadCodebook } from "@/features/codebook/queries/codebook";
import type { IssueDto } from "@/features/codebook/schema";
import { reading, type Source } from "@/lib/db";
import { notFound } from "@/lib/errors";

/** An issue with the number of the version that words it so. */
export type IssueOfVersion = IssueDto & { codebook: number };

/** The issues of a version, in its order; with `q` those that have it in their code, title or definition. */
export async function listIssues(
  source: Source,
  { version, q }: { version?: number | undefined; q?: string | undefined },
): Promise<IssueOfVersion[]> {
  const codebook = version === undefined ? await loadCodebook(source) : await getCodebook(source, version);
  if (!codebook) return [];
  const sought = q?.toLowerCase();
  return codebook.issues
    .filter(
      ({ code, title, definition }) =>
        sought === undefined || [code, title, definition].some((text) => text.toLowerCase().includes(sought)),
    )
    .map((issue) => ({ ...issue, codebook: codebook.number }));
}

/** One issue by its code as a version names it, or NOT_FOUND. */
export async function getIssue(source: Source, code: string, version?: number): Promise<IssueOfVersion> {
  const issue = (await listIssues(source, { version })).find((one) => one.code === code);
  if (!issue) throw notFound("issue of the codebook", code);
  return issue;
}

/** The published versions that have an issue, the newest first, with its names there. */
export async function listWordings(
  source: Source,
  issueId: string,
): Promise<{ number: number; code: string; title: string }[]> {
  const rows = await reading(source).issueDefinition.findMany({
    where: { issueId, version: { status: "published" } },
    orderBy: { version: { number: "desc" } },
    select: { code: true, title: true, version: { select: { number: true } } },
    take: 200,
  });
  return rows.map(({ code, title, version: { number } }) => ({ number, code, title }));
}
