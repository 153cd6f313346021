import "server-only";
import type { DraftInput } from "@/features/drafts/schema";
import type { Prisma } from "@/generated/prisma/client";
import type { Caller } from "@/lib/auth/caller";
import { write } from "@/lib/db";
import { DomainError } from "@/lib/errors";

const MOST_DRAFTS = 200;

const ELSEWHERE = "This form has another draft, which this page does not know of: from another window, or from before.";

const GONE = "This draft was saved or discarded meanwhile. What you type next is kept anew.";

/**
 * Keeps what somebody has typed. No audit event: a draft is nobody's business but its owner's until it is saved.
 * @throws DomainError CONFLICT when the form has another draft than the one that the page has seen; a draft never takes
 *   another's place. TOO_MANY when the person keeps as many as can be kept.
 */
export async function keepDraft(
  caller: Caller<"draft:own">,
  { form, path, title, values, basedOn, seen }: DraftInput,
): Promise<{ savedAt: string }> {
  const { userId } = caller;
  if (userId === null) throw new DomainError({ code: "FORBIDDEN" });
  return write(caller, async (tx) => {
    // One after another for each person: two windows, or a repeat, find what the other has kept.
    await tx.$queryRaw`SELECT id FROM "user" WHERE id = ${userId}::uuid FOR NO KEY UPDATE`;
    const key = { userId_form: { userId, form } };
    const there = await tx.draft.findUnique({ where: key, select: { savedAt: true } });
    if (there && there.savedAt.toISOString() !== seen) throw new DomainError({ code: "CONFLICT", message: ELSEWHERE });
    // A text that was under way while its form was saved must not come back as a draft of what is on record.
    if (!there && seen !== null) throw new DomainError({ code: "CONFLICT", message: GONE });
    if (!there && (await tx.draft.count({ where: { userId } })) >= MOST_DRAFTS) {
      throw new DomainError({
        code: "TOO_MANY",
        message: `You keep ${MOST_DRAFTS} drafts. Discard some of them first.`,
      });
    }
    const kept = { path, title, basedOn, savedAt: new Date(), values: values as Prisma.InputJsonObject };
    await tx.draft.upsert({ where: key, create: { userId, form, ...kept }, update: kept });
    return { savedAt: kept.savedAt.toISOString() };
  });
}

/** Throws one's own draft of a form away, or only the one of that moment; nothing when there is none. */
export async function discardDraft(caller: Caller<"draft:own">, form: string, savedAt?: string): Promise<void> {
  const { userId } = caller;
  if (userId === null) return;
  await write(caller, async (tx) => {
    await tx.draft.deleteMany({
      where: { userId, form, ...(savedAt === undefined ? {} : { savedAt: new Date(savedAt) }) },
    });
  });
}
