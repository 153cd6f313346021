"use server";

import { revalidatePath } from "next/cache";
import { undoBatch } from "@/features/batches/mutations/undo";
import { undoForm } from "@/features/batches/schema";
import { defineAction } from "@/lib/action";

/** What was undone, for the sentence on the page that it was undone from. */
export type Undone = { title: string; records: number };

export const undoBatchAction = defineAction({
  permission: "import:run",
  schema: undoForm,
  run: async (caller, { batch }): Promise<Undone> => {
    const { title, records } = await undoBatch(caller, batch);
    revalidatePath("/", "layout");
    return { title, records };
  },
});
