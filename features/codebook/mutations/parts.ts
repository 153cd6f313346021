import "server-only";
import type { Snapshot } from "@/features/audit/schema";
import { loadCodebook } from "@/features/codebook/queries/codebook";
import { PLAIN_SCALE, type CodebookDto, type IssueDto, type WordingInput } from "@/features/codebook/schema";
import type { Caller } from "@/lib/auth/caller";
import type { Tx } from "@/lib/db";
import { refuse } from "@/lib/db-errors";
import { DomainError, invalid } from "@/lib/errors";

export type Editor = Caller<"codebook:edit">;

/** One writer of the codebook at a time; the number is any constant of our own. */
const WRITING = 7_281_931_405;

/** Waits until nobody else writes the codebook, for the rest of the transaction. */
export async function lockCodebook(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${WRITING})`;
}

/** What the audit trail keeps of an issue. */
export function wordingSnapshot(issue: Omit<IssueDto, "id" | "place"> | WordingInput): Snapshot {
  const meanings = Object.fromEntries((issue.scale ?? PLAIN_SCALE).map(({ value, meaning }) => [value, meaning]));
  return { ...wordingData(issue), scale: meanings };
}

function wordingData(wording: Omit<IssueDto, "id" | "place"> | WordingInput) {
  const { code, title, definition, include, exclude, examples, kind, period, source } = wording;
  return {
    code,
    title,
    definition,
    examples,
    include: include ?? null,
    exclude: exclude ?? null,
    kind: kind ?? null,
    period: period ?? null,
    source: source ?? null,
  };
}

/** The open draft, or NOT_FOUND in words. */
export async function getDraft(tx: Tx): Promise<CodebookDto> {
  const draft = await tx.codebookVersion.findFirst({ where: { status: "draft" }, select: { number: true } });
  const codebook = draft && (await loadCodebook(tx, draft.number));
  if (!codebook) {
    throw new DomainError({ code: "NOT_FOUND", message: "There is no draft of the codebook. Open one first." });
  }
  return codebook;
}

/** A code names one issue over all versions: what was written down under it must not come to mean another. */
export async function checkCode(tx: Tx, code: string, issueId: string | null, path = "code"): Promise<void> {
  const other = await tx.issueDefinition.findFirst({
    where: { code, ...(issueId ? { issueId: { not: issueId } } : {}) },
    orderBy: { version: { number: "desc" } },
    select: { title: true, version: { select: { number: true } } },
  });
  if (!other) return;
  throw invalid(path, `This code names another issue: "${other.title}", in version ${other.version.number}.`);
}

const TAKEN = { issue_definition_version_id_code_key: invalid("code", "Another issue of this version has this code.") };

/** Writes one issue into a version at a place. Returns the issue's id, of a new one without `issueId`. */
export async function insertIssue(
  tx: Tx,
  at: { versionId: string; place: number; issueId?: string },
  wording: WordingInput,
): Promise<string> {
  const issueId = at.issueId ?? (await tx.issue.create({ data: {}, select: { id: true } })).id;
  const scale = [...(wording.scale ?? PLAIN_SCALE)];
  await tx.issueDefinition
    .create({
      data: {
        ...wordingData(wording),
        versionId: at.versionId,
        issueId,
        place: at.place,
        scale: { createMany: { data: scale } },
      },
    })
    .catch((error) => refuse(error, TAKEN));
  return issueId;
}

/** Replaces the wording of one issue of a version; a scale that is not given stays. */
export async function replaceWording(
  tx: Tx,
  at: { versionId: string; issueId: string },
  wording: WordingInput,
): Promise<void> {
  const { id } = await tx.issueDefinition
    .update({ where: { versionId_issueId: at }, data: wordingData(wording), select: { id: true } })
    .catch((error) => refuse(error, TAKEN));
  if (wording.scale === undefined) return;
  await tx.scaleStep.deleteMany({ where: { definitionId: id } });
  await tx.scaleStep.createMany({ data: wording.scale.map((step) => ({ ...step, definitionId: id })) });
}

/** Numbers the issues of a version from 1 in the order of their ids as given. */
export async function placeIssues(tx: Tx, versionId: string, issueIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE issue_definition SET place = listed.place
    FROM unnest(${[...issueIds]}::uuid[]) WITH ORDINALITY AS listed (issue_id, place)
    WHERE version_id = ${versionId}::uuid AND issue_definition.issue_id = listed.issue_id AND issue_definition.place <> listed.place`;
}

/** Copies every issue of one version into another, empty one. */
export async function copyIssues(tx: Tx, fromId: string, toId: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO issue_definition
      (id, version_id, issue_id, code, title, definition, include, exclude, examples, kind, period, source, place)
    SELECT gen_random_uuid(), ${toId}::uuid, issue_id, code, title, definition, include, exclude, examples, kind, period, source, place
    FROM issue_definition WHERE version_id = ${fromId}::uuid`;
  await tx.$executeRaw`
    INSERT INTO scale_step (definition_id, value, meaning)
    SELECT copy.id, scale_step.value, scale_step.meaning
    FROM issue_definition copy
    JOIN issue_definition original ON original.issue_id = copy.issue_id AND original.version_id = ${fromId}::uuid
    JOIN scale_step ON scale_step.definition_id = original.id
    WHERE copy.version_id = ${toId}::uuid`;
}

/** Removes issues that stood in a draft only and that nothing refers to any more. */
export async function removeStrays(tx: Tx): Promise<void> {
  await tx.issue.deleteMany({
    where: { definitions: { none: {} }, positions: { none: {} }, from: { none: {} }, to: { none: {} } },
  });
}
