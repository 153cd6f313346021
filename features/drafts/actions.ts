"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { discardDraft } from "@/features/drafts/mutations";
import { discardForm } from "@/features/drafts/schema";
import { defineAction } from "@/lib/action";

export const discardDraftAction = defineAction({
  permission: "draft:own",
  schema: discardForm,
  run: async (caller, { form, back }): Promise<void> => {
    await discardDraft(caller, form);
    revalidatePath(back);
    redirect(back);
  },
});
