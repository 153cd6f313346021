"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { parseRollCall } from "@/features/votes/formats/pasted";
import { recordPasted, revisePasted, type PastedVote } from "@/features/votes/mutations";
import { withdrawVote } from "@/features/votes/mutations/withdraw";
import type { VotePreview } from "@/features/votes/queries/pasted";
import { voteForm, voteRevisionForm, withdrawVoteForm } from "@/features/votes/schema";
import { defineAction } from "@/lib/action";

/** What the list was understood as; when it was written, the page of the vote. */
function openVote({ preview, slug }: PastedVote): VotePreview {
  if (slug === null) return preview;
  revalidatePath("/", "layout");
  redirect(`/votes/${slug}`);
}

export const recordVoteAction = defineAction({
  permission: "vote:edit",
  schema: voteForm,
  run: async (caller, form) => openVote(await recordPasted(caller, form, parseRollCall(form.text))),
});

export const reviseVoteAction = defineAction({
  permission: "vote:edit",
  schema: voteRevisionForm,
  run: async (caller, form) => openVote(await revisePasted(caller, form, parseRollCall(form.text))),
});

export const withdrawVoteAction = defineAction({
  permission: "vote:edit",
  schema: withdrawVoteForm,
  run: async (caller, { current, version, reason }): Promise<void> => {
    const { act } = await withdrawVote(caller, current, version, reason);
    revalidatePath("/", "layout");
    redirect(`/votes?act=${act}`);
  },
});
