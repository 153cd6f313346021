import "server-only";
import { cache } from "react";
import { cookies, headers } from "next/headers";
import { forbidden, redirect } from "next/navigation";
import { grant, type Caller, type Identity } from "@/lib/auth/caller";
import { currentClient } from "@/lib/auth/client";
import { holds, type Permission } from "@/lib/auth/permissions";
import { signInPath } from "@/lib/auth/paths";
import { findLiveSession, sessionCookie, unsealSession } from "@/lib/auth/session";

/**
 * Who is signed in, as the database says on this very request, or null. One query per request, however often it is
 * asked. Throws UNAVAILABLE when the database does not answer: nobody is let in or sent away on a guess.
 */
export const currentIdentity = cache(async (): Promise<Identity | null> => {
  const jar = await cookies();
  const key = await unsealSession(jar.get(sessionCookie().name)?.value);
  if (!key) return null;
  const session = await findLiveSession(key);
  if (!session) return null;
  const { address, requestId } = await currentClient();
  return {
    userId: session.userId,
    userName: session.userName,
    role: session.role,
    sessionId: session.id,
    tokenId: null,
    readOnly: false,
    requestId,
    address,
  };
});

/**
 * The caller of a page: sends a stranger to sign in and back here afterwards, and answers 403 (forbidden.tsx) to
 * somebody whose role lacks the permission. Call it in each page, not only in a layout: a layout is not rendered again
 * when one moves between its pages.
 */
export async function pageCaller<P extends Permission>(permission: P): Promise<Caller<P>> {
  const identity = await currentIdentity();
  if (!identity) redirect(signInPath((await headers()).get("x-rostrum-path")));
  if (!holds(identity.role, permission, identity.readOnly)) forbidden();
  return grant(identity, permission);
}
