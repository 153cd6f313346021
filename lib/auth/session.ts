import "server-only";
import { decode, encode } from "next-auth/jwt";
import type { Role } from "@/lib/auth/permissions";
import { hashOfSecret, isSecret, newSecret } from "@/lib/auth/secret";
import type { Client } from "@/lib/auth/client";
import { database } from "@/lib/database";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import type { Prisma } from "@/generated/prisma/client";

/** A session ends 14 days after sign-in, whatever happens in it. Seconds, for the cookie; the row has the same limit. */
export const SESSION_SECONDS = 14 * 24 * 60 * 60;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What the cookie carries: which session, and the proof that this browser opened it. Never a role or a name. */
export type SessionKey = { id: string; secret: string };

/** The session cookie's name and attributes. Under https its `__Host-` prefix binds it to this very host. */
export function sessionCookie() {
  const secure = env().APP_URL.startsWith("https:");
  return {
    name: secure ? "__Host-next-auth.session-token" : "next-auth.session-token",
    options: { httpOnly: true, sameSite: "lax", path: "/", secure } as const,
  };
}

/** The value of the session cookie: the key, encrypted in the same way as next-auth does it. */
export async function sealSession({ id, secret }: SessionKey): Promise<string> {
  return encode({ token: { sid: id, key: secret }, secret: env().AUTH_SECRET, maxAge: SESSION_SECONDS });
}

/** The key inside a cookie's value, or null when we did not write it. */
export async function unsealSession(value: string | undefined): Promise<SessionKey | null> {
  if (!value) return null;
  try {
    return sessionKeyOf(await decode({ token: value, secret: env().AUTH_SECRET }));
  } catch {
    return null; // Cut, forged, out of date, or sealed with an older AUTH_SECRET: all the same as none.
  }
}

/** The key inside a decoded token, or null when it has none. */
export function sessionKeyOf(token: Readonly<Record<string, unknown>> | null): SessionKey | null {
  const { sid, key } = token ?? {};
  if (typeof sid !== "string" || !UUID.test(sid) || typeof key !== "string" || !isSecret(key)) return null;
  return { id: sid, secret: key };
}

/** A session that counts, with what its user is at this moment. */
export type LiveSession = {
  id: string;
  userId: string;
  userName: string;
  email: string;
  role: Role;
  expiresAt: Date;
};

/**
 * The session of a key, when it is neither ended nor expired nor idle for 12 hours and its user is not disabled.
 * Asked on every request, with the database's clock. Notes at most once a minute that the session was seen.
 */
export async function findLiveSession(key: SessionKey): Promise<LiveSession | null> {
  const rows = await database().prisma.$queryRaw<(LiveSession & { due: boolean })[]>`
    SELECT s.id, s.user_id AS "userId", u.name AS "userName", u.email, u.role::text AS role,
           s.expires_at AS "expiresAt", s.last_seen_at < now() - interval '1 minute' AS due
    FROM session s JOIN "user" u ON u.id = s.user_id
    WHERE s.id = ${key.id}::uuid AND s.secret_hash = ${hashOfSecret(key.secret)}
      AND s.revoked_at IS NULL AND s.expires_at > now() AND s.last_seen_at > now() - interval '12 hours'
      AND u.disabled_at IS NULL`;
  const [row] = rows;
  if (!row) return null;
  const { due, ...session } = row;
  if (due) await noteSeen(session.id);
  return session;
}

async function noteSeen(id: string): Promise<void> {
  try {
    await database().prisma.$executeRaw`
      UPDATE session SET last_seen_at = now()
      WHERE id = ${id}::uuid AND last_seen_at < now() - interval '1 minute'`;
  } catch (error) {
    // Reading goes on while nothing can be written, for example on a full disk.
    log.warn({ event: "session.not_noted", err: { name: (error as Error).name } });
  }
}

/** Opens a session inside a transaction and returns the key for its cookie: fresh at each sign-in. */
export async function openSession(tx: Prisma.TransactionClient, userId: string, client: Client): Promise<SessionKey> {
  const secret = newSecret();
  const now = await databaseNow(tx);
  const { id } = await tx.session.create({
    data: {
      userId,
      secretHash: hashOfSecret(secret),
      createdAt: now,
      lastSeenAt: now,
      expiresAt: new Date(now.getTime() + SESSION_SECONDS * 1000),
      userAgent: client.userAgent,
      address: client.address,
    },
    select: { id: true },
  });
  return { id, secret };
}

/** The database's clock: limits must not move with the clock of whichever machine runs the application. */
export async function databaseNow(tx: Prisma.TransactionClient): Promise<Date> {
  const [row] = await tx.$queryRaw<{ now: Date }[]>`SELECT now() AS now`;
  if (!row) throw new Error("The database did not say what time it is.");
  return row.now;
}
