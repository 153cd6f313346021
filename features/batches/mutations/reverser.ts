import "server-only";
import { Prisma } from "@/generated/prisma/client";
import type { Caller } from "@/lib/auth/caller";
import type { Tx } from "@/lib/db";

/** Who may take back an act of many changes. */
export type Undoer = Caller<"import:run">;

/** The undoing of a batch. `reason` stands in the events that it writes. */
export type Undoing = { caller: Undoer; batchId: string; reason: string };

/**
 * How the changes of a batch to the records of one subject type are taken back. Inside the undoing's transaction a temporary
 * table `batch_net` has one row for each record that the batch changed:
 *
 *   subject_type text, id uuid, dialogue_id uuid,
 *   before jsonb   the record before the batch, as the audit trail keeps it; null when the batch recorded it
 *   after jsonb    the record as the batch left it; null when the batch removed it
 *   version int    its version after the batch
 *   event bigint   the batch's last event about it
 *
 * `before` null: the record is withdrawn or removed, as the rules of its kind say. `after` null: it is put back, with its id.
 * Else its fields become those of `before`. In each case a row counts only while it has `version`.
 */
export type Reverser = {
  /** Holds the records, or what every write to them holds, until the end of the transaction. Called before anything is looked at. */
  hold(tx: Tx, undoing: Undoing): Promise<unknown>;
  /** What stands in the way although no record was changed since, as sentences: an actor that others name by now. */
  obstacles?(tx: Tx, undoing: Undoing): Promise<string[]>;
  /** Takes the changes back and writes an audit event for each. Returns how many records it took back: fewer than in `batch_net` stops the undoing. */
  reverse(tx: Tx, undoing: Undoing): Promise<number>;
};

/** The columns of `audit_event` by which an event that is written in SQL says who did it; values in the order of `whoColumns`. */
export function whoValues({ userId, userName, sessionId, tokenId, requestId, address }: Undoer): Prisma.Sql {
  return Prisma.sql`${userId}::uuid, ${userName}, ${sessionId}::uuid, ${tokenId}::uuid, ${requestId}, ${address}`;
}

export const whoColumns = Prisma.sql`user_id, user_name, session_id, token_id, request_id, address`;

/** The rows of `batch_net` of one kind of record. */
export function netOf(subjectType: string): Prisma.Sql {
  return Prisma.sql`(SELECT * FROM batch_net WHERE subject_type = ${subjectType})`;
}
