import "server-only";
import { hashOfSecret, isSecret, newSecret } from "@/lib/auth/secret";
import { databaseNow } from "@/lib/auth/session";
import { database } from "@/lib/database";
import { env } from "@/lib/env";
import type { LinkPurpose } from "@/generated/prisma/enums";
import type { Prisma } from "@/generated/prisma/client";

const MINUTE = 60_000;
const LASTS: Record<LinkPurpose, number> = {
  set_up: 24 * 60 * MINUTE,
  invitation: 7 * 24 * 60 * MINUTE,
  reset: 30 * MINUTE,
};

/** A link that still works, with the person whom it is for; null for the one that makes the first account. */
export type OpenLink = { id: string; purpose: LinkPurpose; user: { id: string; name: string; email: string } | null };

/**
 * Makes a link that works once and ends the earlier unused ones of the same person (or of the first set-up). Its
 * address is made from APP_URL alone: a forged Host header must not send a secret elsewhere. Only its hash is stored.
 * Lasts: set_up 24 hours, invitation 7 days, reset 30 minutes.
 */
export async function issueLink(
  tx: Prisma.TransactionClient,
  { purpose, userId }: { purpose: LinkPurpose; userId: string | null },
): Promise<string> {
  await endLinks(tx, userId);
  const secret = newSecret();
  const now = await databaseNow(tx);
  await tx.oneTimeLink.create({
    data: {
      purpose,
      userId,
      secretHash: hashOfSecret(secret),
      createdAt: now,
      expiresAt: new Date(now.getTime() + LASTS[purpose]),
    },
  });
  return new URL(`/set-up/${secret}`, env().APP_URL).href;
}

/** Ends the unused links of a person, or the set-up links when `userId` is null. */
export async function endLinks(tx: Prisma.TransactionClient, userId: string | null): Promise<void> {
  await tx.oneTimeLink.updateMany({ where: { userId, usedAt: null }, data: { expiresAt: await databaseNow(tx) } });
}

/** The link with this secret while it can be used; null when it is unknown, used, expired, or its person is disabled,
 * and for a set-up link when there is an account. */
export async function findOpenLink(secret: string): Promise<OpenLink | null> {
  if (!isSecret(secret)) return null;
  const link = await database().prisma.oneTimeLink.findUnique({
    where: { secretHash: hashOfSecret(secret) },
    include: { user: { select: { id: true, name: true, email: true, disabledAt: true } } },
  });
  if (!link || link.usedAt || link.user?.disabledAt) return null;
  if (link.expiresAt <= (await databaseNow(database().prisma))) return null;
  const { id, purpose, user } = link;
  // Closed for ever by the first account; asked once more inside the transaction that would make it.
  if (purpose === "set_up" && (await database().prisma.user.count()) > 0) return null;
  return { id, purpose, user: user && { id: user.id, name: user.name, email: user.email } };
}

/** Uses a link up inside a transaction: of two uses at the same moment one gets true, the other false. */
export async function useUpLink(tx: Prisma.TransactionClient, id: string): Promise<boolean> {
  const used = await tx.$executeRaw`
    UPDATE one_time_link SET used_at = now() WHERE id = ${id}::uuid AND used_at IS NULL AND expires_at > now()`;
  return used === 1;
}
