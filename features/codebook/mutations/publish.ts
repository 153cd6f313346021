import "server-only";
import { recordAudit } from "@/features/audit/mutations";
import { openDraftIn } from "@/features/codebook/mutations/draft";
import {
  checkCode,
  copyIssues,
  getDraft,
  insertIssue,
  lockCodebook,
  removeStrays,
  wordingSnapshot,
  type Editor,
} from "@/features/codebook/mutations/parts";
import { loadCodebook } from "@/features/codebook/queries/codebook";
import { getIssue, type IssueOfVersion } from "@/features/codebook/queries/issues";
import { checkChanges, crosswalkOf, isReordered } from "@/features/codebook/rules";
import { linksOf } from "@/features/codebook/queries/versions";
import type { CodebookDto, IssueInput, WordingInput } from "@/features/codebook/schema";
import { write, type Tx } from "@/lib/db";
import { DomainError } from "@/lib/errors";

async function draftOf(tx: Tx, version: number): Promise<CodebookDto> {
  await lockCodebook(tx);
  const draft = await getDraft(tx);
  if (draft.version !== version) throw new DomainError({ code: "STALE", current: draft });
  return draft;
}

/** Makes the draft the current version, for ever, with the crosswalk from the one before. `note` says what it changes. */
export async function publishDraft(caller: Editor, version: number, note: string): Promise<{ number: number }> {
  return write(caller, async (tx) => {
    const draft = await draftOf(tx, version);
    const before = (await loadCodebook(tx))?.issues ?? [];
    const steps = crosswalkOf(before, draft.issues, await linksOf(tx, draft.id));
    checkChanges(steps, isReordered(before, draft.issues), draft.number - 1);
    await tx.crosswalkStep.deleteMany({ where: { versionId: draft.id } });
    await tx.crosswalkStep.createMany({ data: steps.map((step) => ({ ...step, versionId: draft.id })) });
    await tx.codebookVersion.update({
      where: { id: draft.id },
      data: {
        status: "published",
        note,
        publishedAt: new Date(),
        publishedBy: caller.userName,
        version: { increment: 1 },
      },
    });
    const counts: Record<string, number> = {};
    for (const { kind } of steps) counts[kind] = (counts[kind] ?? 0) + 1;
    await recordAudit(tx, caller, {
      type: "codebook.published",
      subjectId: draft.id,
      version: draft.version + 1,
      before: null,
      after: { number: draft.number, note, issues: draft.issues.length, ...counts },
    });
    return { number: draft.number };
  });
}

/** Throws the draft away: the published versions stay as they are. */
export async function discardDraft(caller: Editor, version: number): Promise<{ number: number }> {
  return write(caller, async (tx) => {
    const draft = await draftOf(tx, version);
    const links = await linksOf(tx, draft.id);
    const before = (await loadCodebook(tx))?.issues ?? [];
    await tx.codebookVersion.delete({ where: { id: draft.id } });
    await removeStrays(tx);
    await recordAudit(tx, caller, {
      type: "codebook.discarded",
      subjectId: draft.id,
      version: draft.version,
      before: {
        number: draft.number,
        changes: crosswalkOf(before, draft.issues, links).length,
        issues: draft.issues.map(wordingSnapshot),
      },
      after: null,
    });
    return { number: draft.number };
  });
}

/** An issue into the draft that is open, or a new one, whatever its version: nothing that somebody else did is touched. */
async function putIntoDraft(tx: Tx, caller: Editor, wording: WordingInput): Promise<{ number: number }> {
  const open = await tx.codebookVersion.findFirst({ where: { status: "draft" }, select: { id: true } });
  if (!open) await openDraftIn(tx, caller);
  const draft = await getDraft(tx);
  await insertIssue(tx, { versionId: draft.id, place: draft.issues.length + 1 }, wording);
  await tx.codebookVersion.update({ where: { id: draft.id }, data: { version: { increment: 1 } } });
  await recordAudit(tx, caller, {
    type: "codebook.revised",
    subjectId: draft.id,
    version: draft.version + 1,
    before: null,
    after: wordingSnapshot(wording),
  });
  return { number: draft.number };
}

/** A version that has one issue more than the newest. An open draft gets the issue too, and the number after it. */
async function publishWith(tx: Tx, caller: Editor, wording: WordingInput): Promise<{ number: number }> {
  const base = await loadCodebook(tx);
  const number = (base?.number ?? 0) + 1;
  const open = await tx.codebookVersion.findFirst({ where: { status: "draft" }, select: { id: true } });
  if (open) {
    await tx.codebookVersion.update({
      where: { id: open.id },
      data: { number: number + 1, version: { increment: 1 } },
    });
  }
  const note = `Adds "${wording.title}".`;
  const { id } = await tx.codebookVersion.create({
    data: { number, note, status: "published", publishedAt: new Date(), publishedBy: caller.userName },
    select: { id: true },
  });
  if (base) await copyIssues(tx, base.id, id);
  const issueId = await insertIssue(tx, { versionId: id, place: (base?.issues.length ?? 0) + 1 }, wording);
  await tx.crosswalkStep.create({ data: { versionId: id, kind: "added", toId: issueId } });
  if (open) {
    const place = (await tx.issueDefinition.count({ where: { versionId: open.id } })) + 1;
    await insertIssue(tx, { versionId: open.id, issueId, place }, wording);
  }
  await recordAudit(tx, caller, {
    type: "codebook.published",
    subjectId: id,
    version: 1,
    before: null,
    after: { number, note, issues: (base?.issues.length ?? 0) + 1, added: 1 },
  });
  return { number };
}

/**
 * Adds an issue: published at once as a version of its own, so that it can be coded, or with `draft` into the draft. Returns
 * it as that version words it.
 */
export async function recordIssue(caller: Editor, { draft, ...wording }: IssueInput): Promise<IssueOfVersion> {
  return write(caller, async (tx) => {
    await lockCodebook(tx);
    await checkCode(tx, wording.code, null);
    const { number } = await (draft ? putIntoDraft(tx, caller, wording) : publishWith(tx, caller, wording));
    return getIssue(tx, wording.code, number);
  });
}
