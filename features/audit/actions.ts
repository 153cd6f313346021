"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { switchDigest } from "@/features/audit/mutations/digest";
import { markRead, stopWatching, watch } from "@/features/audit/mutations/watches";
import { digestForm, readForm, watchForm } from "@/features/audit/schema";
import { defineAction } from "@/lib/action";

/** The bar of every page says how much is unread. */
function openAfresh(path: string): never {
  revalidatePath("/", "layout");
  redirect(path);
}

export const watchAction = defineAction({
  permission: "watch:own",
  schema: watchForm,
  run: async (caller, { kind, subject, back }): Promise<void> => {
    await watch(caller, kind, subject);
    openAfresh(back);
  },
});

export const stopWatchingAction = defineAction({
  permission: "watch:own",
  schema: watchForm,
  run: async (caller, { kind, subject, back }): Promise<void> => {
    await stopWatching(caller, kind, subject);
    openAfresh(back);
  },
});

export const markReadAction = defineAction({
  permission: "watch:own",
  schema: readForm,
  run: async (caller, { upTo, back }): Promise<void> => {
    await markRead(caller, BigInt(upTo));
    openAfresh(back);
  },
});

export const switchDigestAction = defineAction({
  permission: "watch:own",
  schema: digestForm,
  run: async (caller, { digest }): Promise<void> => {
    await switchDigest(caller, digest === "on");
    revalidatePath("/account");
  },
});
