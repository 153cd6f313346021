import "server-only";
import { z } from "zod";
import type { Caller } from "@/lib/auth/caller";
import type { Role } from "@/lib/auth/permissions";
import { reading, type Source } from "@/lib/db";
import { deviceOf, statusOf, type PersonStatus } from "@/features/people/rules";
import type { TokenScope } from "@/features/people/schema";
import type { User } from "@/generated/prisma/client";

/** One account as administrators see it. Instants are ISO 8601 in UTC. */
export type Person = {
  id: string;
  name: string;
  email: string;
  role: Role;
  status: PersonStatus;
  /** The latest use of any session or token of theirs. */
  lastSeen: string | null;
  version: number;
};

const LAST_USES = {
  sessions: { orderBy: { lastSeenAt: "desc" }, take: 1, select: { lastSeenAt: true } },
  tokens: {
    where: { lastUsedAt: { not: null } },
    orderBy: { lastUsedAt: "desc" },
    take: 1,
    select: { lastUsedAt: true },
  },
} as const;

type UserWithUses = User & { sessions: { lastSeenAt: Date }[]; tokens: { lastUsedAt: Date | null }[] };

function personOf(user: UserWithUses): Person {
  const seen = [user.sessions[0]?.lastSeenAt, user.tokens[0]?.lastUsedAt].filter((at) => at instanceof Date);
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    role: user.role,
    status: statusOf(user),
    lastSeen: seen.length === 0 ? null : new Date(Math.max(...seen.map(Number))).toISOString(),
    version: user.version,
  };
}

/** Everybody with an account, by name. */
export async function listPeople(source: Source<"people:manage">): Promise<Person[]> {
  const users = await reading(source).user.findMany({
    orderBy: [{ name: "asc" }, { email: "asc" }],
    include: LAST_USES,
  });
  return users.map(personOf);
}

/** One account by its id, or null; also null for text that is no id. */
export async function findPerson(source: Source<"people:manage">, id: string): Promise<Person | null> {
  if (!z.uuid().safeParse(id).success) return null;
  const user = await reading(source).user.findUnique({ where: { id }, include: LAST_USES });
  return user && personOf(user);
}

/** One account by its e-mail in lower case, or null. */
export async function findPersonByEmail(source: Source<"people:manage">, email: string): Promise<Person | null> {
  const user = await reading(source).user.findUnique({ where: { email }, include: LAST_USES });
  return user && personOf(user);
}

/** A browser that is signed in as the caller. Instants are ISO 8601 in UTC. */
export type OwnSession = {
  id: string;
  device: string;
  address: string | null;
  startedAt: string;
  lastSeenAt: string;
  /** The session that asks. */
  current: boolean;
};

/** The caller's sessions that still work, the one in use first, then by last use. */
export async function listOwnSessions(caller: Caller<"session:own">): Promise<OwnSession[]> {
  const rows = await reading(caller).$queryRaw<
    { id: string; userAgent: string | null; address: string | null; startedAt: Date; lastSeenAt: Date }[]
  >`
    SELECT id, user_agent AS "userAgent", address, created_at AS "startedAt", last_seen_at AS "lastSeenAt"
    FROM session
    WHERE user_id = ${caller.userId}::uuid AND revoked_at IS NULL AND expires_at > now()
      AND last_seen_at > now() - interval '12 hours'
    ORDER BY (id = ${caller.sessionId}::uuid) DESC, last_seen_at DESC`;
  return rows.map((row) => ({
    id: row.id,
    device: deviceOf(row.userAgent),
    address: row.address,
    startedAt: row.startedAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    current: row.id === caller.sessionId,
  }));
}

/** An API token of the caller, without its secret. Instants are ISO 8601 in UTC. */
export type OwnToken = {
  id: string;
  label: string;
  scope: TokenScope;
  createdAt: string;
  lastUsedAt: string | null;
  expiresAt: string;
};

/** The caller's API tokens that still work, the newest first. */
export async function listOwnTokens(caller: Caller<"token:own">): Promise<OwnToken[]> {
  const rows = await reading(caller).$queryRaw<
    { id: string; label: string; scope: TokenScope; createdAt: Date; lastUsedAt: Date | null; expiresAt: Date }[]
  >`
    SELECT id, label, scope::text AS scope, created_at AS "createdAt", last_used_at AS "lastUsedAt",
           expires_at AS "expiresAt"
    FROM token
    WHERE user_id = ${caller.userId}::uuid AND revoked_at IS NULL AND expires_at > now()
    ORDER BY created_at DESC`;
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt.toISOString(),
  }));
}
