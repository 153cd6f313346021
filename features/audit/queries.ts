import "server-only";
import type { AuditEvent, Prisma } from "@/generated/prisma/client";
import { reading, type Source } from "@/lib/db";
import { changesBetween, type FieldChange } from "@/features/audit/rules";
import type { EventType, Snapshot } from "@/features/audit/schema";

/** One entry of a history: who did what, when, from what to what. Instants are ISO 8601 in UTC. */
export type HistoryEntry = {
  id: string;
  at: string;
  type: EventType;
  subjectId: string;
  by: string;
  version: number | null;
  reason: string | null;
  before: Snapshot | null;
  after: Snapshot | null;
  changes: FieldChange[];
};

function entry(event: AuditEvent): HistoryEntry {
  const before = event.before as Snapshot | null;
  const after = event.after as Snapshot | null;
  return {
    id: event.id.toString(),
    at: event.at.toISOString(),
    type: event.type as EventType,
    subjectId: event.subjectId,
    by: event.userName,
    version: event.version,
    reason: event.reason,
    before,
    after,
    changes: changesBetween(before, after),
  };
}

type Range = { limit?: number; before?: string };

/** Whose history: one record's; a dialogue's with all that belongs to it; a statement's with its texts and quotations. */
type Of = { subjectId: string } | { dialogueId: string } | { statement: string; dialogueId: string };

function whereOf(of: Of): Prisma.AuditEventWhereInput {
  if (!("statement" in of)) return of;
  const { statement, dialogueId } = of;
  // Of texts and quotations, which may be gone, the snapshot says to which statement they belong.
  const here = { path: ["statement"], equals: statement };
  return { dialogueId, OR: [{ subjectId: statement }, { after: here }, { before: here }] };
}

/** The newest changes first; `before` is the id of the last entry of the page before. */
export async function listHistory(source: Source, of: Of, { limit = 50, before }: Range = {}): Promise<HistoryEntry[]> {
  const events = await reading(source).auditEvent.findMany({
    where: { ...whereOf(of), ...(before ? { id: { lt: BigInt(before) } } : {}) },
    orderBy: { id: "desc" },
    take: limit,
  });
  return events.map(entry);
}

/** The change that made a version of a record, or null. */
export async function findVersion(source: Source, subjectId: string, version: number): Promise<HistoryEntry | null> {
  const event = await reading(source).auditEvent.findFirst({ where: { subjectId, version }, orderBy: { id: "desc" } });
  return event && entry(event);
}

/** Every change to anything after the event `after`, oldest first: the trail that reviewers read. */
export async function listChanges(
  source: Source<"audit:read">,
  { since, after, limit }: { since?: Date; after?: string; limit: number },
): Promise<{ changes: HistoryEntry[]; total: number }> {
  const where = {
    ...(since ? { at: { gte: since } } : {}),
    ...(after ? { id: { gt: BigInt(after) } } : {}),
  };
  const db = reading(source);
  const events = await db.auditEvent.findMany({ where, orderBy: { id: "asc" }, take: limit });
  const total = await db.auditEvent.count({ where: since ? { at: { gte: since } } : {} });
  return { changes: events.map(entry), total };
}
