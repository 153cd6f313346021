import "server-only";
import { findCurrentVersion } from "@/features/codebook/queries/codebook";
import { loadMerges } from "@/features/codebook/queries/merges";
import { readingOf, type IssueReading } from "@/features/codebook/rules";
import { reading, type Source } from "@/lib/db";
import { invalid } from "@/lib/errors";

/**
 * How a version of the codebook names issues and reads what was coded under each; the newest published one without a number.
 * Throws INVALID under `codebook` for a number that no version has.
 */
export async function loadReading(source: Source, version?: number): Promise<IssueReading> {
  if (version !== undefined) await checkVersion(source, version);
  const number = version ?? (await findCurrentVersion(source))?.number ?? null;
  const rows = await reading(source).issueDefinition.findMany({
    where: { version: { OR: [{ status: "published" }, { number: number ?? 0 }] } },
    select: { issueId: true, code: true, title: true, place: true, version: { select: { number: true } } },
  });
  const named = rows.map(({ issueId, version: of, ...name }) => ({ ...name, id: issueId, version: of.number }));
  return readingOf(number, named, await loadMerges(source, number ?? 0));
}

async function isVersion(source: Source, number: number): Promise<boolean> {
  return (await reading(source).codebookVersion.count({ where: { number } })) > 0;
}

/** Throws INVALID under `codebook` for a number that no version has. */
export async function checkVersion(source: Source, number: number): Promise<void> {
  if (!(await isVersion(source, number))) throw invalid("codebook", `The codebook has no version ${number}.`);
}

/**
 * The version of the codebook that a page shows by its address: undefined is the newest published one, which every page shows
 * anyway. A number that no version has is left out, as everything in an address that makes no sense.
 */
export async function askedVersion(source: Source, number: number | undefined): Promise<number | undefined> {
  if (number === undefined || number === (await findCurrentVersion(source))?.number) return undefined;
  return (await isVersion(source, number)) ? number : undefined;
}
