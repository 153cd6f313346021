"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import {
  recordActor,
  recordTypedMembership,
  removeMembership,
  reviseActor,
  reviseMembership,
} from "@/features/actors/mutations";
import {
  actorPath,
  actorReviseForm,
  KINDS_WITH_MEMBERS,
  membershipForm,
  mergeForm,
  membershipRemoveForm,
  membershipReviseForm,
  newActorForm,
} from "@/features/actors/schema";
import { mergeActors } from "@/features/actors/mutations/merge";
import { defineAction } from "@/lib/action";

/** Memberships decide whom statements cover: every page may show something else now. */
function openPeriods(group: string): never {
  revalidatePath("/", "layout");
  redirect(`/groups/${group}?view=periods`);
}

export const recordActorAction = defineAction({
  permission: "actor:edit",
  schema: newActorForm,
  run: async (caller, input) => {
    const actor = await recordActor(caller, input);
    revalidatePath("/", "layout");
    redirect(actorPath(actor));
  },
});

export const mergeActorAction = defineAction({
  permission: "actor:edit",
  schema: mergeForm,
  run: async (caller, { actor, into, version }) => {
    await mergeActors(caller, actor, version, into);
    revalidatePath("/", "layout");
    redirect("/acts");
  },
});

export const reviseActorAction = defineAction({
  permission: "actor:edit",
  schema: actorReviseForm,
  run: async (caller, { actor: ref, version, patch }) => {
    const actor = await reviseActor(caller, ref, version, patch);
    revalidatePath("/", "layout");
    const path = actorPath(actor);
    redirect(KINDS_WITH_MEMBERS.has(actor.kind) ? `${path}?view=names` : `${path}#names`);
  },
});

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
