import "server-only";
import { insertActor } from "@/features/actors/mutations";
import { rememberSpellings, type Spelling } from "@/features/actors/mutations/spellings";
import type { NewActor } from "@/features/actors/schema";
import { openBatch } from "@/features/audit/mutations";
import { findPlace, insertStatements } from "@/features/statements/mutations/insert";
import type { ParticipantRow } from "@/features/statements/schema";
import type { Caller } from "@/lib/auth/caller";
import { write } from "@/lib/db";
import { formatDay, dayOf, plural } from "@/lib/format";

/** What an import of participants recorded: the act by which it can be undone, and the statements in their order. */
export type ImportedParticipants = {
  batch: string;
  recorded: number;
  statements: { id: string; order: number; speaker: string }[];
};

/** What was decided about the names of a list. */
export type Decided = {
  caller: Caller<"actor:edit">;
  actors: readonly NewActor[];
  spellings: readonly Spelling[];
};

/** Enough for a thousand rows on a busy machine. */
const TIMEOUT = 30_000;

/**
 * Records a list of participants at the end of the order of speaking: all of them or, when one does not fit, none. One act,
 * which can be undone as one. `decided` is what was decided about names on the way: actors that are new, by whose slugs
 * rows may name them, and choices for printed names, each remembered as another name of its actor.
 * @throws DomainError INVALID with the path of each field that does not fit, `rows.3.speaker`
 */
export async function importParticipants(
  caller: Caller<"statement:record">,
  dialogueRef: string,
  rows: readonly ParticipantRow[],
  decided?: Decided,
): Promise<ImportedParticipants> {
  return write(
    caller,
    async (tx) => {
      const dialogue = await findPlace(tx, dialogueRef);
      const day = formatDay(dayOf(dialogue.startsOn));
      const title = `${plural(rows.length, "statement", "statements")} recorded from a list, dialogue of ${day}`;
      const batch = await openBatch(tx, caller, "participants", title);
      const path = (row: number, field: string): string => `rows.${row}.${field}`;
      const editor = decided && { ...decided.caller, batchId: batch.id };
      if (editor) for (const actor of decided.actors) await insertActor(tx, editor, actor);
      const statements = await insertStatements(tx, batch.caller, dialogue.id, rows, path);
      if (editor) {
        const source = `Chosen for this spelling in a pasted list, dialogue of ${day}`;
        await rememberSpellings(tx, editor, decided.spellings, source);
      }
      return {
        batch: batch.id,
        recorded: statements.length,
        statements: statements.map(({ id, order, speaker }) => ({ id, order, speaker })),
      };
    },
    TIMEOUT,
  );
}
