import "server-only";
import type { Tx } from "@/lib/db";
import type { Cast } from "./cast";
import type { Recorded } from "./codebook";
import type { PositionRow } from "./files";
import { uuid7 } from "@/lib/uuid7";

/** The statements that were loaded: where each is, and who delivered it, by dialogue and place in the order. */
export type Delivered = ReadonlyMap<string, { id: string; dialogueId: string; speakerId: string }>;

export const deliveredKey = (dialogue: string, order: number): string => `${dialogue} ${order}`;

async function issueIds(tx: Tx): Promise<{ versionId: string; ids: Map<string, string> }> {
  const { id: versionId, definitions } = await tx.codebookVersion.findFirstOrThrow({
    where: { status: "published" },
    orderBy: { number: "desc" },
    select: { id: true, definitions: { select: { code: true, issueId: true } } },
  });
  return { versionId, ids: new Map(definitions.map(({ code, issueId }) => [code, issueId])) };
}

function place(
  position: PositionRow,
  dialogues: ReadonlyMap<string, { id: string }>,
  statements: Delivered,
  cast: Cast,
) {
  const { dialogue, actor, statement } = position;
  const actorId = cast.id(actor);
  if (dialogue === null) return { dialogueId: null, statementId: null, actorId };
  if (statement === null) {
    const held = dialogues.get(dialogue);
    if (!held) throw new Error(`A position of ${actor}: there is no ${dialogue}.`);
    return { dialogueId: held.id, statementId: null, actorId };
  }
  const found = statements.get(deliveredKey(dialogue, statement));
  if (found?.speakerId !== actorId) {
    throw new Error(`A position of ${actor}: statement ${statement} of ${dialogue} is not its own.`);
  }
  return { dialogueId: found.dialogueId, statementId: found.id, actorId };
}

/** The positions that sources attribute, each with its source and without an invented quotation. */
export async function loadPositions(
  tx: Tx,
  positions: PositionRow[],
  world: { dialogues: ReadonlyMap<string, { id: string }>; statements: Delivered; cast: Cast },
): Promise<Recorded[]> {
  const { versionId, ids } = await issueIds(tx);
  const rows = positions.map((position) => {
    const { issue, kind, occasion, year, value, noQuoteReason, note, sourceUrl, through } = position;
    const issueId = ids.get(issue);
    if (issueId === undefined) throw new Error(`A position of ${position.actor}: there is no issue "${issue}".`);
    return {
      ...place(position, world.dialogues, world.statements, world.cast),
      id: uuid7(),
      kind,
      occasion,
      year,
      issueId,
      versionId,
      value,
      noQuoteReason,
      note,
      sourceUrl,
      throughId: through === null ? null : world.cast.id(through),
      coderName: "Rostrum",
    };
  });
  await tx.position.createMany({ data: rows });
  return rows.map(({ id, dialogueId }, index) => ({
    type: "position.recorded",
    subjectId: id,
    ...(dialogueId ? { dialogueId } : {}),
    after: { ...positions[index], codebook: 1 },
  }));
}
