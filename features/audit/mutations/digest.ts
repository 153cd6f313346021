import "server-only";
import { holdReader } from "@/features/audit/mutations/watches";
import { listDue, unsubscriberOf, type Recipient } from "@/features/audit/queries/digest";
import { headOf, newsFor } from "@/features/audit/queries/inbox";
import type { Watcher } from "@/features/audit/queries/watches";
import type { News } from "@/features/audit/schema";
import { grant, type Caller } from "@/lib/auth/caller";
import type { Client } from "@/lib/auth/client";
import { write, type Tx } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { log } from "@/lib/log";

type Sender = Caller<"people:manage">;

/** More than this is not told one by one: the inbox has the rest. */
const MOST_TOLD = 50;
const AT_ONCE = 100;

async function setDigest(tx: Tx, userId: string, on: boolean): Promise<void> {
  await holdReader(tx, userId);
  // What happened before it was switched on is no news of a digest.
  const since = on ? await headOf(tx) : 0n;
  await tx.$executeRaw`
    UPDATE reader SET digest = ${on}, digest_since = greatest(digest_since, ${since}::bigint)
    WHERE user_id = ${userId}::uuid AND digest <> ${on}`;
}

/** Switches the caller's digest on or off. No audit event: what people want to be told is nobody's business. */
export async function switchDigest(caller: Watcher, on: boolean): Promise<void> {
  const { userId } = caller;
  if (userId === null) throw new DomainError({ code: "FORBIDDEN" });
  await write(caller, (tx) => setDigest(tx, userId, on));
}

/** Ends somebody's digest by the token of a message, without signing in. False for a token that is none of ours. */
export async function unsubscribe(token: string, client: Client): Promise<boolean> {
  const userId = unsubscriberOf(token);
  if (userId === null) return false;
  // The token is the proof, and good for nothing else: the role plays no part.
  const caller = grant(
    {
      userId,
      userName: "",
      role: "viewer",
      sessionId: null,
      tokenId: null,
      readOnly: false,
      requestId: client.requestId,
      address: client.address,
    },
    "watch:own",
  );
  return write(caller, async (tx) => {
    if (!(await tx.user.findUnique({ where: { id: userId }, select: { id: true } }))) return false;
    await setDigest(tx, userId, false);
    return true;
  });
}

/** What is told to one person today, claimed: whoever holds the claim sends it. */
type Claimed = { day: string; news: News[] };

/**
 * Claims somebody's digest of today. Null when another process has it: one that sends, or one that failed less than ten minutes
 * ago. A claim that is taken again tells the same acts as the first one.
 */
async function claim(sender: Sender, { userId }: Recipient): Promise<Claimed | null> {
  return write(sender, async (tx) => {
    const head = await headOf(tx);
    const [mine] = await tx.$queryRaw<{ day: string; upTo: bigint }[]>`
      INSERT INTO digest_mail (user_id, day, claimed_at, up_to)
        VALUES (${userId}::uuid, (now() AT TIME ZONE 'UTC')::date, now(), ${head}::bigint)
      ON CONFLICT (user_id, day) DO UPDATE SET claimed_at = now(), tries = digest_mail.tries + 1
        WHERE digest_mail.sent_at IS NULL AND digest_mail.claimed_at < now() - interval '10 minutes'
      RETURNING to_char(day, 'YYYY-MM-DD') AS day, up_to AS "upTo"`;
    if (!mine) return null;
    const [told] = await tx.$queryRaw<{ after: bigint }[]>`
      SELECT greatest(read_up_to, digest_since,
        (SELECT max(up_to) FROM digest_mail WHERE user_id = ${userId}::uuid AND day < ${mine.day}::date AND sent_at IS NOT NULL)) AS after
      FROM reader WHERE user_id = ${userId}::uuid`;
    const news = await newsFor(tx, userId, {
      after: told?.after ?? 0n,
      before: mine.upTo + 1n,
      limit: MOST_TOLD + 1,
    });
    return { day: mine.day, news };
  });
}

async function settle(sender: Sender, { userId }: Recipient, day: string): Promise<void> {
  await write(sender, async (tx) => {
    await tx.$executeRaw`
      UPDATE digest_mail SET sent_at = now() WHERE user_id = ${userId}::uuid AND day = ${day}::date AND sent_at IS NULL`;
  });
}

/** A digest that is to be sent: to whom, for which day, and what it tells. */
export type DueDigest = { to: Recipient; day: string; news: News[]; more: boolean };

/** What became of a day's digests. */
export type Sendings = { sent: number; nothing: number; failed: number };

/**
 * Sends today's digest to everybody who wants one, has news, and was not sent it yet; several processes may do it at once. A
 * message that the mail server does not take is tried again after ten minutes by whoever calls this next. `send` makes the
 * message and hands it over; it throws when the server did not take it.
 */
export async function sendDigests(sender: Sender, send: (due: DueDigest) => Promise<void>): Promise<Sendings> {
  const done: Sendings = { sent: 0, nothing: 0, failed: 0 };
  for (let after = "00000000-0000-0000-0000-000000000000"; ;) {
    const due = await listDue(sender, { limit: AT_ONCE, after });
    for (const to of due) done[await sendOne(sender, to, send)] += 1;
    const last = due.at(-1);
    if (!last || due.length < AT_ONCE) return { ...done };
    after = last.userId;
  }
}

async function sendOne(
  sender: Sender,
  to: Recipient,
  send: (due: DueDigest) => Promise<void>,
): Promise<keyof Sendings> {
  const claimed = await claim(sender, to);
  if (!claimed) return "nothing";
  const { day, news } = claimed;
  if (news.length > 0) {
    try {
      await send({ to, day, news: news.slice(0, MOST_TOLD), more: news.length > MOST_TOLD });
    } catch (error) {
      const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
      // Without the message of the error: mail servers repeat the address in it.
      log.warn({ event: "digest.not_sent", userId: to.userId, err: { code, responseCode } });
      return "failed";
    }
  }
  await settle(sender, to, day);
  return news.length > 0 ? "sent" : "nothing";
}
