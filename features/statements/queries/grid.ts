import "server-only";
import { loadCast } from "@/features/actors/queries/register";
import { readStatements, actorsIn } from "@/features/statements/queries/rows";
import { brief, statementDetail, type StatementDto } from "@/features/statements/queries/statement";
import { reading, type Source, type Tx } from "@/lib/db";
import { notFound } from "@/lib/errors";

/** The statements of a dialogue that count, as the grid edits them, at one moment. */
export type GridRows = {
  /** The newest change of the dialogue that the rows contain: what comes later is asked for by it. */
  stamp: string;
  rows: StatementDto[];
};

/** What happened in a dialogue since a stamp. */
export type GridChanges = {
  stamp: string;
  /** Every statement on record with its place, in order; null when nothing happened. Who is missing was withdrawn. */
  places: { id: string; order: number }[] | null;
  /** The statements that were changed, as they stand now, and who changed each last. */
  changed: { row: StatementDto; by: string }[];
};

async function stampOf(source: Source, dialogueId: string): Promise<string> {
  const newest = await reading(source).auditEvent.findFirst({
    where: { dialogueId },
    orderBy: { id: "desc" },
    select: { id: true },
  });
  return String(newest?.id ?? 0);
}

async function rowsOf(source: Source, where: Parameters<typeof readStatements>[1]): Promise<StatementDto[]> {
  const rows = await readStatements(source, where);
  const cast = await loadCast(source, actorsIn(rows));
  return rows.map((row) => brief(statementDetail(row, cast)));
}

/** The rows of a dialogue for its grid. Inside a snapshot, so that the stamp is theirs. */
export async function loadGrid(tx: Tx, dialogueId: string): Promise<GridRows> {
  return { stamp: await stampOf(tx, dialogueId), rows: await rowsOf(tx, { dialogueId, withdrawnAt: null }) };
}

/**
 * What happened to the statements of a dialogue after a stamp, inside a snapshot. Whoever writes a statement holds its dialogue
 * until the commit, so that the events of one dialogue are seen in the order of their ids and none comes late.
 */
export async function changesSince(tx: Tx, ref: string, after: string): Promise<GridChanges> {
  const dialogue = await tx.dialogue.findUnique({ where: { slug: ref }, select: { id: true } });
  if (!dialogue) throw notFound("dialogue", ref);
  const stamp = await stampOf(tx, dialogue.id);
  if (stamp === after) return { stamp, places: null, changed: [] };
  const last = await tx.$queryRaw<{ id: string; by: string }[]>`
    SELECT DISTINCT ON (subject_id) subject_id AS id, user_name AS by FROM audit_event
    WHERE dialogue_id = ${dialogue.id}::uuid AND id > ${BigInt(after)} AND subject_type = 'statement'
    ORDER BY subject_id, id DESC`;
  const by = new Map(last.map((event) => [event.id, event.by]));
  const rows = await rowsOf(tx, { id: { in: [...by.keys()] }, withdrawnAt: null });
  const places = await tx.statement.findMany({
    where: { dialogueId: dialogue.id, withdrawnAt: null },
    select: { id: true, order: true },
    orderBy: { order: "asc" },
  });
  return { stamp, places, changed: rows.map((row) => ({ row, by: by.get(row.id) ?? "" })) };
}
