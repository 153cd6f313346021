"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { parseRollCall } from "@/features/votes/formats/pasted";
import { recordPasted } from "@/features/votes/mutations";
import { voteForm } from "@/features/votes/schema";
import { defineAction } from "@/lib/action";

export const recordVoteAction = defineAction({
  permission: "vote:edit",
  schema: voteForm,
  run: async (caller, form) => {
    const { preview, slug } = await recordPasted(caller, form, parseRollCall(form.text));
    if (slug === null) return preview;
    revalidatePath("/", "layout");
    redirect(`/votes/${slug}`);
  },
});
