import "server-only";
import type { Client } from "@/lib/auth/client";
import { passwordMatches } from "@/lib/auth/password";
import { admitAttempt } from "@/lib/auth/throttle";
import { database } from "@/lib/database";
import { DomainError } from "@/lib/errors";
import { unstorable } from "@/lib/input";
import { log } from "@/lib/log";

/** An account whose password was just shown to be known; `passwordHash` is the one it was compared with. */
export type ProvenAccount = { id: string; passwordHash: string };

/** An e-mail address as accounts store it; "" for text that cannot be one. */
function storedEmail(typed: string): string {
  const email = typed.trim().toLowerCase();
  return email.length > 254 || unstorable(email) ? "" : email;
}

/**
 * Compares an e-mail and password with the accounts. Unknown, disabled, without a password and wrong are one answer
 * after one amount of work: UNAUTHENTICATED. Throws TOO_MANY, without looking at the password, when throttled.
 */
export async function proveAccount(
  { email: typed, password }: { email: string; password: string },
  client: Client,
): Promise<ProvenAccount> {
  const email = storedEmail(typed);
  const attempt = await admitAttempt(email, client.address).catch((error: unknown) => {
    if (error instanceof DomainError && error.code === "TOO_MANY") logSignIn("sign_in.throttled", client);
    throw error;
  });
  const account = await database().prisma.user.findUnique({
    where: { email },
    select: { id: true, passwordHash: true, disabledAt: true },
  });
  const storedHash = account && !account.disabledAt ? account.passwordHash : null;
  const right = await passwordMatches(storedHash, password);
  if (!right || !account || storedHash === null) {
    logSignIn("sign_in.failed", client);
    throw new DomainError({ code: "UNAUTHENTICATED", message: WRONG });
  }
  await attempt.succeeded();
  return { id: account.id, passwordHash: storedHash };
}

/** The one answer to every failed sign-in. */
export const WRONG = "E-mail or password is not right. Check both and try again.";

function logSignIn(event: "sign_in.failed" | "sign_in.throttled", { address, requestId }: Client): void {
  log.warn({ event, ip: address, requestId });
}

/**
 * Asks somebody who is signed in for the password once more, throttled like a sign-in: a stolen session must not be a
 * place to guess it. Returns false when it is wrong. Throws TOO_MANY when throttled.
 */
export async function passwordStillKnown(userId: string, password: string, address: string | null): Promise<boolean> {
  const attempt = await admitAttempt(userId, address);
  const account = await database().prisma.user.findUnique({ where: { id: userId }, select: { passwordHash: true } });
  const right = await passwordMatches(account?.passwordHash ?? null, password);
  if (right) await attempt.succeeded();
  return right;
}
