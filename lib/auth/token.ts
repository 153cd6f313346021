import "server-only";
import type { Identity } from "@/lib/auth/caller";
import { currentClient } from "@/lib/auth/client";
import type { Role } from "@/lib/auth/permissions";
import { hashOfSecret, isSecret, newSecret } from "@/lib/auth/secret";
import { database } from "@/lib/database";
import { log } from "@/lib/log";

const PREFIX = "rst_";

/** A fresh API token and what is stored of it. The prefix lets people and scanners recognise one that leaked. */
export function newToken(): { token: string; secretHash: string } {
  const token = `${PREFIX}${newSecret()}`;
  return { token, secretHash: hashOfSecret(token) };
}

type Found = { id: string; userId: string; userName: string; role: Role; readOnly: boolean; due: boolean };

/**
 * Who a bearer token speaks for, or null when it is unknown, ended, expired, or its user is disabled. The role is the
 * user's role now; scope `read` makes the identity read-only. Notes at most once a minute that the token was used.
 */
export async function identityOfBearer(token: string): Promise<Identity | null> {
  if (!token.startsWith(PREFIX) || !isSecret(token.slice(PREFIX.length))) return null;
  const rows = await database().prisma.$queryRaw<Found[]>`
    SELECT t.id, t.user_id AS "userId", u.name AS "userName", u.role::text AS role, t.scope = 'read' AS "readOnly",
           coalesce(t.last_used_at < now() - interval '1 minute', true) AS due
    FROM token t JOIN "user" u ON u.id = t.user_id
    WHERE t.secret_hash = ${hashOfSecret(token)} AND t.revoked_at IS NULL AND t.expires_at > now()
      AND u.disabled_at IS NULL`;
  const [found] = rows;
  if (!found) return null;
  if (found.due) await noteUsed(found.id);
  const { address, requestId } = await currentClient();
  return {
    userId: found.userId,
    userName: found.userName,
    role: found.role,
    sessionId: null,
    tokenId: found.id,
    readOnly: found.readOnly,
    requestId,
    address,
  };
}

async function noteUsed(id: string): Promise<void> {
  try {
    await database().prisma.$executeRaw`
      UPDATE token SET last_used_at = now()
      WHERE id = ${id}::uuid AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`;
  } catch (error) {
    // Reading goes on while nothing can be written, for example on a full disk.
    log.warn({ event: "token.not_noted", err: { name: (error as Error).name } });
  }
}
