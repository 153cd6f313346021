"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { recordDialogue, recordReport, reviseDialogue, reviseReport } from "@/features/dialogues/mutations";
import { dialogueForm, newDialogueForm, newReportForm, reportForm } from "@/features/dialogues/schema";
import { defineAction } from "@/lib/action";

/** A dialogue shows the report it considered and a report the dialogues: either changes both. */
function openAfresh(path: string): never {
  revalidatePath("/dialogues", "layout");
  revalidatePath("/reports", "layout");
  redirect(path);
}

export const recordDialogueAction = defineAction({
  permission: "dialogue:edit",
  schema: newDialogueForm,
  run: async (caller, input) => {
    const { slug } = await recordDialogue(caller, input);
    openAfresh(`/dialogues/${slug}`);
  },
});

export const reviseDialogueAction = defineAction({
  permission: "dialogue:edit",
  schema: dialogueForm,
  run: async (caller, { current, version, patch }) => {
    const { slug } = await reviseDialogue(caller, current, version, patch);
    openAfresh(`/dialogues/${slug}`);
  },
});

export const recordReportAction = defineAction({
  permission: "dialogue:edit",
  schema: newReportForm,
  run: async (caller, input) => {
    const { slug } = await recordReport(caller, input);
    openAfresh(`/reports/${slug}`);
  },
});

export const reviseReportAction = defineAction({
  permission: "dialogue:edit",
  schema: reportForm,
  run: async (caller, { current, version, patch }) => {
    const { slug } = await reviseReport(caller, current, version, patch);
    openAfresh(`/reports/${slug}`);
  },
});
