import "server-only";
import type { Caller } from "@/lib/auth/caller";
import { passwordStillKnown } from "@/lib/auth/credentials";
import { hashPassword, passwordProblem } from "@/lib/auth/password";
import { newToken } from "@/lib/auth/token";
import { databaseNow } from "@/lib/auth/session";
import { reading, write, type Tx } from "@/lib/db";
import { DomainError, invalid, notFound } from "@/lib/errors";
import { recordAudit } from "@/features/audit/mutations";
import { revokeSessions } from "@/features/people/mutations/sessions";
import type { NewToken } from "@/features/people/schema";

function ownId(caller: { userId: string | null }): string {
  if (!caller.userId) throw new DomainError({ code: "UNAUTHENTICATED" });
  return caller.userId;
}

/**
 * Changes the caller's own password and ends their other sessions. Throws INVALID on `current` when it is wrong, on
 * `password` when it is too weak; TOO_MANY after ten wrong tries.
 */
export async function changePassword(
  caller: Caller<"session:own">,
  { current, password }: { current: string; password: string },
): Promise<void> {
  const userId = ownId(caller);
  if (!(await passwordStillKnown(userId, current, caller.address))) {
    throw invalid("current", "This is not your current password.");
  }
  const owner = await reading(caller).user.findUniqueOrThrow({
    where: { id: userId },
    select: { email: true, name: true },
  });
  const problem = await passwordProblem(password, owner);
  if (problem) throw invalid("password", problem);
  const passwordHash = await hashPassword(password);
  await write(caller, async (tx) => {
    await tx.user.update({ where: { id: userId }, data: { passwordHash } });
    await recordAudit(tx, caller, {
      type: "user.password_set",
      subjectId: userId,
      before: null,
      after: { by: "account" },
    });
    await revokeSessions(tx, caller, { userId, except: caller.sessionId });
  });
}

const DAY = 24 * 60 * 60 * 1000;

/** A token that was just made: it is in this answer and nowhere else, only its hash is stored. */
export type MadeToken = { id: string; token: string };

/** Makes an API token of the caller. */
export async function createToken(caller: Caller<"token:own">, input: NewToken): Promise<MadeToken> {
  const userId = ownId(caller);
  return write(caller, (tx) => insertToken(tx, caller, userId, input));
}

/** Makes an API token for somebody else: for the command line alone. Throws NOT_FOUND for an account that is not there or disabled. */
export async function createTokenFor(
  caller: Caller<"people:manage">,
  userId: string,
  input: NewToken,
): Promise<MadeToken> {
  return write(caller, async (tx) => {
    const [user] = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM "user" WHERE id = ${userId}::uuid AND disabled_at IS NULL FOR SHARE`;
    if (!user) throw new DomainError({ code: "NOT_FOUND", message: "There is no such account, or it is disabled." });
    return insertToken(tx, caller, userId, input);
  });
}

async function insertToken<P extends "token:own" | "people:manage">(
  tx: Tx,
  caller: Caller<P>,
  userId: string,
  { label, scope, days }: NewToken,
): Promise<MadeToken> {
  const { token, secretHash } = newToken();
  const now = await databaseNow(tx);
  const expiresAt = new Date(now.getTime() + days * DAY);
  const { id } = await tx.token.create({
    data: { userId, secretHash, label, scope, createdAt: now, expiresAt },
    select: { id: true },
  });
  await recordAudit(tx, caller, {
    type: "token.created",
    subjectId: id,
    before: null,
    after: { user: userId, label, scope, expires: expiresAt.toISOString() },
  });
  return { id, token };
}

/** Ends an API token of the caller at once. Throws NOT_FOUND when it is none of theirs or ended before. */
export async function endToken(caller: Caller<"token:own">, id: string): Promise<void> {
  const userId = ownId(caller);
  await write(caller, async (tx) => {
    const [ended] = await tx.$queryRaw<{ label: string; scope: string }[]>`
      UPDATE token SET revoked_at = now()
      WHERE id = ${id}::uuid AND user_id = ${userId}::uuid AND revoked_at IS NULL
      RETURNING label, scope::text AS scope`;
    if (!ended) throw notFound("token", id);
    await recordAudit(tx, caller, {
      type: "token.revoked",
      subjectId: id,
      before: { label: ended.label, scope: ended.scope },
      after: null,
    });
  });
}
