import "server-only";
import type { Watcher } from "@/features/audit/queries/watches";
import type { Caller } from "@/lib/auth/caller";
import { lastingToken, userOfToken } from "@/lib/auth/lasting-link";
import { reading } from "@/lib/db";
import { env } from "@/lib/env";

const PURPOSE = "unsubscribe";

/** The two addresses by which somebody ends the digest without signing in: a page with one button, and what it sends to. */
export function unsubscribeLinks(userId: string): { page: string; oneClick: string } {
  const token = lastingToken(PURPOSE, userId);
  const { APP_URL } = env();
  return {
    page: new URL(`/unsubscribe/${token}`, APP_URL).href,
    oneClick: new URL(`/api/unsubscribe/${token}`, APP_URL).href,
  };
}

/** Whose digest a token ends; null when it is none of ours. */
export function unsubscriberOf(token: string): string | null {
  return userOfToken(PURPOSE, token);
}

/** Whether the caller gets the digest. */
export async function hasDigest(caller: Watcher): Promise<boolean> {
  if (caller.userId === null) return false;
  const found = await reading<"watch:own">(caller).reader.findUnique({
    where: { userId: caller.userId },
    select: { digest: true },
  });
  return found?.digest ?? false;
}

/** Somebody whose digest of today is due. */
export type Recipient = { userId: string; name: string; email: string };

/** Who gets a digest today that nobody has sent yet, nor is sending, at most `limit` after the one with the id `after`. */
export async function listDue(
  caller: Caller<"people:manage">,
  { limit, after }: { limit: number; after: string },
): Promise<Recipient[]> {
  return reading<"people:manage">(caller).$queryRaw<Recipient[]>`
    SELECT person.id AS "userId", person.name, person.email
    FROM reader JOIN "user" person ON person.id = reader.user_id
    WHERE reader.digest AND person.disabled_at IS NULL AND person.id > ${after}::uuid
      AND NOT EXISTS (SELECT FROM digest_mail mail
        WHERE mail.user_id = person.id AND mail.day = (now() AT TIME ZONE 'UTC')::date AND mail.sent_at IS NOT NULL)
    ORDER BY person.id LIMIT ${limit}`;
}
