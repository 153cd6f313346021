"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { defineAction, refuseForeignOrigin } from "@/lib/action";
import { currentIdentity } from "@/lib/auth/identity";
import { samePath } from "@/lib/auth/paths";
import { dropSession, keepSession } from "@/lib/auth/session-cookie";
import { definePublicAction } from "@/lib/public-action";
import { changePassword, createToken, endToken } from "@/features/people/mutations/account";
import { choosePassword, setUpFirstAccount } from "@/features/people/mutations/links";
import { changeRole, disableUser, enableUser, inviteUser, issuePasswordLink } from "@/features/people/mutations/people";
import { endAllOwnSessions, endOwnSession, signIn, signOut } from "@/features/people/mutations/sessions";
import {
  changePasswordSchema,
  changeRoleSchema,
  choosePasswordSchema,
  createTokenSchema,
  endSessionSchema,
  endTokenSchema,
  inviteSchema,
  passwordLinkSchema,
  personSchema,
  setUpSchema,
  signInSchema,
  signOutEverywhereSchema,
} from "@/features/people/schema";

const PEOPLE = "/people";
const ACCOUNT = "/account";

export const signInAction = definePublicAction({
  schema: signInSchema,
  secret: ["password"],
  run: async (client, { email, password, next }) => {
    const { key } = await signIn({ email, password }, client);
    await keepSession(key);
    redirect(samePath(next));
  },
});

export const setUpAction = definePublicAction({
  schema: setUpSchema,
  secret: ["password", "link"],
  run: async (client, input) => {
    await keepSession(await setUpFirstAccount(input, client));
    redirect("/");
  },
});

export const choosePasswordAction = definePublicAction({
  schema: choosePasswordSchema,
  secret: ["password", "link"],
  run: async (client, input) => {
    await keepSession(await choosePassword(input, client));
    redirect("/");
  },
});

/** Ends this session. A plain form action: it has nothing to answer, it leads to the sign-in page. */
export async function signOutAction(): Promise<void> {
  await refuseForeignOrigin().catch(() => redirect("/"));
  await signOut(await currentIdentity());
  await dropSession();
  redirect("/sign-in");
}

export const inviteAction = defineAction({
  permission: "people:manage",
  schema: inviteSchema,
  run: async (caller, input) => {
    const invited = await inviteUser(caller, input);
    revalidatePath(PEOPLE);
    return invited;
  },
});

export const changeRoleAction = defineAction({
  permission: "people:manage",
  schema: changeRoleSchema,
  run: async (caller, input) => {
    await changeRole(caller, input);
    revalidatePath(PEOPLE);
  },
});

export const disableUserAction = defineAction({
  permission: "people:manage",
  schema: personSchema,
  run: async (caller, input) => {
    await disableUser(caller, input);
    revalidatePath(PEOPLE);
  },
});

export const enableUserAction = defineAction({
  permission: "people:manage",
  schema: personSchema,
  run: async (caller, input) => {
    await enableUser(caller, input);
    revalidatePath(PEOPLE);
  },
});

export const issuePasswordLinkAction = defineAction({
  permission: "people:manage",
  schema: passwordLinkSchema,
  run: (caller, { id }) => issuePasswordLink(caller, id),
});

export const changePasswordAction = defineAction({
  permission: "session:own",
  schema: changePasswordSchema,
  secret: ["current", "password"],
  run: async (caller, input) => {
    await changePassword(caller, input);
    revalidatePath(ACCOUNT);
  },
});

export const endSessionAction = defineAction({
  permission: "session:own",
  schema: endSessionSchema,
  run: async (caller, { id }) => {
    await endOwnSession(caller, id);
    revalidatePath(ACCOUNT);
  },
});

export const signOutEverywhereAction = defineAction({
  permission: "session:own",
  schema: signOutEverywhereSchema,
  run: async (caller) => {
    await endAllOwnSessions(caller);
    await dropSession();
    redirect("/sign-in");
  },
});

export const createTokenAction = defineAction({
  permission: "token:own",
  schema: createTokenSchema,
  run: async (caller, input) => {
    const { token } = await createToken(caller, input);
    revalidatePath(ACCOUNT);
    return { token, label: input.label };
  },
});

export const endTokenAction = defineAction({
  permission: "token:own",
  schema: endTokenSchema,
  run: async (caller, { id }) => {
    await endToken(caller, id);
    revalidatePath(ACCOUNT);
  },
});
