"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { recordTypedMembership, removeMembership, reviseMembership } from "@/features/actors/mutations";
import { membershipForm, membershipRemoveForm, membershipReviseForm } from "@/features/actors/schema";
import { defineAction } from "@/lib/action";

/** Memberships decide whom statements cover: every page may show something else now. */
function openPeriods(group: string): never {
  revalidatePath("/", "layout");
  redirect(`/groups/${group}?view=periods`);
}

export const recordMembershipAction = defineAction({
  permission: "actor:edit",
  schema: membershipForm,
  run: async (caller, { group, ...input }) => {
    const membership = await recordTypedMembership(caller, group, input);
    openPeriods(membership.group.slug);
  },
});

export const reviseMembershipAction = defineAction({
  permission: "actor:edit",
  schema: membershipReviseForm,
  run: async (caller, { group, membership, version, patch }) => {
    const revised = await reviseMembership(caller, group, membership, version, patch);
    openPeriods(revised.group.slug);
  },
});

export const removeMembershipAction = defineAction({
  permission: "actor:edit",
  schema: membershipRemoveForm,
  run: async (caller, { group, membership, version, reason }) => {
    await removeMembership(caller, group, membership, version, reason);
    openPeriods(group);
  },
});
