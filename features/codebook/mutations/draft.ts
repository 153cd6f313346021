import "server-only";
import { recordAudit } from "@/features/audit/mutations";
import type { Snapshot } from "@/features/audit/schema";
import {
  checkCode,
  copyIssues,
  getDraft,
  insertIssue,
  lockCodebook,
  placeIssues,
  removeStrays,
  replaceWording,
  wordingSnapshot,
  type Editor,
} from "@/features/codebook/mutations/parts";
import { getCodebook, loadCodebook } from "@/features/codebook/queries/codebook";
import { putBack } from "@/features/codebook/rules";
import type { CodebookDto, IssueDto, Named, WordingInput } from "@/features/codebook/schema";
import { write, type Tx } from "@/lib/db";
import { DomainError, invalid, notFound } from "@/lib/errors";

/** Opens the draft of the next version as a copy of the newest published one. Returns its number. CONFLICT while one is open. */
export async function openDraft(caller: Editor): Promise<{ number: number }> {
  return write(caller, (tx) => openDraftIn(tx, caller));
}

/** The same inside another act. */
export async function openDraftIn(tx: Tx, caller: Editor): Promise<{ id: string; number: number }> {
  await lockCodebook(tx);
  const open = await tx.codebookVersion.findFirst({ where: { status: "draft" }, select: { number: true } });
  if (open) {
    throw new DomainError({ code: "CONFLICT", message: `Version ${open.number} is a draft already. Go on with it.` });
  }
  const base = await loadCodebook(tx);
  const number = (base?.number ?? 0) + 1;
  const { id } = await tx.codebookVersion.create({ data: { number }, select: { id: true } });
  if (base) await copyIssues(tx, base.id, id);
  await recordAudit(tx, caller, {
    type: "codebook.drafted",
    subjectId: id,
    version: 1,
    before: null,
    after: { number, from: base?.number ?? null, issues: base?.issues.length ?? 0 },
  });
  return { id, number };
}

/** What a change of the draft says of itself in the audit trail, and the issue that it led to. */
type Change = { before: Snapshot | null; after: Snapshot | null; issue: string | null };

/** One change of the draft, made from a version of it. STALE with the present draft when somebody else changed it since. */
async function changeDraft(
  caller: Editor,
  version: number,
  change: (tx: Tx, draft: CodebookDto) => Promise<Change>,
): Promise<{ issue: string | null }> {
  return write(caller, async (tx) => {
    await lockCodebook(tx);
    const draft = await getDraft(tx);
    if (draft.version !== version) throw new DomainError({ code: "STALE", current: draft });
    await tx.codebookVersion.update({ where: { id: draft.id }, data: { version: { increment: 1 } } });
    const { before, after, issue } = await change(tx, draft);
    await recordAudit(tx, caller, {
      type: "codebook.revised",
      subjectId: draft.id,
      version: draft.version + 1,
      before,
      after,
    });
    return { issue };
  });
}

function issueOf({ issues }: CodebookDto, id: string): IssueDto {
  const issue = issues.find((one) => one.id === id);
  if (!issue) throw notFound("issue in the draft", id);
  return issue;
}

/** Puts a new issue at the end of the draft. Its code must never have named another. */
export async function addIssue(caller: Editor, version: number, wording: WordingInput) {
  return changeDraft(caller, version, async (tx, draft) => {
    await checkCode(tx, wording.code, null);
    const place = draft.issues.length + 1;
    const issue = await insertIssue(tx, { versionId: draft.id, place }, wording);
    return { issue, before: null, after: wordingSnapshot(wording) };
  });
}

/** Words an issue of the draft anew: another code or title renames it, everything else redefines it. Its codings stay with it. */
export async function reviseIssue(caller: Editor, version: number, issueId: string, wording: WordingInput) {
  return changeDraft(caller, version, async (tx, draft) => {
    const issue = issueOf(draft, issueId);
    if (wording.code !== issue.code) await checkCode(tx, wording.code, issueId);
    await replaceWording(tx, { versionId: draft.id, issueId }, wording);
    const { scale = issue.scale } = wording;
    return { issue: issueId, before: wordingSnapshot(issue), after: wordingSnapshot({ ...wording, scale }) };
  });
}

/** Takes issues out of the draft, closes the gap, and puts `instead` where the first of them stood. */
async function replaceIn(tx: Tx, draft: CodebookDto, gone: readonly string[], instead: readonly string[]) {
  await tx.issueDefinition.deleteMany({ where: { versionId: draft.id, issueId: { in: [...gone] } } });
  const ids = draft.issues.map(({ id }) => id);
  const first = ids.findIndex((id) => gone.includes(id));
  const rest = ids.filter((id) => !gone.includes(id));
  const before = ids.slice(0, first).filter((id) => !gone.includes(id)).length;
  await placeIssues(tx, draft.id, [...rest.slice(0, before), ...instead, ...rest.slice(before)]);
}

/** Leaves an issue out of the next version. Its codings stay on record under the versions that have it. */
export async function retireIssue(caller: Editor, version: number, issueId: string) {
  return changeDraft(caller, version, async (tx, draft) => {
    const issue = issueOf(draft, issueId);
    // An issue that came from a split or merge in this draft takes its link along: its origin is then retired or otherwise split.
    await tx.crosswalkStep.deleteMany({ where: { versionId: draft.id, toId: issueId } });
    await replaceIn(tx, draft, [issueId], []);
    await removeStrays(tx);
    return { issue: null, before: wordingSnapshot(issue), after: null };
  });
}

/** Only what a published version has can be split or merged: an issue of this draft alone has no codings, and no origin to name. */
async function checkPublished(tx: Tx, issues: readonly IssueDto[], path: string): Promise<void> {
  const base = await loadCodebook(tx);
  const fresh = issues.find(({ id }) => !base?.issues.some((issue) => issue.id === id));
  if (fresh) throw invalid(path, `"${fresh.title}" is new in this draft. Word it anew or take it out instead.`);
}

/** Puts several issues in the place of one, as copies with names of their own. Its codings will wait to be coded again. */
export async function splitIssue(caller: Editor, version: number, issueId: string, parts: readonly Named[]) {
  return changeDraft(caller, version, async (tx, draft) => {
    const issue = issueOf(draft, issueId);
    await checkPublished(tx, [issue], "parts");
    const made: string[] = [];
    for (const [index, part] of parts.entries()) {
      await checkCode(tx, part.code, null, `parts.${index}.code`);
      made.push(await insertIssue(tx, { versionId: draft.id, place: issue.place }, { ...issue, ...part }));
    }
    await replaceIn(tx, draft, [issueId], made);
    await tx.crosswalkStep.createMany({
      data: made.map((toId) => ({ versionId: draft.id, kind: "split" as const, fromId: issueId, toId })),
    });
    return { issue: made[0] ?? null, before: { code: issue.code }, after: { split: parts.map(({ code }) => code) } };
  });
}

/** Puts one issue in the place of several; it starts with the wording of the first. Codings of the originals stay as they are. */
export async function mergeIssues(caller: Editor, version: number, issueIds: readonly string[], named: Named) {
  return changeDraft(caller, version, async (tx, draft) => {
    const unique = [...new Set(issueIds)];
    const issues = draft.issues.filter(({ id }) => unique.includes(id));
    for (const id of unique) issueOf(draft, id);
    const [first] = issues;
    if (!first || issues.length < 2) throw invalid("issues", "Choose at least two issues to merge.");
    await checkPublished(tx, issues, "issues");
    await checkCode(tx, named.code, null);
    const made = await insertIssue(tx, { versionId: draft.id, place: first.place }, { ...first, ...named });
    await replaceIn(tx, draft, unique, [made]);
    await tx.crosswalkStep.createMany({
      data: issues.map(({ id }) => ({ versionId: draft.id, kind: "merged" as const, fromId: id, toId: made })),
    });
    return { issue: made, before: { merged: issues.map(({ code }) => code) }, after: { ...named } };
  });
}

/** Moves an issue one place up or down. */
export async function moveIssue(caller: Editor, version: number, issueId: string, by: "up" | "down") {
  return changeDraft(caller, version, async (tx, draft) => {
    const { code, place } = issueOf(draft, issueId);
    const ids = draft.issues.map(({ id }) => id);
    const from = ids.indexOf(issueId);
    const to = Math.min(Math.max(from + (by === "up" ? -1 : 1), 0), ids.length - 1);
    ids.splice(from, 1);
    ids.splice(to, 0, issueId);
    await placeIssues(tx, draft.id, ids);
    return { issue: issueId, before: { code, place }, after: { code, place: to + 1 } };
  });
}

/** Puts an issue back as the published version has it. What a split or merge made of it goes, with all originals of a merge back. */
export async function restoreIssue(caller: Editor, version: number, issueId: string) {
  return changeDraft(caller, version, async (tx, draft) => {
    const base = await getCodebook(tx);
    const { id: _, place, ...original } = issueOf(base, issueId);
    const stands = draft.issues.find(({ id }) => id === issueId);
    if (stands) {
      await replaceWording(tx, { versionId: draft.id, issueId }, original);
      return { issue: issueId, before: wordingSnapshot(stands), after: wordingSnapshot(original) };
    }
    const made = await tx.crosswalkStep.findMany({ where: { versionId: draft.id, fromId: issueId } });
    const targets = made.flatMap(({ toId }) => (toId ? [toId] : []));
    const links = await tx.crosswalkStep.findMany({ where: { versionId: draft.id, toId: { in: targets } } });
    const back = [...new Set([issueId, ...links.flatMap(({ fromId }) => (fromId ? [fromId] : []))])];
    await tx.crosswalkStep.deleteMany({ where: { versionId: draft.id, toId: { in: targets } } });
    await tx.issueDefinition.deleteMany({ where: { versionId: draft.id, issueId: { in: targets } } });
    for (const id of back) {
      const { id: issue, place: _, ...wording } = issueOf(base, id);
      await insertIssue(tx, { versionId: draft.id, place, issueId: issue }, wording);
    }
    const stay = draft.issues.flatMap(({ id }) => (targets.includes(id) ? [] : [id]));
    const order = base.issues.map(({ id }) => id);
    await placeIssues(tx, draft.id, putBack(stay, back, order));
    await removeStrays(tx);
    return { issue: issueId, before: null, after: wordingSnapshot(original) };
  });
}
