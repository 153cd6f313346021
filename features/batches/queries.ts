import "server-only";
import type { BatchKind } from "@/generated/prisma/enums";
import type { Caller } from "@/lib/auth/caller";
import { holds } from "@/lib/auth/permissions";
import { reading } from "@/lib/db";
import { uuidOf } from "@/lib/uuid";

/** An act that changed many records. Instants are ISO 8601 in UTC. */
export type BatchDto = {
  id: string;
  kind: BatchKind;
  title: string;
  by: string;
  at: string;
  /** How many records it changed. */
  records: number;
  undone: { at: string; by: string } | null;
};

type Row = {
  id: string;
  kind: BatchKind;
  title: string;
  user_name: string;
  created_at: Date;
  undone_at: Date | null;
  undone_by: string | null;
  records: bigint;
};

function batchDto({ id, kind, title, user_name, created_at, undone_at, undone_by, records }: Row): BatchDto {
  return {
    id,
    kind,
    title,
    by: user_name,
    at: created_at.toISOString(),
    records: Number(records),
    undone: undone_at && { at: undone_at.toISOString(), by: undone_by ?? "" },
  };
}

/** One act, when it is the caller's own, or anybody's for reviewers, and whether it was undone; null otherwise. */
export async function findAct(
  caller: Caller<"record:read">,
  ref: string,
): Promise<{ id: string; title: string; undone: boolean } | null> {
  const id = uuidOf(ref);
  if (!id) return null;
  const mine = holds(caller.role, "audit:read") ? {} : { userId: caller.userId };
  const found = await reading(caller).batch.findFirst({
    where: { id, ...mine },
    select: { id: true, title: true, undoneAt: true },
  });
  return found && { id: found.id, title: found.title, undone: found.undoneAt !== null };
}

/** The acts that the caller may undo, the newest first: the own ones, for reviewers everybody's. `page` counts from 1. */
export async function listBatches(
  caller: Caller<"import:run">,
  { page, size }: { page: number; size: number },
): Promise<{ batches: BatchDto[]; total: number }> {
  const everybody = holds(caller.role, "audit:read");
  const db = reading<"import:run">(caller);
  const rows = await db.$queryRaw<Row[]>`
    SELECT batch.id, batch.kind::text, batch.title, batch.user_name, batch.created_at, batch.undone_at, batch.undone_by,
      (SELECT count(*) FROM audit_event WHERE batch_id = batch.id) AS records
    FROM batch WHERE ${everybody} OR user_id = ${caller.userId}::uuid
    ORDER BY created_at DESC, id DESC LIMIT ${size} OFFSET ${(page - 1) * size}`;
  const total = await db.batch.count({ where: everybody ? {} : { userId: caller.userId } });
  return { batches: rows.map(batchDto), total };
}

/** One act, or null. */
export async function findBatch(caller: Caller<"import:run">, id: string): Promise<BatchDto | null> {
  const [row] = await reading<"import:run">(caller).$queryRaw<Row[]>`
    SELECT batch.id, batch.kind::text, batch.title, batch.user_name, batch.created_at, batch.undone_at, batch.undone_by,
      (SELECT count(*) FROM audit_event WHERE batch_id = batch.id) AS records
    FROM batch WHERE id = ${id}::uuid`;
  return row ? batchDto(row) : null;
}
