"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { recordView, removeView, restoreView, reviseView } from "@/features/views/mutations";
import { newViewForm, shareForm, viewForm, viewVersionForm } from "@/features/views/schema";
import { defineAction } from "@/lib/action";

const LIST = "/views";

/** The list of views and the home page show them. */
function openAfresh(path: string): never {
  revalidatePath("/", "layout");
  redirect(path);
}

export const recordViewAction = defineAction({
  permission: "view:own",
  schema: newViewForm,
  // The reader stays on the page that was kept.
  run: async (caller, input): Promise<{ name: string }> => {
    const { name } = await recordView(caller, input);
    return { name };
  },
});

export const reviseViewAction = defineAction({
  permission: "view:own",
  schema: viewForm,
  run: async (caller, { view, version, patch }): Promise<void> => {
    await reviseView(caller, view, version, patch);
    openAfresh(LIST);
  },
});

export const shareViewAction = defineAction({
  permission: "view:own",
  schema: shareForm,
  run: async (caller, { view, version, patch }): Promise<void> => {
    await reviseView(caller, view, version, patch);
    openAfresh(LIST);
  },
});

export const removeViewAction = defineAction({
  permission: "view:own",
  schema: viewVersionForm,
  run: async (caller, { view, version }): Promise<void> => {
    const { id } = await removeView(caller, view, version);
    openAfresh(`${LIST}?removed=${id}`);
  },
});

export const restoreViewAction = defineAction({
  permission: "view:own",
  schema: viewVersionForm,
  run: async (caller, { view, version }): Promise<void> => {
    await restoreView(caller, view, version);
    openAfresh(LIST);
  },
});
