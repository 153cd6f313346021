import "server-only";
import { grant, type Caller, type Identity } from "@/lib/auth/caller";
import type { Client } from "@/lib/auth/client";
import { proveAccount, WRONG } from "@/lib/auth/credentials";
import { openSession, type SessionKey } from "@/lib/auth/session";
import { write, type Tx } from "@/lib/db";
import { DomainError, notFound } from "@/lib/errors";
import { recordAudit } from "@/features/audit/mutations";
import { deviceOf } from "@/features/people/rules";
import type { Role } from "@/lib/auth/permissions";

/** A person whose identity was just proven, by a password or by a one-time link. */
export type Proven = { id: string; name: string; role: Role };

/** Who speaks in the request in which somebody signs in. */
export function identityOf(user: Proven, client: Client, sessionId: string | null = null): Identity {
  return {
    userId: user.id,
    userName: user.name,
    role: user.role,
    sessionId,
    tokenId: null,
    readOnly: false,
    requestId: client.requestId,
    address: client.address,
  };
}

/** Opens a session for somebody whose identity is proven, with its event. Inside the transaction that made sure of it. */
export async function openSessionFor(tx: Tx, user: Proven, client: Client): Promise<SessionKey> {
  const key = await openSession(tx, user.id, client);
  await recordAudit(tx, grant(identityOf(user, client, key.id), "session:own"), {
    type: "session.opened",
    subjectId: key.id,
    before: null,
    after: { user: user.name, device: deviceOf(client.userAgent), address: client.address },
  });
  return key;
}

export type SignedIn = { key: SessionKey; user: { id: string; name: string; email: string } };

/**
 * Signs in with e-mail and password and opens a fresh session. Throws UNAUTHENTICATED with one sentence for whatever is
 * wrong, TOO_MANY when throttled, UNAVAILABLE when the database does not answer.
 */
export async function signIn(credentials: { email: string; password: string }, client: Client): Promise<SignedIn> {
  const proven = await proveAccount(credentials, client);
  // The role plays no part here: whoever holds an account may open a session.
  const caller = grant(identityOf({ id: proven.id, name: "", role: "viewer" }, client), "session:own");
  return write(caller, async (tx) => {
    // Locked against being disabled or getting another password before this session stands.
    const [user] = await tx.$queryRaw<(Proven & { email: string })[]>`
      SELECT id, name, email, role::text AS role FROM "user"
      WHERE id = ${proven.id}::uuid AND disabled_at IS NULL AND password_hash = ${proven.passwordHash}
      FOR SHARE`;
    if (!user) throw new DomainError({ code: "UNAUTHENTICATED", message: WRONG });
    const key = await openSessionFor(tx, user, client);
    return { key, user: { id: user.id, name: user.name, email: user.email } };
  });
}

/** Ends the session that asks. Nothing happens when nobody is signed in by a session. */
export async function signOut(identity: Identity | null): Promise<void> {
  if (!identity?.sessionId) return;
  const caller = grant(identity, "session:own");
  const { sessionId } = identity;
  await write(caller, (tx) => revoke(tx, caller, { id: sessionId }));
}

/** Ends one session of the caller, wherever it runs. Throws NOT_FOUND when it is none of theirs or ended before. */
export async function endOwnSession(caller: Caller<"session:own">, id: string): Promise<void> {
  await write(caller, async (tx) => {
    const ended = await revoke(tx, caller, { id });
    if (ended === 0) throw notFound("session", id);
  });
}

/** Ends every session of the caller, this one included. Returns how many there were. */
export async function endAllOwnSessions(caller: Caller<"session:own">): Promise<number> {
  return write(caller, (tx) => revoke(tx, caller, {}));
}

/** Ends the sessions of the caller, all or one or all but one, each with its event. */
async function revoke(tx: Tx, caller: Caller<"session:own">, which: { id?: string }): Promise<number> {
  if (!caller.userId) return 0;
  return revokeSessions(tx, caller, { userId: caller.userId, ...which });
}

/** Ends sessions of a person, all, one (`id`), or all but one (`except`), each with its event. Returns how many. */
export async function revokeSessions(
  tx: Tx,
  caller: Caller<"session:own"> | Caller<"people:manage">,
  { userId, id, except }: { userId: string; id?: string; except?: string | null },
): Promise<number> {
  const ended = await tx.$queryRaw<{ id: string; userAgent: string | null; address: string | null }[]>`
    UPDATE session SET revoked_at = now()
    WHERE user_id = ${userId}::uuid AND revoked_at IS NULL
      AND (${id ?? null}::uuid IS NULL OR id = ${id ?? null}::uuid)
      AND (${except ?? null}::uuid IS NULL OR id <> ${except ?? null}::uuid)
    RETURNING id, user_agent AS "userAgent", address`;
  for (const session of ended) {
    await recordAudit(tx, caller, {
      type: "session.revoked",
      subjectId: session.id,
      before: { user: userId, device: deviceOf(session.userAgent), address: session.address },
      after: null,
    });
  }
  return ended.length;
}
