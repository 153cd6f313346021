"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import {
  addIssue,
  mergeIssues,
  moveIssue,
  openDraft,
  restoreIssue,
  retireIssue,
  reviseIssue,
  splitIssue,
} from "@/features/codebook/mutations/draft";
import { discardDraft, publishDraft } from "@/features/codebook/mutations/publish";
import {
  draftForm,
  issueOfDraftForm,
  mergeForm,
  moveForm,
  openDraftForm,
  publishForm,
  splitForm,
  wordingForm,
} from "@/features/codebook/schema";
import { defineAction } from "@/lib/action";

const DRAFT = "/codebook/draft";

/** Titles and definitions stand on pages of positions and dialogues too. */
function openAfresh(path: string): never {
  revalidatePath("/", "layout");
  redirect(path);
}

export const openDraftAction = defineAction({
  permission: "codebook:edit",
  schema: openDraftForm,
  run: async (caller) => {
    await openDraft(caller);
    openAfresh(DRAFT);
  },
});

export const wordIssueAction = defineAction({
  permission: "codebook:edit",
  schema: wordingForm,
  run: async (caller, { issue, version, wording }) => {
    const done = issue ? reviseIssue(caller, version, issue, wording) : addIssue(caller, version, wording);
    openAfresh(`${DRAFT}#issue-${(await done).issue ?? ""}`);
  },
});

export const moveIssueAction = defineAction({
  permission: "codebook:edit",
  schema: moveForm,
  run: async (caller, { issue, version, by }) => {
    await moveIssue(caller, version, issue, by);
    openAfresh(`${DRAFT}#issue-${issue}`);
  },
});

export const retireIssueAction = defineAction({
  permission: "codebook:edit",
  schema: issueOfDraftForm,
  run: async (caller, { issue, version }) => {
    await retireIssue(caller, version, issue);
    openAfresh(DRAFT);
  },
});

export const restoreIssueAction = defineAction({
  permission: "codebook:edit",
  schema: issueOfDraftForm,
  run: async (caller, { issue, version }) => {
    await restoreIssue(caller, version, issue);
    openAfresh(`${DRAFT}#issue-${issue}`);
  },
});

export const splitIssueAction = defineAction({
  permission: "codebook:edit",
  schema: splitForm,
  run: async (caller, { issue, version, parts }) => {
    const { issue: first } = await splitIssue(caller, version, issue, parts);
    openAfresh(`${DRAFT}#issue-${first ?? ""}`);
  },
});

export const mergeIssuesAction = defineAction({
  permission: "codebook:edit",
  schema: mergeForm,
  run: async (caller, { version, issues, code, title }) => {
    const { issue } = await mergeIssues(caller, version, issues, { code, title });
    openAfresh(`${DRAFT}#issue-${issue ?? ""}`);
  },
});

export const publishDraftAction = defineAction({
  permission: "codebook:edit",
  schema: publishForm,
  run: async (caller, { version, note }) => {
    await publishDraft(caller, version, note);
    openAfresh("/codebook");
  },
});

export const discardDraftAction = defineAction({
  permission: "codebook:edit",
  schema: draftForm,
  run: async (caller, { version }) => {
    await discardDraft(caller, version);
    openAfresh("/codebook");
  },
});
